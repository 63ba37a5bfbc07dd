"""Builds `arguments.json.gz`: what operators, sensors, DAGs and task groups are made with, one bit an image."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from responder.knowledge import images

from cli.knowledge.airflow_table import pins, rows, sources
from cli.knowledge.signatures import Made, read_signatures
from cli.knowledge.wheels import Wheels

KEPT = ("Operator", "Sensor", "DAG", "TaskGroup")  # how the names of classes end that users write in DAG files
ROOTS = ("BaseOperator", "BaseSensorOperator")  # classes that so many inherit from that their arguments stand apart
REFUSES = {"BaseOperator", "DAG", "TaskGroup"}  # takes **kwargs only to refuse what is in them
MOST_BASES = 12  # a longer line of ancestors is a loop

Classes = dict[str, list[Made]]  # by their simple name: that is what an error message prints


def build(wheels: Wheels, today: str) -> dict[str, Any]:
    """The table as it is stored. Raises NoWheel for a pin that the index lacks."""
    versions = images.versions()
    read: dict[tuple[str, str], Classes] = {}
    for pin in sorted({pin for version in versions for pin in pins(version)}):
        read[pin] = classes_of(wheels.whole(wheels.newest(*pin)))
    table = summed([[read[pin] for pin in pins(version)] for version in versions])
    return {"made": today, "versions": list(versions), "roots": list(ROOTS), "classes": table}


def summed(contents: Sequence[Sequence[Classes]]) -> dict[str, list[Any]]:
    """One table of all images: for each, oldest first, the classes of its wheels."""
    taken: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    masks: dict[str, list[int]] = defaultdict(lambda: [0] * (len(ROOTS) + 2))
    for index, parts in enumerate(contents):
        classes = _together(parts)
        for name in (each for each in classes if each.endswith(KEPT)):
            _add(name, classes, 1 << index, taken, masks)
    return {name: [*masks[name], rows(taken[name])] for name in sorted(masks)}


def classes_of(wheel: zipfile.ZipFile) -> Classes:
    """The classes of a wheel by their simple name; several where modules share one."""
    found: Classes = defaultdict(list)
    for module, source, _ in sources(wheel):
        for name, made in read_signatures(source, module).items():
            found[name].append(made)
    return found


def _together(parts: Sequence[Classes]) -> Classes:
    classes: Classes = defaultdict(list)
    for part in parts:
        for name, made in part.items():
            classes[name] += made
    return classes


def _add(name: str, classes: Classes, bit: int, taken: dict[str, dict[str, int]], masks: dict[str, list[int]]) -> None:
    """masks: the class is there; it takes anything; then one for each root that it inherits from."""
    arguments, roots, is_open = _accepted(name, classes)
    masks[name][0] |= bit
    masks[name][1] |= bit if is_open else 0
    for position, root in enumerate(ROOTS):
        masks[name][position + 2] |= bit if root in roots else 0
    for argument in arguments:
        taken[name][argument] |= bit


def _accepted(name: str, classes: Classes) -> tuple[set[str], set[str], bool]:
    """Arguments of its own and of what it inherits from, up to a root; the roots; whether it takes anything."""
    arguments: set[str] = set()
    roots: set[str] = set()
    is_open = False
    waiting, seen = [(name, 0)], set()
    while waiting:
        each, depth = waiting.pop()
        if each in seen or depth > MOST_BASES:
            continue
        seen.add(each)
        if each in ROOTS and each != name:
            roots.add(each)
            continue
        if each not in classes:
            is_open = is_open or each not in {"ABC", "Generic", "LoggingMixin", "Protocol"}
        for made in classes.get(each, ()):
            arguments |= made.parameters
            if made.passes_on and each not in REFUSES:
                waiting += [(base.rpartition(".")[2], depth + 1) for base in made.bases]
                is_open = is_open or (not made.bases and bool(made.parameters))
    return arguments - {"kwargs", "args"}, roots, is_open
