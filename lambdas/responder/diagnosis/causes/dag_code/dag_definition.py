"""The DAG itself is not valid.

Seen as: a cycle, a duplicate id, an invalid schedule or a missing start_date, while the file is parsed or the DAG is bagged.
Comes from: how tasks are wired, named or scheduled in the file.
"""

from __future__ import annotations

import re

from responder.diagnosis.advice import AIRFLOW_DOCS
from responder.diagnosis.code_question import Place, code_questions, code_remedy, place_of, where
from responder.diagnosis.frames import is_of_operator
from responder.diagnosis.rule import Match, Rule
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Kind, Link, Raised, Remedy, Strength

DOCS = Link("DAGs", f"{AIRFLOW_DOCS}/core-concepts/dags.html")
NAMES = frozenset(
    {
        "AirflowDagCycleException",
        "AirflowDagDuplicatedIdException",
        "AirflowDagInconsistent",
        "AirflowTimetableInvalid",
        "AirflowClusterPolicyViolation",
        "AirflowClusterPolicyError",
        "DuplicateTaskIdFound",
        "TaskAlreadyInTaskGroup",
        "FailStopDagInvalidTriggerRule",
        "FailFastDagInvalidTriggerRule",
        "CroniterBadCronError",
        "CroniterBadDateError",
        "CroniterNotAlphaError",
        "CroniterUnsupportedSyntaxError",
    }
)
_SAID = re.compile(
    r"is missing the start_date|Cycle detected in DAG|has already been added to the DAG|(?i:invalid cron)|"
    r"Exactly \[?\d.{0,40}columns|is not (?:a )?(?:valid|acceptable) (?:cron|timetable|schedule)|"
    r"Tried to set relationships between tasks in more than one DAG|[Tt]ried to create relationships between tasks that don't have DAGs|"
    r"unsupported operand type\(s\) for (?:>>|<<)|group_id .{1,250} (?:already|has been)|Task id .{1,250} has already|"
    r"has to be made of alphanumeric|The key has to be less than|DAG's? (?:id|name) .{0,60}(?:already|duplicate)|"
    r"Dependencies can only be set|dag_id .{0,100}conflict|doesn't have a start_date|Setup tasks must be followed|"
    r"Relationships can only be set between|has no attribute 'update_relative'"
)
_PARAM = re.compile(r"Invalid input for param|No value passed")  # botocore has a class of this name too
_IDS = re.compile(r"has to be (?:made of alphanumeric|less than)")


def recognise(evidence: Evidence) -> Match[Place] | None:
    for raised in evidence.chain.links if evidence.chain else ():
        if raised.name in NAMES or (raised.name == "ParamValidationError" and _PARAM.match(raised.message)):
            return _matched(evidence, raised, Strength.STRUCTURED)
        if _is_invalid(evidence, raised):
            return _matched(evidence, raised, Strength.EXCEPTION)
    return None


def _is_invalid(evidence: Evidence, raised: Raised) -> bool:
    if not _SAID.search(raised.message[:1_000]):
        return False
    if _IDS.search(raised.message[:1_000]):  # an id is checked for DAGs and for tasks alike
        return not is_of_operator(raised)
    return evidence.failure.kind is Kind.DAG_FILE or not raised.name.startswith("TypeError")


def _matched(evidence: Evidence, raised: Raised, strength: Strength) -> Match[Place]:
    return Match(strength, place_of(evidence), (exception_text(raised).split("\n")[0],), evidence.failure, raised)


def remedy(match: Match[Place], answers: Answers) -> Remedy:
    what = match.raised.message.split("\n")[0][:200] if match.raised else "it is not valid"
    return code_remedy(
        summary=f"The DAG in {where(match)} is not valid: {what}.",
        explanation="Airflow reads the file but refuses the DAG: it is not in the UI, or stays as it last was.",
        steps=(
            "Correct what the message names: break the cycle, make the ids unique and plain, give a start_date, or write the schedule as five cron fields or a preset.",
            "Check it before it is uploaded: python <file> runs without an exception, and DagBag().import_errors is empty.",
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
