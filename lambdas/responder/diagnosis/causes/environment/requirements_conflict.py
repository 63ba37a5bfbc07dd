"""requirements.txt cannot be resolved: what it asks for cannot be had together.

Seen as: pip's ResolutionImpossible in a requirements_install stream, an invalid line, or hashes that do not match.
Comes from: a pin against the constraints that MWAA enforces, two pins against each other, or a line that pip cannot read.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from responder.diagnosis.clash_words import clash_words
from responder.diagnosis.corrected_file import corrected_remedy, steps_by_hand
from responder.diagnosis.released_between import asked, released_between
from responder.diagnosis.rule import Match, Rule
from responder.evidence.pip_output import CONFLICT, HASH, SYNTAX, TIMEOUT
from responder.evidence.pip_root import root, root_again
from responder.inquiry.question import Answers, Question
from responder.model import Category, Evidence, Remedy, Strength
from responder.requirements.asked import CorrectedFile

KINDS = frozenset({CONFLICT, HASH, SYNTAX, TIMEOUT})
NOTHING_INSTALLED = "The environment starts with its base packages only, and DAGs fail later with ModuleNotFoundError."


class Clash(NamedTuple):
    """The line that it hangs on; `other` is what stands against it."""

    requirement: str | None
    distribution: str | None


def recognise(evidence: Evidence) -> Match[Clash] | None:
    found = root(evidence.pip)
    if found is None or found.kind not in KINDS:
        return None
    return Match(Strength.STRUCTURED, Clash(found.requirement, found.distribution), found.lines, evidence.failure)


def questions(match: Match[Clash]) -> tuple[Question[Any], ...]:
    return (CorrectedFile(), *asked(match.facts.distribution))


def remedy(match: Match[Clash], answers: Answers) -> Remedy:
    told = clash_words(match.facts.requirement, root_again(match.because))
    return corrected_remedy(
        summary=f"{told.why}, so nothing of requirements.txt is installed.",
        explanation=f"{NOTHING_INSTALLED} {released_between(match.facts.distribution, match.failure, answers)}".strip(),
        by_hand=steps_by_hand(match.facts.distribution, told.by_hand),
        question=CorrectedFile(),
        answers=answers,
    )


RULE = Rule(
    category=Category.ENVIRONMENT,
    cause="requirements-conflict",
    may_heal=False,
    recognise=recognise,
    questions=questions,
    remedy=remedy,
)
