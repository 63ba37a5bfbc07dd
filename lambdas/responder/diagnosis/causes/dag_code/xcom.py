"""What tasks hand to each other is too large, cannot be serialised, or is not there.

Seen as: "is not JSON serializable" from Airflow's XCom code, a database that refuses the size, XComNotFound, or a value that is None where an XCom was pulled.
Comes from: returning data frames, objects or bytes from a task, or pulling from a task that pushed nothing.
"""

from __future__ import annotations

from responder.diagnosis.advice import AIRFLOW_DOCS
from responder.diagnosis.broken_xcom import broken_xcom
from responder.diagnosis.code_question import Place, code_questions, code_remedy, place_of
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
    what = match.because[0][:200]
    return code_remedy(
        summary=f"An XCom could not be stored or found: {what}",
        explanation="What a task returns or pushes is stored in Airflow's database as JSON: only plain, small values fit, and a pull finds only what was pushed in the same run.",
        steps=(
            "Return plain values (numbers, text, lists, dictionaries); convert dates, decimals, bytes and objects first.",
            "Put data itself into S3 and hand on its key; or set an XCom backend that keeps large values in S3.",
            "If a value was not there: check task_ids, key and run, and that the other task did not skip.",
        ),
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
