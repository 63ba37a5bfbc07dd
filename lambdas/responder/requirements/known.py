"""What the lines of a file are judged by: the image, the constraints, and which lines apply there at all."""

from __future__ import annotations

from dataclasses import dataclass

from packaging.markers import UndefinedEnvironmentName
from packaging.requirements import Requirement
from packaging.version import InvalidVersion, Version

from responder.knowledge.images import Image
from responder.requirements.lines import File, Form, Line
from responder.requirements.masking import masked
from responder.requirements.own_constraints import Effective
from responder.requirements.places import HOME
from responder.requirements.problem import Problem, ProblemClass

AIRFLOW = frozenset({"apache-airflow", "apache-airflow-core", "apache-airflow-task-sdk"})
PLUGINS = f"{HOME}/plugins/"  # where plugins.zip is unpacked


@dataclass(frozen=True, slots=True)
class Known:
    """What the words are judged by."""

    image: Image
    effective: Effective

    def bound(self, name: str) -> str | None:
        """The version that constraints leave for a distribution."""
        return self.effective.version_of(name, self.image)


def active(file: File, image: Image) -> tuple[Line, ...]:
    """The requirement lines whose marker holds in the environment."""
    return tuple(
        line for line in file.of_form(Form.REQUIREMENT) if line.requirement and applies(line.requirement, image)
    )


def applies(requirement: Requirement, image: Image) -> bool:
    """Whether a marker holds for the image's Python on Linux, not for ours."""
    if requirement.marker is None:
        return True
    environment = {
        "python_version": image.python,
        "python_full_version": image.python_full,
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": "x86_64",
        "os_name": "posix",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "implementation_version": image.python_full,
        "extra": "",
    }
    try:
        return requirement.marker.evaluate(environment)
    except UndefinedEnvironmentName:
        return True


def problem(kind: ProblemClass, line: Line, why: str) -> Problem:
    """A problem of one line."""
    return Problem(kind, line.number or None, masked(line.body), why)


def allows(line: Line, version: str) -> bool:
    """Whether a line's versions include this one."""
    try:
        return bool(line.requirement) and line.requirement.specifier.contains(Version(version), prereleases=True)  # type: ignore[union-attr]
    except InvalidVersion:
        return True
