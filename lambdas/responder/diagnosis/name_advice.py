"""What to import instead: the place where a name lives, or the names that a module does offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from responder.diagnosis.import_failure import FailedName
from responder.diagnosis.name_meaning import alike_in_meaning
from responder.knowledge import airflow_names, providers
from responder.knowledge.airflow_names import Home

MOST_SHOWN = 4  # names or places in one sentence


class NameAdvice(NamedTuple):
    """In words: why, and what to write."""

    explanation: str
    steps: tuple[str, ...]


def advice_for(failed: FailedName, version: str | None) -> NameAdvice:
    """`version`: the environment's Airflow where it is known; the newest image's names otherwise."""
    if failed.circular:
        return _circular(failed)
    if not failed.module.startswith("airflow"):
        return _foreign(failed)
    image = (airflow_names.nearest_version(version) if version else None) or airflow_names.versions()[-1]
    moved = airflow_names.moved(failed.module, failed.name, version=image if version else None)
    homes = tuple(home for home in airflow_names.where(failed.name) if home.module != failed.module)
    if moved or homes:
        here = tuple(home for home in homes if image in home.versions) if version else ()
        return _elsewhere(failed, moved, here or (() if moved and version else homes))
    return _nowhere(failed, image)


def _elsewhere(failed: FailedName, moved: str | None, homes: tuple[Home, ...]) -> NameAdvice:
    places = [f"{home.module} (Airflow {home.versions[0]} to {home.versions[-1]})" for home in homes[:MOST_SHOWN]]
    target = moved or f"{homes[0].module}.{failed.name}"
    module, _, name = target.rpartition(".")
    explanation = f"{failed.name} is not in {failed.module} of the installed release."
    if places:
        explanation += f" It is in {'; '.join(places)}."
    return NameAdvice(explanation, (f"Import it from its own place: `from {module} import {name}`.",))


def _nowhere(failed: FailedName, image: str) -> NameAdvice:
    offered = suggestions(failed.module, failed.name, image)
    known = f"No Airflow that MWAA offers has a public name {failed.name}, in this or another module."
    if not offered:
        return NameAdvice(known, (f"Look up in the documentation of {failed.module} what it offers, and import that.",))
    listed = ", ".join(offered)
    return NameAdvice(known, (f"Use what is meant instead of {failed.name}. What comes close: {listed}.",))


def suggestions(module: str, name: str, image: str) -> tuple[str, ...]:
    """Names that mean the same first, of the module and of its whole provider, then names that are spelt alike."""
    here = alike_in_meaning(name, airflow_names.names(image, module))
    spelt = airflow_names.nearest(module, name, image)
    distribution = providers.distribution(module)
    places = dict(_by_name(airflow_names.offered_by(image, distribution))) if distribution else {}
    further = (each for each in alike_in_meaning(name, places) if each not in here)
    others = tuple(f"{each} (from {places[each]})" for each in further if places[each] != module)
    return tuple(dict.fromkeys((*here[:2], *others[:2], *spelt)))[:MOST_SHOWN]


def _by_name(offered: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for module, name in offered:
        yield name, module


def _circular(failed: FailedName) -> NameAdvice:
    return NameAdvice(
        f"{failed.module} is still being imported when {failed.name} is asked of it: two modules import each other, "
        "or a file of your own has the name of a library.",
        (
            "Move the import into the function that needs it, or what both modules need into a third one.",
            f"If a file of your own is called like the library that it imports ({failed.module.split('.')[0]}.py): rename it.",
        ),
    )


_OTHER_VERSION = "If another version has it, pin that version in requirements.txt as far as the constraints allow it."


def _foreign(failed: FailedName) -> NameAdvice:
    return NameAdvice(
        f"{failed.module or 'The module'} was found{f' in {failed.path}' if failed.path else ''}, but has no {failed.name}: it is misspelt, "
        "or another version has it.",
        (
            f"Compare the spelling of {failed.name} with what the module offers in the installed version.",
            *((_OTHER_VERSION,) if "/site-packages/" in failed.path else ()),
        ),
    )
