"""What can be wrong with a requirements.txt, and the verdict over one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from responder.model import Proof


class ProblemClass(StrEnum):
    """The classes that `mwaa-responder requirements` names."""

    CONFLICT = "conflict"
    ESSENTIAL_CONFLICT = "essential-conflict"
    NOT_FOUND_VERSION = "not-found-version"
    NOT_FOUND_NAME = "not-found-name"
    YANKED = "yanked"
    PYTHON_VERSION = "python-version"
    NO_WHEEL = "no-wheel"
    BUILD = "build"
    CONSTRAINT_WRONG_AIRFLOW = "constraint-wrong-airflow"
    CONSTRAINT_UNREACHABLE = "constraint-unreachable"
    CONSTRAINT_DISABLED = "constraint-disabled-by-comment"
    AIRFLOW_PIN = "airflow-pin"
    PROVIDER_TOO_NEW = "provider-too-new"
    SYNTAX = "syntax"
    DUPLICATE = "duplicate"
    LOCAL_OR_PRIVATE = "local-or-private-name"
    PRIVATE_INDEX = "private-index"
    UNPINNED = "unpinned-risk"
    CONFUSION = "dependency-confusion-risk"


# The index has nothing of that name
ABSENT = frozenset({ProblemClass.LOCAL_OR_PRIVATE, ProblemClass.NOT_FOUND_NAME})
WARNINGS = frozenset({ProblemClass.CONSTRAINT_DISABLED, ProblemClass.UNPINNED, ProblemClass.CONFUSION})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or risky, with one line."""

    kind: ProblemClass
    line: int | None  # in the file as it was given, the first is 1; None where no line is to blame
    requirement: str | None  # as the file spells it, secrets masked
    explanation: str  # a sentence or two for a person

    @property
    def blocks(self) -> bool:
        """Whether MWAA would not install the file because of it."""
        return self.kind not in WARNINGS


@dataclass(frozen=True, slots=True)
class Verdict:
    """What MWAA would do with a file, and the file that it would install."""

    ok: bool
    problems: tuple[Problem, ...]
    corrected: str | None  # the whole text, its secrets unmasked: for writing, never for showing
    diff: str | None  # unified, secrets masked
    proof: Proof  # of the corrected file, or of the file itself where nothing had to be corrected
    changes: tuple[str, ...] = ()  # on the image: "+ name==v", "- name==v"
    not_checked: tuple[str, ...] = ()  # "what: why not"
