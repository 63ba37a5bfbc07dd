"""A version or a distribution that requirements.txt asks for is not to be had.

Seen as: "No matching distribution found" in a requirements_install stream, or both sides of a conflict naming the same pin.
Comes from: a misspelt name, a version that was never released or was yanked, a private index that is not reached, a wheel for another platform.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from responder.diagnosis.corrected_file import corrected_remedy, steps_by_hand
from responder.diagnosis.not_found_reasons import WHY
from responder.diagnosis.released_between import asked, released_between
from responder.diagnosis.rule import Match, Rule
from responder.evidence.network_error import read_network
from responder.evidence.pip_output import INDEX, REPOSITORY
from responder.evidence.pip_root import root, root_again
from responder.evidence.printed_login import printed_login
from responder.inquiry.question import Answers, Question
from responder.model import Category, Evidence, PipProblem, Remedy, Strength
from responder.requirements.asked import CorrectedFile

BY_HAND = (
    "Check the spelling and the version; take the version that the environment's Airflow constraints name.",
    "A package of your own has to come as a wheel in plugins.zip, or from an index that the environment can reach.",
)


class Absent(NamedTuple):
    """What was asked for."""

    requirement: str | None
    distribution: str | None


def recognise(evidence: Evidence) -> Match[Absent] | None:
    found = root(evidence.pip)
    if found is None or found.kind not in WHY:
        return None
    strength = Strength.FALLBACK if _is_of_others(found) else Strength.STRUCTURED
    return Match(strength, Absent(found.requirement, found.distribution), found.lines, evidence.failure)


def _is_of_others(found: PipProblem) -> bool:
    """Who refuses the login or is not reached says so by itself: that is another cause's business, where one claims it."""
    if found.kind == INDEX:
        return "401" in (found.detail or "")
    return found.kind == REPOSITORY and bool(read_network(found.lines[0]) or printed_login(found.lines[0]))


def questions(match: Match[Absent]) -> tuple[Question[Any], ...]:
    return (CorrectedFile(), *asked(match.facts.distribution))


def remedy(match: Match[Absent], answers: Answers) -> Remedy:
    return corrected_remedy(
        summary=f"pip cannot get {match.facts.requirement or 'what requirements.txt asks for'}, so nothing of requirements.txt is installed.",
        explanation=f"{_why(match)} {released_between(match.facts.distribution, match.failure, answers)}".strip(),
        by_hand=steps_by_hand(match.facts.distribution, BY_HAND),
        question=CorrectedFile(),
        answers=answers,
    )


def _why(match: Match[Absent]) -> str:
    found = root_again(match.because)
    return WHY.get(found.kind, "") if found else ""


RULE = Rule(
    category=Category.ENVIRONMENT,
    cause="requirements-not-found",
    may_heal=False,
    recognise=recognise,
    questions=questions,
    remedy=remedy,
)
