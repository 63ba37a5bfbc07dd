"""Jinja cannot render a template of the task.

Seen as: an exception of Jinja's, or any other after "Exception rendering Jinja template for task".
Comes from: an undefined variable or macro, a params key that is not there, bad Jinja syntax, or a template file that is not found.
"""

from __future__ import annotations

from responder.diagnosis.advice import AIRFLOW_DOCS
from responder.diagnosis.broken_template import RENDERING, broken_template
from responder.diagnosis.code_question import Place, code_questions, code_remedy, place_of
from responder.diagnosis.rule import Match, Rule
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Link, Remedy

DOCS = Link("Templates reference", f"{AIRFLOW_DOCS}/templates-ref.html")


def recognise(evidence: Evidence) -> Match[Place] | None:
    found = broken_template(evidence)
    if found is None:
        return None
    raised, strength, lines = found
    return Match(strength, place_of(evidence), lines, evidence.failure, raised)


def remedy(match: Match[Place], answers: Answers) -> Remedy:
    what = match.because[0].rpartition(": ")[2]
    field = RENDERING.search(match.because[-1])
    where = f"the field {field[2]} of task {field[1]}" if field else "a templated field"
    return code_remedy(
        summary=f"Jinja cannot render {where}: {what}",
        explanation="Templated fields are rendered just before the task runs, with the context, params, variables and connections of that run.",
        steps=(
            "Compare the names in the template with what is there: params are only those that the DAG, the task or the run's configuration sets.",
            "Give what may be missing a default: {{ params.get('x', '') }} or {{ x | default('') }}.",
            "A value that ends in .sh, .sql or the like is taken as a template file: put it below the DAG's folder or template_searchpath, or end it with a space.",
        ),
        place=match.facts,
        answers=answers,
        links=(DOCS,),
    )


RULE = Rule(
    category=Category.DAG_CODE,
    cause="template-error",
    may_heal=False,
    recognise=recognise,
    questions=code_questions,
    remedy=remedy,
)
