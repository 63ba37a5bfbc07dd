"""Builds `airflow_names.json.gz`: modules and public names of Airflow and its providers, one bit an image."""

from __future__ import annotations

import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from responder.knowledge import images
from responder.knowledge.providers import DISTRIBUTION, PREFIX

from cli.knowledge.past_providers import PAST_PROVIDERS
from cli.knowledge.python_names import ALL_OF_IT, Names, read_names
from cli.knowledge.reviewed_moves import REVIEWED_MOVES
from cli.knowledge.wheels import NoWheel, Wheels

OWN = {"apache-airflow", "apache-airflow-core", "apache-airflow-task-sdk"}
# Not for users to import from, and large.
LEFT_OUT = ("airflow.migrations.", "airflow.example_dags.", "airflow.www.static", "airflow.ui.")
INTERNAL = (".version_compat",)
MOST_OF_IT = 0.6  # of a module's names: where so many went, the module went
DOWNLOADS = 4  # at once


@dataclass
class Table:
    """The sum over the images."""

    masks: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    names: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    passed_on: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    moved: dict[str, str] = field(default_factory=dict)

    def add(self, module: str, names: Iterable[str], bit: int) -> None:
        for parent in _parents(module):
            self.masks[parent] |= bit
        for name in names:
            self.names[module][name] |= bit


def build(wheels: Wheels, today: str) -> dict[str, Any]:
    """The table as it is stored. Raises NoWheel for a pin that the index lacks."""
    versions = images.versions()
    wanted = {version: pins(version) for version in versions}
    distinct = sorted({pin for image in wanted.values() for pin in image})
    with ThreadPoolExecutor(DOWNLOADS) as pool:
        opened = pool.map(lambda pin: wheels.whole(wheels.newest(*pin)), distinct)
        modules = dict(zip(distinct, map(modules_of, opened), strict=True))
    table = summed([[modules[pin] for pin in wanted[version]] for version in versions])
    _review(table)
    providers = {name for name, _ in distinct if name.startswith(DISTRIBUTION)}
    return {"made": today, "versions": list(versions), "providers": sorted(providers | PAST_PROVIDERS)} | packed(table)


def summed(contents: Sequence[Sequence[dict[str, Names]]]) -> Table:
    """One table of all images: for each, oldest first, what its wheels offer."""
    table = Table()
    for index, wheels in enumerate(contents):
        _add_image(table, wheels, 1 << index)
    return table


def packed(table: Table) -> dict[str, Any]:
    """The part of the stored table that grows: names that the same images have stand together."""
    return {
        "moved": dict(sorted(table.moved.items())),
        "modules": {name: [mask, rows(table.names.get(name, {}))] for name, mask in sorted(table.masks.items())},
        "passed_on": {module: rows(names) for module, names in sorted(table.passed_on.items())},
    }


def pins(version: str) -> list[tuple[str, str]]:
    image = images.image(version)
    if image is None:
        raise NoWheel(f"no image of {version}")
    providers = [(name, pin) for name, pin in image.pins.items() if name.startswith(DISTRIBUTION)]
    return providers + [(name, pin) for name, pin in image.preinstalled.items() if name in OWN]


def modules_of(wheel: zipfile.ZipFile) -> dict[str, Names]:
    """Dotted name -> what the module offers."""
    return dict(_read(wheel))


def _read(wheel: zipfile.ZipFile) -> Iterator[tuple[str, Names]]:
    for module, source, is_package in sources(wheel):
        yield module, read_names(source, module, is_package=is_package)


def sources(wheel: zipfile.ZipFile) -> Iterator[tuple[str, str, bool]]:
    """Dotted name and source of every module that users may import from, and whether it is a package."""
    for path in wheel.namelist():
        if not (path.startswith("airflow/") and path.endswith(".py")):
            continue
        module = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        if (
            module.startswith(LEFT_OUT)
            or module.endswith(INTERNAL)
            or any(part.startswith("_") for part in module.split("."))
        ):
            continue
        yield module, wheel.read(path).decode("utf-8", "replace"), path.endswith("__init__.py")


def _add_image(table: Table, wheels: Sequence[dict[str, Names]], bit: int) -> None:
    for module, names in (pair for wheel in wheels for pair in wheel.items()):
        table.add(module, names.public, bit)
        if not module.startswith(PREFIX):
            for name in names.passed_on - names.public:
                table.passed_on[module][name] |= bit
        if names.new_module:
            table.moved[module] = names.new_module
        table.moved.update({f"{module}.{name}": place for name, place in names.moved.items()})
    for names in (each for wheel in wheels for each in wheel.values()):
        for old, places in names.redirects.items():
            _add_redirect(table, old, places, bit)


def _add_redirect(table: Table, old: str, places: dict[str, str], bit: int) -> None:
    whole = places.get(ALL_OF_IT)
    offered = [name for name, mask in table.names[whole].items() if mask & bit] if whole else []
    table.add(old, [*offered, *(name for name in places if name != ALL_OF_IT)], bit)
    table.moved.update({f"{old}.{name}": place for name, place in places.items() if name != ALL_OF_IT})
    table.moved.update({f"{old}.{name}": f"{whole}.{name}" for name in offered})
    targets = Counter(place.rpartition(".")[0] for name, place in places.items() if name != ALL_OF_IT)
    target, count = targets.most_common(1)[0] if targets else ("", 0)
    if whole or count >= MOST_OF_IT * len(places):
        table.moved[old] = whole or target


def _review(table: Table) -> None:
    """What no redirect says. A reviewed place that no image has is a mistake of the list."""
    for old, new in REVIEWED_MOVES.items():
        module, _, name = new.rpartition(".")
        if new not in table.masks and name not in table.names.get(module, {}):
            raise NoWheel(f"the reviewed list sends {old} to {new}, which no image has")
        table.moved[old] = new
    for old, new in list(table.moved.items()):
        if old == new or table.moved.get(new) == old:
            del table.moved[old]


def _parents(module: str) -> Iterator[str]:
    parts = module.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def rows(names: dict[str, int]) -> list[list[Any]]:
    """Each set of images with the names that these images share."""
    by_mask: dict[int, list[str]] = defaultdict(list)
    for name, mask in sorted(names.items()):
        by_mask[mask].append(name)
    return [[mask, " ".join(each)] for mask, each in sorted(by_mask.items())]
