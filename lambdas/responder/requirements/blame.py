"""Why a line cannot be had: the index's facts first, then the resolver's words."""

from __future__ import annotations

import re

from packaging.utils import canonicalize_name
from packaging.version import Version

from responder.inquiry.question import CouldNot
from responder.requirements.builds import ADVICE, PREBUILT
from responder.requirements.hashes import no_such_file
from responder.requirements.known import problem
from responder.requirements.lines import Line
from responder.requirements.problem import Problem, ProblemClass
from responder.requirements.project import Distributed, Project
from responder.requirements.providers import newer_airflow
from responder.requirements.spelling import pin_of
from responder.requirements.trial import Trial
from responder.requirements.uv_text import Unsolved, source_only, without_fitting_wheel

MOST_NAMED = 3  # versions named as those that there are
OWN_CODE = "Own modules go into dags/ or plugins.zip, not into requirements.txt."
PINNED = re.compile(r"(?<![\w.-])([A-Za-z0-9][\w.-]{0,99})==(\d[^\s,]{0,60})")


def of_index(line: Line, trial: Trial, *, private: bool = False) -> Problem | None:
    """What the index alone tells of a line; None where it has fitting files or was not to be asked.

    `private`: the file names another index, so a name that is absent here may be there.
    """
    name = line.name or ""
    try:
        project = trial.sources.index.project(name) if trial.sources.index else None
    except CouldNot:
        return None
    if trial.sources.index is None:
        return None
    if project is None or not project.files:
        return _absent(line, name, trial, private=private)
    return _of_project(line, project, trial, private=private)


def _absent(line: Line, name: str, trial: Trial, *, private: bool) -> Problem:
    if private:
        return _elsewhere(line, name)
    if trial.is_own(name):
        why = f"{name} is on no index and looks like your own code. {OWN_CODE}"
        return problem(ProblemClass.LOCAL_OR_PRIVATE, line, why)
    return problem(ProblemClass.NOT_FOUND_NAME, line, f"The index has no distribution called {name}.")


def _elsewhere(line: Line, what: str) -> Problem:
    return problem(
        ProblemClass.PRIVATE_INDEX,
        line,
        f"{what} is not on the configured index; the index that the file names was not asked.",
    )


def _of_project(line: Line, project: Project, trial: Trial, *, private: bool) -> Problem | None:
    wanted = _wanted(line, project)
    if not wanted:
        return _no_such_version(line, project, trial, private=private)
    usable = [each for version in wanted for each in trial.usable(project, version)]
    if not usable:
        return _unusable(line, project, wanted, trial)
    kept = [each for each in usable if each.yanked is None]
    if not kept:
        return _yanked(line, next(each.yanked for each in usable if each.yanked is not None))
    if unknown := no_such_file(line, usable):
        return unknown
    if not any(each.wheel for each in kept):
        return _source_only(line, project, _chosen(kept, trial.known.bound(project.name)), trial)
    return None


def _no_such_version(line: Line, project: Project, trial: Trial, *, private: bool) -> Problem:
    if private:
        return _elsewhere(line, line.body)
    if trial.is_own(project.name) and not trial.known.bound(project.name):
        why = f"The index has a {project.name}, but no such version: if yours is meant, that one is a stranger's. {OWN_CODE}"
        return problem(ProblemClass.LOCAL_OR_PRIVATE, line, why)
    there = ", ".join(str(each) for each in project.versions()[:MOST_NAMED])
    why = f"{project.name} has no such version; the newest are {there}."
    return problem(ProblemClass.NOT_FOUND_VERSION, line, why)


def _chosen(files: list[Distributed], bound: str | None) -> Version:
    """The version that the constraints name, else the newest."""
    versions = {each.version for each in files}
    return Version(bound) if bound and Version(bound) in versions else max(versions)


def _wanted(line: Line, project: Project) -> list[Version]:
    """The versions that pip would look at: pre-releases only where nothing else fits or the line names one."""
    specifier = line.requirement.specifier if line.requirement else None
    if specifier is None:
        return list(project.versions())
    return list(specifier.filter(project.versions()))


def _unusable(line: Line, project: Project, wanted: list[Version], trial: Trial) -> Problem:
    image = trial.known.image
    files = [each for version in wanted for each in project.of(version)]
    if not any(trial.target.takes_python(each.requires_python) for each in files):
        needs = next(each.requires_python for each in files if each.requires_python)
        why = f"{project.name} {wanted[0]} needs Python {needs}; the environment has {image.python_full}."
        return problem(ProblemClass.PYTHON_VERSION, line, why)
    why = f"{project.name} {wanted[0]} has no file for Python {image.python} on x86_64 Linux."
    return problem(ProblemClass.NO_WHEEL, line, why)


