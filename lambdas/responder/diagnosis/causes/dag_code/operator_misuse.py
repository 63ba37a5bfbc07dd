"""An operator, sensor, DAG or decorator gets missing, unknown or wrong arguments.

Seen as: "missing keyword argument", "unexpected keyword argument", "Invalid arguments were passed to", or a constructor of Airflow's that refuses a value.
Comes from: a typo in an argument, an argument of another operator, or a callable that does not take what it is given.
"""

from __future__ import annotations

import re

from responder.diagnosis.advice import AIRFLOW_DOCS
from responder.diagnosis.airflow_release import CONTEXT
from responder.diagnosis.code_question import Place, code_questions, code_remedy, place_of, shown
from responder.diagnosis.frames import is_of_operator, own_frame, raised_in_airflow
from responder.diagnosis.refused_argument import meant, refused
from responder.diagnosis.rule import Match, Rule
from responder.evidence.provider_complaint import Complaint, complaint_of
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Kind, Link, Raised, Remedy, Strength

DOCS = Link("Operators and hooks", f"{AIRFLOW_DOCS}/operators-and-hooks-ref.html")
_SIGNATURE = re.compile(
    r"got an unexpected keyword argument|missing \d{1,2} required (?:positional|keyword-only) argument|"
    r"takes (?:from )?\d{1,2} .{0,40}positional arguments? but|got multiple values for (?:keyword )?argument"
)
_OF_AIRFLOW = re.compile(
    r"missing keyword arguments? |Invalid arguments were passed to |[Aa]rgument \[.{1,200}\] is required|param must be callable|"
    r"must contain only valid task_ids|expected all task IDs are strings|Invalid type for key|trigger_rule must be one of|Invalid trigger.rule|"
    r"weight_rule must be one of|cannot be used with|unmappable or unsupported|"
    r"task decorator '\w{1,80}' not found|(?:is|are) not (?:a )?mappable|'?max_tries'? must be"
)
_IDS = re.compile(r"has to be (?:made of alphanumeric|less than)")
_CONSTRUCTORS = re.compile(r"\b(\w{0,80}(?:Operator|Sensor|Trigger|Decorator|DAG|TaskGroup))\.__init__\(\)")
_CALL = re.compile(r"(\w{1,100}(?:Operator|Sensor|DAG|TaskGroup|BaseHook))\(")
_CHECKS = frozenset(
    {
        "AirflowException",
        "ValueError",
        "TypeError",
        "AttributeError",
        "ParamValidationError",
        "AirflowOptionalProviderFeatureException",
    }
)
_NAME = re.compile(r"argument[s:]? ?(?:were:\s?)?\W{0,12}(\w{1,80})")


def recognise(evidence: Evidence) -> Match[Place] | None:
    for raised in evidence.chain.links if evidence.chain else ():
        if _of_release(evidence, raised):
            continue
        if _is_misuse(evidence, raised):
            line = exception_text(raised).split("\n")[0]
            return Match(Strength.EXCEPTION, place_of(evidence), (line,), evidence.failure, raised)
    return None


def _of_release(evidence: Evidence, raised: Raised) -> bool:
    """Another release takes the argument: `airflow-version`."""
    if refused(raised.message).of_another_release:
        return True
    return evidence.airflow_major == 3 and any(f"'{name}'" in raised.message for name in CONTEXT)  # noqa: PLR2004


def _is_misuse(evidence: Evidence, raised: Raised) -> bool:
    message = raised.message[:2_000]
    if complaint_of(raised) is Complaint.ARGUMENT:
        return True
    if raised.name not in _CHECKS:
        return False
    if _OF_AIRFLOW.search(message) or (_IDS.search(message) and is_of_operator(raised)):
        return True
    if _SIGNATURE.search(message):
        return bool(_CONSTRUCTORS.search(message)) or raised_in_airflow(raised) or _calls_operator(evidence, raised)
    return _refused_by_constructor(evidence, raised)


def _calls_operator(evidence: Evidence, raised: Raised) -> bool:
    """Python before 3.10 prints no class before `__init__()`: the line that calls it tells."""
    frame = raised.frames[-1] if raised.frames else own_frame(evidence.chain)
    return "__init__()" in raised.message and bool(frame and frame.code and _CALL.search(frame.code))


def _refused_by_constructor(evidence: Evidence, raised: Raised) -> bool:
    """While a DAG file is read, an operator's own `__init__` refuses what it is given."""
    last = raised.frames[-1] if raised.frames else None
    if evidence.failure.kind is not Kind.DAG_FILE or last is None or not raised_in_airflow(raised):
        return False
    return any(
        frame.function in ("__init__", "validate", "_validate", "__attrs_post_init__", "partial", "expand")
        and ("/operators/" in frame.file or "/sensors/" in frame.file or "operator" in frame.file.rpartition("/")[2])
        for frame in raised.frames
    )


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
