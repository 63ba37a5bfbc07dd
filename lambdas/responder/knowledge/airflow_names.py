"""Which modules and public names Airflow and its providers have, image by image.

Made by `mwaa-responder knowledge refresh` from the wheels themselves (read with `ast`, never imported): core, task SDK
and every provider at the version that each MWAA image's constraints name. A version is an image's Airflow version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from typing import NamedTuple

from responder.knowledge import providers
from responder.knowledge.tables import load

TABLE = providers.TABLE
MOST_NEAREST = 3
MOST_MOVES = 4  # contrib, old core name, new core name, provider
ALIKE = 0.6  # difflib's ratio from which two names may be meant for each other
MOST_NAME = 120  # characters of a name that is compared: comparing grows with the square


class Home(NamedTuple):
    """A module that has a name, and in which images."""

    module: str
    versions: tuple[str, ...]  # oldest first
    distribution: str | None  # the provider, None for Airflow itself


class _Module(NamedTuple):
    mask: int  # one bit an image: it has the module
    names: dict[str, int]  # one bit an image: the module has the name there


def versions() -> tuple[str, ...]:
    """The images that the table knows, oldest first."""
    return tuple(load(TABLE)["versions"])


def nearest_version(version: str) -> str | None:
    """The known image that stands in for a version: itself, else the last one not newer, else the first of its major."""
    wanted = _numbers(version)
    same = [each for each in versions() if wanted and _numbers(each)[:1] == wanted[:1]]
    older = [each for each in same if _numbers(each) <= wanted]
    chosen = older[-1:] or same[:1]
    return chosen[0] if chosen else None


def module_in(version: str, module: str) -> bool | None:
    """Whether the image's Airflow, or a provider at the version of its constraints, has this module.

    Also True for a module that Airflow only redirects (a shim). None where the version is not in the table.
    """
    bit = _bit(version)
    found = _modules().get(module)
    return None if bit is None else bool(found and found.mask & bit)


def names(version: str, module: str) -> tuple[str, ...]:
    """The public names that the module offers in this image, sorted; () where it is not there."""
    bit = _bit(version) or 0
    found = _modules().get(module)
    return tuple(sorted(name for name, mask in found.names.items() if mask & bit)) if found else ()


def has(version: str, module: str, name: str) -> bool | None:
    """Whether the module offers the name in this image; None where version or module is not in the table."""
    bit, found = _bit(version), _modules().get(module)
    return None if bit is None or found is None else bool(_mask(module, found, name) & bit)


def where(name: str) -> tuple[Home, ...]:
    """Every module that offers this public name in any image; those in the newest images first."""
    homes = [
        Home(module, _versions(_modules()[module].names[name]), providers.distribution(module))
        for module in _index().get(name, ())
    ]
    newest = len(versions())
    return tuple(sorted(homes, key=lambda home: (newest - versions().index(home.versions[-1]), home.module)))


def versions_of(module: str, name: str | None = None) -> tuple[str, ...]:
    """The images in which the module (or the name in it) exists, oldest first; () where none has it."""
    found = _modules().get(module)
    if found is None:
        return ()
    return _versions(found.mask if name is None else _mask(module, found, name))


def nearest(module: str, name: str, version: str) -> tuple[str, ...]:
    """Names that the module does offer in this image and that look like the wanted one, the most alike first."""
    wanted = name[:MOST_NAME]
    offered = names(version, module)
    alike = get_close_matches(wanted.lower(), {each.lower() for each in offered}, n=MOST_NEAREST, cutoff=ALIKE)
    found = [each for each in offered if each.lower() in alike]
    found.sort(key=lambda each: (alike.index(each.lower()), -SequenceMatcher(None, wanted, each).ratio()))
    return tuple(found[:MOST_NEAREST])


def offered_by(version: str, distribution: str) -> Iterator[tuple[str, str]]:
    """Every (module, public name) that a provider offers in this image."""
    bit = _bit(version) or 0
    for module, found in _modules().items():
        if found.mask & bit and providers.distribution(module) == distribution:
            yield from ((module, name) for name, mask in found.names.items() if mask & bit)


def moved(module: str, name: str | None = None, *, version: str | None = None) -> str | None:
    """The dotted new place of a module, or of a name in it, as Airflow's own redirects say; None where they do not.

    With a version: the place that this image has; of several, the last one on Airflow 3 and the first one on 2, where
    the later ones are packages to install. Without: the last one of all.
    `moved("airflow.operators.python_operator", "PythonOperator")` -> `airflow.providers.standard.operators.python.PythonOperator`.
    """
    table: dict[str, str] = load(TABLE)["moved"]
    places: list[str] = []
    place = table.get(f"{module}.{name}" if name else module)
    while place is not None and place not in places and len(places) < MOST_MOVES:
        places.append(place)
        place = table.get(place)
    if version is not None:
        places = [each for each in places if _is_there(version, each, named=name is not None)]
    if not places:
        return None
    return places[0] if version is not None and version.startswith("2.") else places[-1]


def _is_there(version: str, place: str, *, named: bool) -> bool:
    module, _, name = place.rpartition(".")
    return bool(has(version, module, name) if named else module_in(version, place))


def _mask(module: str, found: _Module, name: str) -> int:
    """Where the name can be imported from the module, be it its own or only passed on."""
    return found.names.get(name, 0) | _passed_on(module).get(name, 0)


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(int(part) for part in parts if part.isascii() and part.isdigit()) if parts else ()


def _bit(version: str) -> int | None:
    known = versions()
    return 1 << known.index(version) if version in known else None


def _versions(mask: int) -> tuple[str, ...]:
    return tuple(version for index, version in enumerate(versions()) if mask >> index & 1)


@cache
def _modules() -> dict[str, _Module]:
    return {module: _Module(mask, _unpacked(rows)) for module, (mask, rows) in load(TABLE)["modules"].items()}


@cache
def _passed_on(module: str) -> dict[str, int]:
    return _unpacked(load(TABLE)["passed_on"].get(module, ()))


def _unpacked(rows: Iterable[tuple[int, str]]) -> dict[str, int]:
    return {name: bits for bits, names in rows for name in names.split(" ")}


@cache
def _index() -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for module, found in _modules().items():
        for name in found.names:
            index.setdefault(name, []).append(module)
    return {name: tuple(modules) for name, modules in index.items()}
