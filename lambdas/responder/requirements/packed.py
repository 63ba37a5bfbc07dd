"""Wheels that come with plugins.zip: whether the ones that a file asks for are in it, and fit.

MWAA unpacks the zip to /usr/local/airflow/plugins before pip runs; names there are case-sensitive.
https://docs.aws.amazon.com/mwaa/latest/userguide/best-practices-dependencies.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from packaging.version import InvalidVersion

from responder.requirements.known import PLUGINS, active, allows, problem
from responder.requirements.lines import File, Form, Line
from responder.requirements.problem import Problem, ProblemClass
from responder.requirements.trial import Trial


@dataclass(frozen=True, slots=True)
class Wheel:
    """One wheel, by its name alone."""

    filename: str
    name: str
    version: str
    fits: bool


def missing_wheels(file: File, trial: Trial, *, only: bool) -> Iterator[Problem]:
    """`only`: the file says --no-index, so each requirement has to be among them. Nothing where the zip was not seen."""
    names = trial.sources.wheels
    if names is None:
        return
    for line in file.of_form(Form.PATH):
        filename = line.value.removeprefix(PLUGINS)
        if line.value.startswith(PLUGINS) and filename.endswith(".whl") and filename not in names:
            yield problem(
                ProblemClass.LOCAL_OR_PRIVATE,
                line,
                f"plugins.zip has no {filename} at its top{_alike(filename, names)}.",
            )
    wheels = tuple(_wheels(names, trial))
    for line in active(file, trial.known.image) if only else ():
        yield from _absent(line, wheels, trial)


def _alike(filename: str, names: frozenset[str]) -> str:
    found = next((each for each in sorted(names) if each.lower() == filename.lower()), None)
    return f", but {found}: names are case-sensitive" if found else ""


def _wheels(names: frozenset[str], trial: Trial) -> Iterator[Wheel]:
    for filename in sorted(names):
        try:
            name, version, _, _ = parse_wheel_filename(filename)
        except (InvalidWheelFilename, InvalidVersion):
            continue
        yield Wheel(filename, name, str(version), trial.target.takes_wheel(filename))


def _absent(line: Line, wheels: tuple[Wheel, ...], trial: Trial) -> Iterator[Problem]:
    installed = trial.known.image.preinstalled.get(line.name or "")
    if installed and allows(line, installed):
        return
    named = [wheel for wheel in wheels if wheel.name == line.name]
    wanted = [wheel for wheel in named if allows(line, wheel.version)]
    if not named:
        yield problem(
            ProblemClass.NOT_FOUND_NAME,
            line,
            f"With --no-index only plugins.zip counts, and it has no wheel of {line.name}.",
        )
    elif not wanted:
        yield problem(
            ProblemClass.NOT_FOUND_VERSION, line, f"plugins.zip has {named[0].filename}, which is another version."
        )
    elif not any(wheel.fits for wheel in wanted):
        yield problem(
            ProblemClass.NO_WHEEL, line, f"{wanted[0].filename} in plugins.zip is for another Python or platform."
        )
