"""The actions of IAM that DAGs meet: spelling, access level, kinds of resource, and the ARN templates of those kinds.

Made by `cli/knowledge/iam_actions.py` from AWS's Service Authorization Reference
(https://docs.aws.amazon.com/service-authorization/latest/reference/).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Action(NamedTuple):
    """One action."""

    name: str  # "s3:PutObject"
    level: str  # L, R, W, T or P: list, read, write, tagging, permissions management
    required: tuple[str, ...]  # kinds of resource that a request always has
    optional: tuple[str, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Table:
    """As it is stored: an action's line is its level and its kinds of resource; templates have P, R and A for
    partition, region and account.
    """

    version: str
    date: str
    actions: Mapping[str, Mapping[str, str]] = field(repr=False)  # prefix to name to line
    resources: Mapping[str, Mapping[str, str]] = field(repr=False)  # prefix to kind to template
    waiters: Mapping[str, str] = field(repr=False)  # waiter to "client:Operation"

    def action(self, name: str) -> Action | None:
        """By `prefix:Name` in any case."""
        prefix, _, bare = name.partition(":")
        names = self.actions.get(prefix.lower(), {})
        if bare not in names:
            folded = bare.lower()
            bare = next((each for each in names if each.lower() == folded), "")
        return _action(f"{prefix.lower()}:{bare}", names[bare]) if bare in names else None

    def prefixes(self, name: str) -> tuple[str, ...]:
        """The services that have an action of this very name."""
        return tuple(prefix for prefix, names in self.actions.items() if name in names)


@cache
def load() -> Table:
    """Once in a process, and only when something was denied."""
    raw = json.loads(gzip.decompress(files(__package__).joinpath("iam_actions.json.gz").read_bytes()))
    return Table(raw["version"], raw["date"], raw["actions"], raw["resources"], raw["waiters"])


def _action(name: str, line: str) -> Action:
    level, *kinds = line.split(" ")
    required = tuple(kind for kind in kinds if not kind.startswith("?"))
    return Action(name, level, required, tuple(kind[1:] for kind in kinds if kind.startswith("?")))
