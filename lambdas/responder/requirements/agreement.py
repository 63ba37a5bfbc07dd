"""Where the resolver says yes and pip would say no: looked up for each chosen release that the image does not vouch for.

The versions of Airflow's own constraints were installed by pip on that Python when they were made; others were not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from packaging.version import Version

from responder.inquiry.question import CouldNot
from responder.requirements.lines import Line
from responder.requirements.project import Distributed, Project
from responder.requirements.spelling import parsed
from responder.requirements.trial import Trial
from responder.requirements.wheel_metadata import requires

MOST_CHECKED = 150  # releases; more means that the constraints are off, and then the verdict says so
AT_ONCE = 8  # look-ups


@dataclass(frozen=True, slots=True)
class Objection:
    """pip would not take this release."""

    name: str
    version: str
    why: str
    python: bool  # because of Requires-Python


@dataclass(frozen=True, slots=True)
class Agreement:
    """What pip would refuse, and what could not be looked at."""

    objections: tuple[Objection, ...]
    not_checked: tuple[str, ...]


def agreement(pins: Mapping[str, str], lines: tuple[Line, ...], trial: Trial) -> Agreement:
    """Looks at the chosen releases that differ from what the image holds or pins."""
    image = trial.known.image
    foreign = [
        (name, version)
        for name, version in pins.items()
        if version not in (image.pins.get(name), image.preinstalled.get(name), image.essential.get(name))
    ]
    named = {line.name for line in lines}
    chosen = sorted(foreign, key=lambda each: each[0] not in named)[:MOST_CHECKED]
    trial.fetch([name for name, _ in chosen])
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        looked = list(pool.map(lambda each: _looked_at(each[0], each[1], trial, deep=each[0] in named), chosen))
    objections = [each for found, _ in looked for each in found]
    unseen = [why for _, why in looked if why]
    if len(foreign) > MOST_CHECKED:
        unseen.append(
            f"whether pip takes each of {len(foreign)} releases that the image's constraints do not name: too many to look up"
        )
    return Agreement(tuple(objections), tuple(unseen))


def _looked_at(name: str, version: str, trial: Trial, *, deep: bool) -> tuple[list[Objection], str | None]:
    """The objections, and why there may be more."""
    try:
        return list(_objections(name, version, trial, deep=deep)), None
    except CouldNot as error:
        return [], f"whether pip takes {name} {version} on Python {trial.known.image.python}: {error}"


def _objections(name: str, version: str, trial: Trial, *, deep: bool) -> Iterator[Objection]:
    project = trial.sources.index.project(name) if trial.sources.index else None
    if project is None:
        return
    files = project.of(Version(version))
    fitting = [each for each in files if trial.target.takes_python(each.requires_python)]
    if files and not fitting:
        needs = files[0].requires_python
        yield Objection(
            name,
            version,
            f"{name} {version} needs Python {needs}, the environment has {trial.known.image.python_full}",
            python=True,
        )
    elif _is_unwanted_prerelease(version, project, trial):
        yield Objection(
            name,
            version,
            f"{name} {version} is a pre-release, and pip takes none while there are final releases",
            python=False,
        )
    elif deep:
        yield from _of_metadata(name, version, fitting, trial)


def _is_unwanted_prerelease(version: str, project: Project, trial: Trial) -> bool:
    if trial.prerelease != "if-necessary" or not Version(version).is_prerelease:
        return False
    return any(not each.is_prerelease for each in project.versions())


def _of_metadata(name: str, version: str, files: list[Distributed], trial: Trial) -> Iterator[Objection]:
    """pip from 24.1 on refuses what uv repairs: requirements that are no valid ones."""
    wheel = next((each for each in files if each.wheel and trial.target.takes_wheel(each.filename)), None)
    if wheel is None or trial.sources.index is None:
        return
    for text in requires(trial.sources.index, name, wheel):
        if parsed(text) is None:
            yield Objection(
                name,
                version,
                f"{name} {version} has metadata that pip from 24.1 on refuses ({text[:80]})",
                python=False,
            )
            return
