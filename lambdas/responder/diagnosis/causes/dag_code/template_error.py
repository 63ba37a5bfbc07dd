"""Jinja cannot render a template of the task.

Seen as: an exception of Jinja's, or any other after "Exception rendering Jinja template for task".
Comes from: an undefined variable or macro, a params key that is not there, bad Jinja syntax, or a template file that is not found.
"""

from __future__ import annotations

from responder.diagnosis.advice import AIRFLOW_DOCS
from responder.diagnosis.broken_template import RENDERING, broken_template
from responder.diagnosis.code_question import Place, code_questions, code_remedy, place_of
from responder.diagnosis.quoting import ending
from responder.diagnosis.rule import Match, Rule
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Link, Raised, Remedy

DOCS = Link("Templates reference", f"{AIRFLOW_DOCS}/templates-ref.html")


def recognise(evidence: Evidence) -> Match[Place] | None:
    found = broken_template(evidence)
    if found is None:
        return None
    raised, strength, lines = found
    return Match(strength, place_of(evidence), lines, evidence.failure, raised)


def remedy(match: Match[Place], answers: Answers) -> Remedy:
    what = ending(match.raised.message if match.raised else match.because[0])
    if match.raised and "NotFound" in match.raised.name:
        what = f"there is no template file {ending(match.raised.message)}"
    field = RENDERING.search(match.because[-1])
    where = f"the field {field[2]} of task {field[1]}" if field else "a templated field"
    return code_remedy(
        summary=f"Jinja cannot render {where}: {what}",
        explanation="Templated fields are rendered just before the task runs, with the context, params, variables and connections of that run.",
        steps=_steps(match.raised),
        place=match.facts,
        answers=answers,
        links=(DOCS,),
    )


def _steps(raised: Raised | None) -> tuple[str, ...]:
    """By what Jinja objects to."""
    name = raised.name if raised else ""
    if "NotFound" in name:
        return (
            "A value that ends in .sh, .sql or the like is taken for the name of a template file: put that file beside the DAG file, or below a folder in template_searchpath. The name itself is not rendered.",
            "If the value is no file but text, end it with a space.",
        )
    if name in {"TemplateSyntaxError", "TemplateAssertionError"}:
        return (
            "Correct the template at the place that the message names: a bracket, a filter or a block that is not closed.",
        )
    return (
        "Compare the names in the template with what is there: params are only those that the DAG, the task or the run's configuration sets.",
        "Give what may be missing a default: {{ params.get('x', '') }} or {{ x | default('') }}.",
    )


RULE = Rule(
    category=Category.DAG_CODE,
    cause="template-error",
    may_heal=False,
    recognise=recognise,
    questions=code_questions,
    remedy=remedy,
)
