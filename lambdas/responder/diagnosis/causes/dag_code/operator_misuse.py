"""An operator, sensor, DAG or decorator gets missing, unknown or wrong arguments.

Seen as: "missing keyword argument", "unexpected keyword argument", "Invalid arguments were passed to", or a constructor of Airflow's that refuses a value.
Comes from: a typo in an argument, an argument of another operator, or a callable that does not take what it is given.
"""

from __future__ import annotations

from responder.diagnosis.advice import AIRFLOW_DOCS
from responder.diagnosis.code_question import Place, at_start, code_questions, code_remedy, place_of
from responder.diagnosis.misused_operator import misused
from responder.diagnosis.quoting import ending
from responder.diagnosis.refused_argument import meant, refused
from responder.diagnosis.rule import Match, Rule
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Kind, Link, Remedy, Strength

DOCS = Link("Operators and hooks", f"{AIRFLOW_DOCS}/operators-and-hooks-ref.html")


def recognise(evidence: Evidence) -> Match[Place] | None:
    raised = misused(evidence)
    if raised is None:
        return None
    line = exception_text(raised).split("\n")[0]
    return Match(Strength.EXCEPTION, place_of(evidence), (line,), evidence.failure, raised)


_CALLABLE = "A function that Airflow calls gets what op_args and op_kwargs give, and of the context only what its parameters name: add the parameter, or **context."


def remedy(match: Match[Place], answers: Answers) -> Remedy:
    message = match.raised.message if match.raised else "wrong arguments"
    hint = meant(message)
    return code_remedy(
        summary=f"{at_start(match.facts)} gives {refused(message).class_name or 'an operator'} the wrong arguments: {ending(message)}",
        explanation="Airflow checks the arguments when the operator is made, so the file is not imported until they fit."
        if match.failure.kind is Kind.DAG_FILE
        else "The operator, or a function that Airflow calls for it, does not take what it is given; another try fails as well.",
        steps=(
            *((hint,) if hint else ()),
            "Compare the call with the operator's parameters in the documentation of the installed provider version, and correct the argument that the message names.",
            *((_CALLABLE,) if "()" in message and ".__init__()" not in message else ()),
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