def _yanked(line: Line, reason: str | None) -> Problem:
    said = f", saying: {reason[:200]}" if reason else ""
    return problem(
        ProblemClass.YANKED, line, f"Its authors withdrew that release{said}. pip takes it only for an exact pin."
    )


def _source_only(line: Line, project: Project, version: Version, trial: Trial) -> Problem | None:
    """None where the image has it already, or can build it."""
    name, given = project.name, trial.known.image.preinstalled.get(project.name)
    if given == str(version) or (given and pin_of(line) is None):
        return None
    advice = ADVICE.get(name, "Take a version that has a wheel.")
    if name in PREBUILT:
        why = f"{name} {version} has no wheel: pip would compile it at every start of every container. {advice}"
        return problem(ProblemClass.BUILD, line, why)
    source = trial.source(name, str(version))
    if source is None or source.broken is None:
        return None
    return problem(ProblemClass.BUILD, line, f"{name} {version} has no wheel, and {source.broken}. {advice}")


def of_resolver(line: Line, unsolved: Unsolved, trial: Trial) -> Problem:
    """A line that fits no set together with the constraints: the resolver's sentence says why."""
    name = line.name or ""
    said = f"The resolver says: {unsolved.sentence}"
    if needed := newer_airflow(line, unsolved, trial):
        why = f"This provider needs {needed}; the environment runs Airflow {trial.known.image.airflow}. {said}"
        return problem(ProblemClass.PROVIDER_TOO_NEW, line, why)
    without = source_only(unsolved.whole)
    named = [each for each in without if without[each] and each != name and _why_unbuilt(each, trial)]
    unbuilt = next(iter(named or (each for each in without if _never_a_wheel(each, line, trial))), None)
    if unbuilt:
        reason = _why_unbuilt(unbuilt, trial) or "its sources could not be looked at"
        why = f"{unbuilt} has no wheel, and {reason}. {ADVICE.get(unbuilt, '')}".strip()
        return problem(ProblemClass.BUILD, line, why)
    if unfit := next((each for each in without_fitting_wheel(unsolved.whole) if _never_fits(each, trial)), None):
        why = f"It needs {unfit}, which has no file for Python {trial.known.image.python} on x86_64 Linux."
        return problem(ProblemClass.NO_WHEEL, line, why)
    enforced = _enforced(line, unsolved.sentence, trial)
    if enforced:
        why = f"It does not go with {enforced}, which MWAA enforces, whatever the file says. {said}"
        return problem(ProblemClass.ESSENTIAL_CONFLICT, line, why)
    return problem(ProblemClass.CONFLICT, line, f"It cannot be installed with the constraints in force. {said}")


def _never_fits(name: str, trial: Trial) -> bool:
    """Whether no release at all has a file that pip would take here."""
    project = trial.project(name)
    return project is not None and not any(trial.target.takes(each) for each in project.files)


def _never_a_wheel(name: str, line: Line, trial: Trial) -> bool:
    """Whether nothing that may be chosen has a wheel; else the sources that uv passed over are not what fails."""
    project, bound = trial.project(name), trial.known.bound(name)
    if project is None:
        return True
    allowed = [Version(bound)] if bound else _wanted(line, project) if name == line.name else project.versions()
    return not any(each.wheel for version in allowed for each in trial.usable(project, version))


def _enforced(line: Line, sentence: str, trial: Trial) -> str | None:
    """The essential pin that the resolver names, where it names no other constraint."""
    found: dict[str, str] = {canonicalize_name(name): version for name, version in PINNED.findall(sentence)}
    known = trial.known
    others = {name: version for name, version in found.items() if name not in (line.name, "apache-airflow")}
    pins = {name: version for name, version in others.items() if known.bound(name) == version}
    if not pins or pins.keys() - known.image.essential.keys():
        return None
    return ", ".join(f"{name}=={version}" for name, version in pins.items())


def _why_unbuilt(name: str, trial: Trial) -> str | None:
    reasons = (source.broken for (each, _), source in trial.built.items() if each == name and source.broken)
    return next(reasons, None)


def of_set(lines: tuple[Line, ...], unsolved: Unsolved) -> tuple[Problem, ...]:
    """Lines that fit each by itself, but not together: each side is named."""
    names = " and ".join(line.body for line in lines)
    why = f"{names} cannot be installed together. The resolver says: {unsolved.sentence}"
    return tuple(problem(ProblemClass.CONFLICT, line, why) for line in lines)
