"""A distribution has no wheel that fits, and building it from source breaks.

Seen as: "subprocess-exited-with-error" or "Failed building wheel" in a requirements_install stream.
Comes from: a header or tool that the image lacks, or sources that do not build with this Python.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from responder.diagnosis.advice import STARTUP_SCRIPT
from responder.diagnosis.corrected_file import corrected_remedy
from responder.diagnosis.released_between import asked, released_between
from responder.diagnosis.rule import Match, Rule
from responder.evidence.pip_output import BUILD
from responder.evidence.pip_root import root
from responder.inquiry.question import Answers, Question
from responder.model import Category, Evidence, Remedy, Strength
from responder.requirements.asked import CorrectedFile
from responder.requirements.builds import ADVICE, on_missing


class Build(NamedTuple):
    """What does not build; `library` is the header, tool or module that it lacks."""

    requirement: str | None
    distribution: str | None
    library: str | None


def recognise(evidence: Evidence) -> Match[Build] | None:
    found = root(evidence.pip)
    if found is None or found.kind != BUILD:
        return None
    facts = Build(found.requirement, found.distribution, found.detail)
    return Match(Strength.STRUCTURED, facts, found.lines, evidence.failure)


def questions(match: Match[Build]) -> tuple[Question[Any], ...]:
    return (CorrectedFile(), *asked(match.facts.distribution))


# The images have them: where one of them failed, the line above says what it missed
_IN_IMAGES = frozenset({"gcc", "cc", "g++", "c++", "make"})


def remedy(match: Match[Build], answers: Answers) -> Remedy:
    name, library = match.facts.distribution or "a distribution", match.facts.library
    return corrected_remedy(
        summary=f"pip has to compile {name}, and that fails"
        + (f" because {library} is missing" if library and library not in _IN_IMAGES else "")
        + ": nothing of requirements.txt is installed.",
        explanation=f"{released_between(match.facts.distribution, match.failure, answers)} No wheel fits the environment, so pip builds {name} from source. {on_missing(match.facts.distribution, library)}".strip(),
        by_hand=(
            *(
                ()
                if match.facts.distribution in ADVICE
                else (
                    f"Take a version of {name} that has a wheel for the environment's Python, or ship a prebuilt wheel in plugins.zip.",
                )
            ),
            f"If it must be built: install what it lacks in the startup script, for example `sudo dnf install -y <package>-devel`. {STARTUP_SCRIPT}",
        ),
        question=CorrectedFile(),
        answers=answers,
    )


RULE = Rule(
    category=Category.ENVIRONMENT,
    cause="requirements-build",
    may_heal=False,
    recognise=recognise,
    questions=questions,
    remedy=remedy,
)
