"""What operators, sensors, DAGs and task groups take, image by image.

Made by `mwaa-responder knowledge refresh` from the signatures in Airflow's and its providers' own source. Classes go by
their simple name, because that is what an error message prints; where two share one, what either takes counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from typing import Any

from responder.knowledge.tables import load

TABLE = "arguments.json.gz"
MOST_NEAREST = 3
ALIKE = 0.6  # difflib's ratio from which two names may be meant for each other
MOST_NAME = 100  # characters of a name that is compared
THERE, OPEN = 0, 1  # places in a row: images that have the class, and those where it takes anything


def versions() -> tuple[str, ...]:
    """The images that the table knows, oldest first."""
    return tuple(load(TABLE)["versions"])


def images_with(class_name: str) -> tuple[str, ...]:
    """The images that have the class, oldest first; () for one that is neither Airflow's nor an official provider's."""
    row = _classes().get(class_name)
    return _versions(row[THERE]) if row else ()


def taken_by(class_name: str, argument: str) -> tuple[str, ...]:
    """The images in which the class takes the argument, oldest first; () where none does, or the class is not known."""
    return _versions(_mask(class_name, argument))


def takes(class_name: str, argument: str, version: str) -> bool | None:
    """None where the image does not have the class, or the class takes whatever it is given."""
    bit, row = _bit(version), _classes().get(class_name)
    if row is None or not row[THERE] & bit or row[OPEN] & bit:
        return None
    return bool(_mask(class_name, argument) & bit)


def accepted(class_name: str, version: str) -> tuple[str, ...]:
    """What the class takes besides what every operator takes, sorted; () where the image does not have it."""
    bit = _bit(version)
    return tuple(sorted(name for name, mask in _own(class_name).items() if mask & bit))


def nearest(class_name: str, argument: str, version: str) -> tuple[str, ...]:
    """Arguments that the class does take in this image and that look like the given one, the most alike first."""
    bit = _bit(version)
    lines = (_own(each) for each in (class_name, *_roots(class_name, bit)))
    offered = [name for own in lines for name, mask in own.items() if mask & bit]
    return tuple(get_close_matches(argument[:MOST_NAME], offered, n=MOST_NEAREST, cutoff=ALIKE))


def _mask(class_name: str, argument: str) -> int:
    """Also what its roots take, in those images where it inherits from them."""
    row = _classes().get(class_name)
    if row is None:
        return 0
    mask = _own(class_name).get(argument, 0)
    for position, root in enumerate(load(TABLE)["roots"], OPEN + 1):
        if row[position] and root != class_name:
            mask |= row[position] & _mask(root, argument)
    return mask


def _roots(class_name: str, bit: int) -> tuple[str, ...]:
    row = _classes().get(class_name)
    if row is None:
        return ()
    found = [root for position, root in enumerate(load(TABLE)["roots"], OPEN + 1) if row[position] & bit]
    return (*found, *(further for root in found for further in _roots(root, bit)))


def _bit(version: str) -> int:
    return 1 << versions().index(version) if version in versions() else 0


def _versions(mask: int) -> tuple[str, ...]:
    return tuple(version for index, version in enumerate(versions()) if mask >> index & 1)


def _classes() -> dict[str, Any]:
    classes: dict[str, Any] = load(TABLE)["classes"]
    return classes


@cache
def _own(class_name: str) -> dict[str, int]:
    row = _classes().get(class_name)
    return _unpacked(row[-1]) if row else {}


def _unpacked(rows: Iterable[tuple[int, str]]) -> dict[str, int]:
    return {name: bits for bits, names in rows for name in names.split(" ")}
