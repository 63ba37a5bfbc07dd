"""Jinja cannot render a template of the task.

Seen as: an exception of Jinja's, or any other after "Exception rendering Jinja template for task".
Comes from: an undefined variable or macro, a params key that is not there, bad Jinja syntax, or a template file that is not found.
"""

from __future__ import annotations

import re

from responder.diagnosis.advice import AIRFLOW_DOCS
from responder.diagnosis.airflow_release import lost_variable
from responder.diagnosis.code_question import Place, code_questions, code_remedy, place_of
from responder.diagnosis.rule import Match, Rule
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Link, Raised, Record, Remedy, Strength

DOCS = Link("Templates reference", f"{AIRFLOW_DOCS}/templates-ref.html")
NAMES = frozenset(
    {
        "UndefinedError",
        "TemplateSyntaxError",
        "TemplateAssertionError",
        "TemplateNotFound",
        "TemplatesNotFound",
        "TemplateRuntimeError",
        "TemplateError",
        "FilterArgumentError",
    }
)
# ERROR - Exception rendering Jinja template for task 'render', field 'bash_command'. Template: 'echo {{ params.customer.name }}'
RENDERING = re.compile(r"Exception rendering Jinja template for task '([^'\n]{1,250})', field '([^'\n]{1,100})'")


def recognise(evidence: Evidence) -> Match[Place] | None:
    rendering = _rendering(evidence)
    for raised in evidence.chain.links if evidence.chain else ():
        if raised.name in NAMES and not (evidence.airflow_major == 3 and lost_variable(raised.name, raised.message)):  # noqa: PLR2004
            return _matched(evidence, raised, rendering, Strength.EXCEPTION)
        if rendering and rendering.chain and _same(rendering.chain.last, raised):
            return _matched(evidence, raised, rendering, Strength.MESSAGE)
    return None


def _rendering(evidence: Evidence) -> Record | None:
    records = (record for record in evidence.records if RENDERING.match(record.text))
    return next(records, None)


def _same(one: Raised, other: Raised) -> bool:
    return (one.name, one.message) == (other.name, other.message)


def _matched(evidence: Evidence, raised: Raised, rendering: Record | None, strength: Strength) -> Match[Place]:
    lines = [exception_text(raised).split("\n")[0]] + ([rendering.text.split("\n")[0][:1_000]] if rendering else [])
    return Match(strength, place_of(evidence), tuple(lines), evidence.failure, raised)


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
