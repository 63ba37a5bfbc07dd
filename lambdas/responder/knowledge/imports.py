"""Which distribution brings a module: from the contents of wheels, and from a reviewed list.

Made by `mwaa-responder knowledge refresh`. What is not in the table is not known: a name is never guessed from the
module's own name, because anybody may own that name on a public index.
"""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from responder.knowledge.tables import load

TABLE = "imports.json.gz"
MOST_SEGMENTS = 12  # of a dotted name; further ones cannot change the answer


class Origin(StrEnum):
    """How the table knows."""

    REVIEWED = "reviewed"  # a person chose it among several, or settled an ambiguous name
    WHEEL = "wheel"  # the module is in the distribution's wheel


class Provided(NamedTuple):
    """Who brings a module."""

    module: str  # the prefix of the module that decided, e.g. "google.cloud.bigquery"
    distributions: tuple[str, ...]  # canonical names, the best first; several: a choice for a person
    origin: Origin
    namespace: bool = False  # True: only a shared prefix is known ("google"); the next level would decide

    @property
    def best(self) -> str:
        """The first choice."""
        return self.distributions[0]


def distributions(module: str, prefer: Container[str] = frozenset()) -> Provided | None:
    """The distributions that bring this dotted module name: the longest known prefix decides.

    `prefer`: canonical names that win a choice, such as the pins of the environment's image. None where the table
    knows nothing; then nothing may be proposed.
    """
    parts = module.split(".")[:MOST_SEGMENTS]
    for length in range(len(parts), 0, -1):
        prefix = ".".join(parts[:length])
        row = _rows().get(prefix)
        if row is not None:
            return _provided(prefix, row, prefer)
    return _shared_prefix(parts[0], prefer) if len(parts) == 1 else None


def _shared_prefix(name: str, prefer: Container[str]) -> Provided | None:
    """`ruamel` is nobody's module, but `ruamel.yaml` is: Python names only the first level that it does not find."""
    below = [row["d"] for module, row in _rows().items() if module.startswith(f"{name}.")]
    found = tuple(dict.fromkeys(distribution for names in below for distribution in names))
    return _provided(name, {"d": list(found), "n": len(found) > 1}, prefer) if found else None


def is_one_distribution(module: str) -> bool:
    """Whether all that lies below the module's first name comes with one distribution: `pydantic`, not `google`."""
    top = module.partition(".")[0]
    row = _rows().get(top)
    if row is None or row.get("n"):
        return False
    return all(set(each["d"]) <= set(row["d"]) for name, each in _rows().items() if name.startswith(f"{top}."))


def modules_of(distribution: str) -> tuple[str, ...]:
    """The module prefixes that a distribution (canonical name) brings, sorted; () where it is not in the table."""
    return tuple(sorted(module for module, row in _rows().items() if distribution in row["d"] and not row.get("n")))


def _provided(prefix: str, row: dict[str, Any], prefer: Container[str]) -> Provided:
    ordered = sorted(row["d"], key=lambda name: name not in prefer)  # stable: the table's order holds otherwise
    return Provided(prefix, tuple(ordered), Origin.REVIEWED if row.get("r") else Origin.WHEEL, bool(row.get("n")))


@cache
def _rows() -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = load(TABLE)["modules"]
    return rows
