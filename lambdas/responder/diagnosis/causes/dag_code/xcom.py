"""What tasks hand to each other is too large, cannot be serialised, or is not there.

Seen as: "is not JSON serializable" from Airflow's XCom code, a database that refuses the size, XComNotFound, or a value that is None where an XCom was pulled.
Comes from: returning data frames, objects or bytes from a task, or pulling from a task that pushed nothing.
"""

from __future__ import annotations

from responder.diagnosis.advice import AIRFLOW_DOCS
from responder.diagnosis.broken_xcom import broken_xcom, xcom_words
from responder.diagnosis.code_question import Place, code_questions, code_remedy, place_of
from responder.diagnosis.quoting import ending
from responder.diagnosis.rule import Match, Rule
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Link, Remedy, Strength

DOCS = Link("XComs", f"{AIRFLOW_DOCS}/core-concepts/xcoms.html")


def recognise(evidence: Evidence) -> Match[Place] | None:
    found = broken_xcom(evidence)
    if found is None:
        return None
    raised, lines = found
    return Match(Strength.EXCEPTION, place_of(evidence), lines, evidence.failure, raised)


def remedy(match: Match[Place], answers: Answers) -> Remedy:
    told = xcom_words(match.because)
    return code_remedy(
        summary=f"{told.summary} {ending(match.because[0])}",
        explanation=told.explanation,
        steps=told.steps,
        place=match.facts,
        answers=answers,
        links=(DOCS,),
    )


RULE = Rule(
    category=Category.DAG_CODE,
    cause="xcom",
    may_heal=False,
    recognise=recognise,
    questions=code_questions,
    remedy=remedy,
)
