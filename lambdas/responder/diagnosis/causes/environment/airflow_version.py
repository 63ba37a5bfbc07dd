"""The code, a provider or requirements.txt is made for another Airflow than the environment runs.

Seen as: a module, name, argument or context variable that only another release has, the ORM in an Airflow 3 task, or a pin of apache-airflow.
Comes from: an upgrade of the environment, or code copied from a guide to another release.
"""

from __future__ import annotations

from typing import NamedTuple

from responder.diagnosis.code_question import code_and_release_questions, place_of, shown
from responder.diagnosis.other_release import of_another_release
from responder.diagnosis.release_advice import release_remedy
from responder.diagnosis.rule import Match, Rule
from responder.evidence.pip_output import AIRFLOW_PIN
from responder.evidence.pip_root import root
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Remedy, Strength


class Release(NamedTuple):
    """What belongs to another release, and where the code uses it."""

    module: str | None = None
    requirement: str | None = None
    distribution: str | None = None
    file: str | None = None
    line: int | None = None
    function: str | None = None


def recognise(evidence: Evidence) -> Match[Release] | None:
    return _of_pip(evidence) or _of_code(evidence)


def _of_pip(evidence: Evidence) -> Match[Release] | None:
    found = root(evidence.pip)
    if found is None or found.kind != AIRFLOW_PIN:
        return None
    facts = Release(requirement=found.requirement, distribution="apache-airflow")
    return Match(Strength.STRUCTURED, facts, found.lines, evidence.failure)


def _of_code(evidence: Evidence) -> Match[Release] | None:
    found = of_another_release(evidence)
    if found is None:
        return None
    raised, module = found
    place = place_of(evidence)
    facts = Release(module=module, file=place.file, line=place.line, function=place.function)
    return Match(Strength.EXCEPTION, facts, (exception_text(raised).split("\n")[0],), evidence.failure, raised)


def remedy(match: Match[Release], answers: Answers) -> Remedy:
    return release_remedy(match.facts, shown(match.facts), match.raised, answers)


RULE = Rule(
    category=Category.ENVIRONMENT,
    cause="airflow-version",
    may_heal=False,
    recognise=recognise,
    questions=code_and_release_questions,
    remedy=remedy,
)
