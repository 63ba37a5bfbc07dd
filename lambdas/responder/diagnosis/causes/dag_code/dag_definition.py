"""The DAG itself is not valid.

Seen as: a cycle, a duplicate id, an invalid schedule or a missing start_date, while the file is parsed or the DAG is bagged, or a DAG that cannot be stored.
Comes from: how tasks are wired, named or scheduled in the file.
"""

from __future__ import annotations

from responder.diagnosis.advice import AIRFLOW_DOCS
from responder.diagnosis.code_question import Place, code_questions, code_remedy, place_of, where
from responder.diagnosis.quoting import ending
from responder.diagnosis.refused_dag import is_unstored, refused_dag, step_for
from responder.diagnosis.rule import Match, Rule
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Link, Remedy

DOCS = Link("DAGs", f"{AIRFLOW_DOCS}/core-concepts/dags.html")


def recognise(evidence: Evidence) -> Match[Place] | None:
    found = refused_dag(evidence)
    if found is None:
        return None
    raised, strength = found
    return Match(strength, place_of(evidence), (exception_text(raised).split("\n")[0],), evidence.failure, raised)


def remedy(match: Match[Place], answers: Answers) -> Remedy:
    what = ending(match.raised.message) if match.raised and match.raised.message else "Airflow refuses it."
    if is_unstored(match.raised):
        return code_remedy(
            summary=f"A DAG cannot be stored: {what}",
            explanation="Airflow stores each DAG as JSON, and the scheduler and the UI read it from there. The file itself can be read: it is a value in the DAG that does not come through, so the DAG is missing or stays as it last was.",
            steps=(
                "Give the DAG, its params, its default_args and what stands in template_fields plain values only: text, numbers, lists, dicts, timedelta, pendulum's dates and time zones.",
                "`SerializedDAG.to_dict(dag)` (from airflow.serialization.serialized_objects) fails in the same place on any machine with this version of Airflow: try the change there.",
            ),
            place=match.facts,
            answers=answers,
            links=(DOCS,),
        )
    return code_remedy(
        summary=f"The DAG in {where(match)} is not valid: {what}",
        explanation="Airflow reads the file but refuses the DAG: it is not in the UI, or stays as it last was.",
        steps=(
            step_for(match.raised),
            "Check the file before it is uploaded: `python <file>` has to run without an exception.",
        ),
        place=match.facts,
        answers=answers,
        links=(DOCS,),
    )


RULE = Rule(
    category=Category.DAG_CODE,
    cause="dag-definition",
    may_heal=False,
    recognise=recognise,
    questions=code_questions,
    remedy=remedy,
)
