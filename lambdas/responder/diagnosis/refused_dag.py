"""Whether Airflow refused a DAG as such: its wiring, ids, schedule or dates."""

from __future__ import annotations

import re

from responder.diagnosis.frames import is_of_operator
from responder.model import Evidence, Kind, Raised, Strength

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


def refused_dag(evidence: Evidence) -> tuple[Raised, Strength] | None:
    """The first exception of the chain that says so: by its class, or by its words."""
    for raised in evidence.chain.links if evidence.chain else ():
        if raised.name in NAMES or (raised.name == "ParamValidationError" and _PARAM.match(raised.message)):
            return raised, Strength.STRUCTURED
        if _is_invalid(evidence, raised):
            return raised, Strength.EXCEPTION
    return None


def _is_invalid(evidence: Evidence, raised: Raised) -> bool:
    if not _SAID.search(raised.message[:1_000]):
        return False
    if _IDS.search(raised.message[:1_000]):  # an id is checked for DAGs and for tasks alike
        return not is_of_operator(raised)
    return evidence.failure.kind is Kind.DAG_FILE or not raised.name.startswith("TypeError")
