"""An operator, sensor, DAG or decorator gets missing, unknown or wrong arguments.

Seen as: "missing keyword argument", "unexpected keyword argument", "Invalid arguments were passed to", or a constructor of Airflow's that refuses a value.
Comes from: a typo in an argument, an argument of another operator, or a callable that does not take what it is given.
"""

from __future__ import annotations

from responder.diagnosis.advice import AIRFLOW_DOCS
from responder.diagnosis.code_question import Place, code_questions, code_remedy, place_of, shown
from responder.diagnosis.misused_operator import misused
from responder.diagnosis.refused_argument import meant
from responder.diagnosis.rule import Match, Rule
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Link, Remedy, Strength

DOCS = Link("Operators and hooks", f"{AIRFLOW_DOCS}/operators-and-hooks-ref.html")


def recognise(evidence: Evidence) -> Match[Place] | None:
    raised = misused(evidence)
    if raised is None:
        return None
    line = exception_text(raised).split("\n")[0]
    return Match(Strength.EXCEPTION, place_of(evidence), (line,), evidence.failure, raised)


def remedy(match: Match[Place], answers: Answers) -> Remedy:
    message = match.raised.message if match.raised else "wrong arguments"
    what, hint = message.split("\n")[0][:200], meant(message)
    return code_remedy(
        summary=f"{shown(match.facts)} gives an operator the wrong arguments: {what}.",
        explanation="Airflow checks the arguments when the operator is made, so the file is not imported until they fit.",
        steps=(
            *((hint,) if hint else ()),
            "Compare the call with the operator's parameters in the documentation of the installed provider version, and correct the argument that the message names.",
            "If a function is called by Airflow, its parameters must be the context's names, or what op_args and op_kwargs give.",
        ),
        place=match.facts,
        answers=answers,
        links=(DOCS,),
    )


RULE = Rule(
    category=Category.DAG_CODE,
    cause="operator-misuse",
    may_heal=False,
    recognise=recognise,
    questions=code_questions,
    remedy=remedy,
)
