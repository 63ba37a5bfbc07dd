"""The smallest edits that may cure a problem, the gentlest first; each is tried by the resolver before it counts.

The order: the constraint's address; a line that the image makes needless; the version that the constraints name; the
nearest version that resolves; a wheel instead of source; another name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from packaging.version import InvalidVersion, Version

from responder.requirements.constraints import pin_of
from responder.requirements.edits import for_pip, only_on_windows, renamed, reread, with_value, with_versions
from responder.requirements.known import AIRFLOW, PLUGINS
from responder.requirements.lines import Form, Line
from responder.requirements.problem import Problem, ProblemClass
from responder.requirements.query import Solved
from responder.requirements.renames import AIRFLOW_ITSELF, misspelt, successor
from responder.requirements.repair import meant
from responder.requirements.trial import Trial

CONSTRAINT_LINES = frozenset({ProblemClass.CONSTRAINT_WRONG_AIRFLOW, ProblemClass.CONSTRAINT_UNREACHABLE})
RENAMING = frozenset(
    {ProblemClass.NOT_FOUND_NAME, ProblemClass.LOCAL_OR_PRIVATE, ProblemClass.BUILD, ProblemClass.NO_WHEEL}
)
NO_CURE = frozenset({ProblemClass.PRIVATE_INDEX})
MOST_ADVISORIES = 3  # versions passed over for being vulnerable


class Delete:
    """The line goes."""


DELETE = Delete()
Edit = Line | Delete


def edits(problem: Problem, line: Line, trial: Trial, beside: tuple[str, ...] = ()) -> Iterator[Edit]:
    """Candidates, each better than the next; asking for the next one may ask the resolver. `beside`: what it must fit."""
    if problem.kind in NO_CURE:
        return
    if line.form is Form.OPTION:
        yield from _of_option(problem, line, trial)
    elif line.form is Form.INVALID:
        text = meant(line.body)
        yield reread(line, line.raw.replace(line.body, text, 1)) if text and line.body in line.raw else DELETE
    elif line.form is Form.PATH:
        yield from _of_path(problem, line)
    elif line.form is Form.REQUIREMENT and not line.hashes:
        yield from _of_requirement(problem, line, trial, beside)


def _of_option(problem: Problem, line: Line, trial: Trial) -> Iterator[Edit]:
    if problem.kind in CONSTRAINT_LINES or line.option == "--constraint":
        yield with_value(line, trial.known.image.constraints_url)
    elif problem.kind in (ProblemClass.SYNTAX, ProblemClass.LOCAL_OR_PRIVATE):
        yield DELETE


def _of_path(problem: Problem, line: Line) -> Iterator[Edit]:
    filename = line.value.rpartition("/")[2]
    if problem.kind is ProblemClass.LOCAL_OR_PRIVATE and filename.endswith(".whl"):
        yield reread(line, line.raw.replace(line.body, PLUGINS + filename, 1))


def _of_requirement(problem: Problem, line: Line, trial: Trial, beside: tuple[str, ...]) -> Iterator[Edit]:
    name = line.name or ""
    extras = bool(line.requirement and line.requirement.extras)
    image = trial.known.image
    if (name in image.preinstalled or name in AIRFLOW or name in AIRFLOW_ITSELF) and not extras:
        yield DELETE
    bound = trial.known.bound(name)
    if bound and pin_of(line) != bound:
        yield from _versions(line, f"=={bound}")
    if problem.kind in RENAMING:
        yield from _other_name(line, name, trial)
    if problem.kind not in (ProblemClass.NOT_FOUND_NAME, ProblemClass.LOCAL_OR_PRIVATE) and not bound:
        yield from _nearest(line, trial, beside)
    if problem.kind in (ProblemClass.NOT_FOUND_NAME, ProblemClass.LOCAL_OR_PRIVATE, ProblemClass.DUPLICATE):
        yield DELETE
    elsewhere = only_on_windows(line) if problem.kind is ProblemClass.NO_WHEEL and _windows_only(name, trial) else None
    if elsewhere:
        yield elsewhere


def _windows_only(name: str, trial: Trial) -> bool:
    """Whether every file of a distribution is for Windows: pip freeze on a laptop wrote the line."""
    project = trial.project(name)
    files = [each for each in project.files if each.wheel or each.filename.endswith(".zip")] if project else []
    return bool(files) and all("win" in each.filename.lower() for each in files)


def _versions(line: Line, versions: str) -> Iterator[Edit]:
    moved = with_versions(line, versions)
    if moved:
        yield moved


def _other_name(line: Line, name: str, trial: Trial) -> Iterator[Edit]:
    image = trial.known.image
    other = successor(name) or misspelt(name, {*image.pins, *image.preinstalled})
    if other is None:
        return
    if other in image.preinstalled and not (line.requirement and line.requirement.extras):
        yield DELETE
    bound = trial.known.bound(other)
    for versions in (None, f"=={bound}" if bound else ""):
        moved = renamed(line, other, versions)
        if moved:
            yield moved


def _nearest(line: Line, trial: Trial, beside: tuple[str, ...]) -> Iterator[Edit]:
    """The released version closest to the wanted one that the resolver takes under the constraints."""
    name = _named(line)
    wanted = _wanted(line)
    passed: list[str] = []
    for _ in range(MOST_ADVISORIES):
        found = _closest(Near(name, line.name or "", beside, tuple(passed)), wanted, trial)
        if found is None:
            return
        if not _vulnerable(line.name or "", found, trial):
            yield from _versions(line, f"=={found}")
            return
        passed.append(f"!={found}")


@dataclass(frozen=True, slots=True)
class Near:
    """What a nearest version is looked for."""

    name: str  # with extras
    canonical: str
    beside: tuple[str, ...]
    passed: tuple[str, ...]  # versions that are out of the question, as "!=1.2"

    def solved(self, versions: str, trial: Trial, *, lowest: bool = False) -> Version | None:
        """The version that the resolver chooses."""
        requirement = self.name + ",".join(filter(None, (versions, *self.passed)))
        outcome = trial.solve((requirement, *self.beside), lowest=lowest)
        found = outcome.pins.get(self.canonical) if isinstance(outcome, Solved) else None
        return Version(found) if found else None


def _closest(near: Near, wanted: Version | None, trial: Trial) -> Version | None:
    if wanted is None:
        return near.solved("", trial)
    found = [near.solved(f"<{wanted}", trial), near.solved(f">{wanted}", trial, lowest=True)]
    return min(filter(None, found), key=lambda each: (_distance(each, wanted), each < wanted), default=None)


def _vulnerable(name: str, version: Version, trial: Trial) -> bool:
    return bool(trial.sources.index and trial.sources.index.advisories(name, str(version)))


def _named(line: Line) -> str:
    requirement = line.requirement
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement and requirement.extras else ""
    return f"{requirement.name if requirement else for_pip(line)}{extras}"


def _wanted(line: Line) -> Version | None:
    for each in line.requirement.specifier if line.requirement else ():
        try:
            return Version(each.version.removesuffix(".*"))
        except InvalidVersion:
            continue
    return None


def _distance(one: Version, other: Version) -> tuple[int, ...]:
    """How far two versions are apart, the leading number weighing most."""
    length = max(len(one.release), len(other.release))
    pairs = zip(_padded(one, length), _padded(other, length), strict=True)
    return tuple(abs(a - b) for a, b in pairs)


def _padded(version: Version, length: int) -> tuple[int, ...]:
    return version.release + (0,) * (length - len(version.release))
