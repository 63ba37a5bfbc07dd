"""The smallest edits that may cure a problem, the gentlest first; each is tried by the resolver before it counts.

The order: the constraint's address; a line that the image makes needless; the version that the constraints name; the
nearest version that resolves; a wheel instead of source; another name.
"""

from __future__ import annotations

from collections.abc import Iterator

from responder.requirements.edits import only_on_windows, renamed, reread, several, with_value, with_versions
from responder.requirements.known import AIRFLOW, PLUGINS
from responder.requirements.lines import Form, Line, parse
from responder.requirements.nearest import nearest
from responder.requirements.problem import ABSENT, Problem, ProblemClass
from responder.requirements.renames import AIRFLOW_ITSELF, in_python, misspelt, successor
from responder.requirements.repair import meant
from responder.requirements.spelling import pin_of
from responder.requirements.trial import Trial

CONSTRAINT_LINES = frozenset({ProblemClass.CONSTRAINT_WRONG_AIRFLOW, ProblemClass.CONSTRAINT_UNREACHABLE})
RENAMING = ABSENT | {ProblemClass.BUILD, ProblemClass.NO_WHEEL}
NO_CURE = frozenset({ProblemClass.PRIVATE_INDEX})
WITHOUT_QUOTES = str.maketrans("", "", "\"'")


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
        yield from _of_invalid(line)
    elif line.form is Form.PATH:
        yield from _of_path(problem, line)
    elif line.form is Form.REQUIREMENT and not line.hashes:
        yield from _of_requirement(problem, line, trial, beside)


def _of_invalid(line: Line) -> Iterator[Edit]:
    """As it was meant, else without it."""
    if line.body in line.raw:
        unquoted = line.body.translate(WITHOUT_QUOTES) if line.body.startswith("-") else ""
        texts = meant(line.body)
        if unquoted != line.body and parse(unquoted).of_form(Form.OPTION):
            yield reread(line, line.raw.replace(line.body, unquoted, 1))
        elif texts:
            yield several(line, texts)
    yield DELETE


def _of_option(problem: Problem, line: Line, trial: Trial) -> Iterator[Edit]:
    if problem.kind in CONSTRAINT_LINES or line.option == "--constraint":
        yield with_value(line, trial.known.image.constraints_url)
    elif problem.kind in (ProblemClass.SYNTAX, ProblemClass.LOCAL_OR_PRIVATE):
        yield DELETE


def _of_path(problem: Problem, line: Line) -> Iterator[Edit]:
    if problem.kind is not ProblemClass.LOCAL_OR_PRIVATE:
        return
    filename = line.value.rpartition("/")[2]
    shipped = filename.endswith((".whl", ".tar.gz"))
    yield reread(line, line.raw.replace(line.body, PLUGINS + filename, 1)) if shipped else DELETE


def _of_requirement(problem: Problem, line: Line, trial: Trial, beside: tuple[str, ...]) -> Iterator[Edit]:
    if problem.kind is ProblemClass.DUPLICATE:
        yield DELETE
    name = line.name or ""
    extras = bool(line.requirement and line.requirement.extras)
    image = trial.known.image
    if (name in image.preinstalled or name in AIRFLOW or name in AIRFLOW_ITSELF or in_python(name)) and not extras:
        yield DELETE
    bound = trial.known.bound(name)
    if bound and pin_of(line) != bound:
        yield from _versions(line, f"=={bound}")
    if problem.kind in RENAMING:
        yield from _other_name(line, name, trial)
    if problem.kind not in ABSENT and not bound and not trial.is_own(name):
        yield from nearest(line, trial, beside)
    if problem.kind in ABSENT:
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
