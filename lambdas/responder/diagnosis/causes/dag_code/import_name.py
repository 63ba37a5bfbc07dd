"""A module is there, but the name that is imported from it is not.

Seen as: ImportError "cannot import name 'X' from 'M'" in a file of the user's own.
Comes from: a misspelt name, a class that moved or was renamed, or two own modules that import each other.
"""

from __future__ import annotations

from typing import NamedTuple

from responder.diagnosis.advice import AIRFLOW_DOCS
from responder.diagnosis.code_question import at_start, code_and_release_questions, code_remedy, place_of, release_of
from responder.diagnosis.import_failure import Fault, failed_in, failed_name, fault_of
from responder.diagnosis.name_advice import advice_for
from responder.diagnosis.rule import Match, Rule
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Link, Remedy, Strength

DOCS = Link("Operators and hooks", f"{AIRFLOW_DOCS}/operators-and-hooks-ref.html")


class Wanted(NamedTuple):
    """The module that lacks the name, and the line that wants it."""

    module: str | None
    file: str | None
    line: int | None
    function: str | None


def recognise(evidence: Evidence) -> Match[Wanted] | None:
    failed = failed_name(evidence)
    if failed is None or fault_of(failed) is not Fault.NAME:
        return None
    place = place_of(evidence)
    facts = Wanted(failed.module or None, place.file, place.line, place.function)
    line = exception_text(failed.raised).split("\n")[0]
    return Match(Strength.EXCEPTION, facts, (line,), evidence.failure, failed.raised)


def remedy(match: Match[Wanted], answers: Answers) -> Remedy:
    failed = failed_in(match.raised)
    advice = advice_for(failed, release_of(answers))
    return code_remedy(
        summary=f"{at_start(match.facts)} imports {failed.name} from {failed.module or 'a module'}, which {'is itself still being imported' if failed.circular else 'has no such name'}.",
        explanation=advice.explanation,
        steps=advice.steps,
        place=match.facts,
        answers=answers,
        links=(DOCS,),
    )


RULE = Rule(
    category=Category.DAG_CODE,
    cause="import-name",
    may_heal=False,
    recognise=recognise,
    questions=code_and_release_questions,
    remedy=remedy,
)
