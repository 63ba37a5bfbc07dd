"""A distribution that the environment does not have.

Seen as: ModuleNotFoundError for a module that a known distribution or an Airflow provider brings.
Comes from: requirements.txt lacks it, its last installation failed, or a newer file was uploaded but not selected.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from responder.diagnosis.missing_module import missing_module
from responder.diagnosis.module_origin import origin_of
from responder.diagnosis.package_remedy import asked, package_remedy
from responder.diagnosis.rule import Match, Rule
from responder.inquiry.question import Answers, Question
from responder.model import Category, Evidence, Remedy, Strength
from responder.requirements.names import Origin


class Missing(NamedTuple):
    """The module as Python names it, and the distribution that brings it where that is sure."""

    module: str
    distribution: str | None = None


def recognise(evidence: Evidence) -> Match[Missing] | None:
    missing = missing_module(evidence)
    if missing is None:
        return None
    origin = origin_of(missing)
    if origin.named.origin is not Origin.KNOWN:
        return None
    # A name that is only well known is never proposed: it may be the user's own all the same
    distribution = origin.choices[0] if origin.choices and not origin.several else None
    strength = Strength.EXCEPTION if missing.raised else Strength.MESSAGE
    return Match(strength, Missing(missing.module, distribution), (missing.line,), evidence.failure, missing.raised)


def questions(match: Match[Missing]) -> tuple[Question[Any], ...]:
    return asked(match.facts.distribution)


def remedy(match: Match[Missing], answers: Answers) -> Remedy:
    return package_remedy(match.facts.module, match.facts.distribution, answers)


RULE = Rule(
    category=Category.ENVIRONMENT,
    cause="missing-package",
    may_heal=False,
    recognise=recognise,
    questions=questions,
    remedy=remedy,
)
