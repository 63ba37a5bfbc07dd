"""Whether Airflow refused a DAG as such: its wiring, ids, schedule or dates, or a value in it that cannot be stored."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    r"is missing the start_date|^Not a valid timetable|^Timetable class .{1,300} is not registered|Cycle detected in DAG|has already been added to the DAG|(?i:invalid cron)|"
    r"Exactly \[?\d.{0,40}columns|is not (?:a )?(?:valid|acceptable) (?:cron|timetable|schedule)|"
    r"Tried to set relationships between tasks in more than one DAG|[Tt]ried to create relationships between tasks that don't have DAGs|"
    r"unsupported operand type\(s\) for (?:>>|<<)|group_id .{1,250} (?:already|has been)|Task id .{1,250} has already|"
    r"has to be made of alphanumeric|The key has to be less than|DAG's? (?:id|name) .{0,60}(?:already|duplicate)|"
    r"Dependencies can only be set|dag_id .{0,100}conflict|doesn't have a start_date|Setup tasks must be followed|"
    r"Relationships can only be set between|has no attribute 'update_relative'"
)
_PARAM = re.compile(r"Invalid input for param|No value passed")  # botocore has a class of this name too
# What raises here while a file is read objects to the DAG, whatever its words: its constructor, its params and its groups
_DEFINED_IN = (
    "airflow/models/dag.py",
    "airflow/sdk/definitions/dag.py",
    "airflow/models/param.py",
    "airflow/sdk/definitions/param.py",
    "airflow/utils/task_group.py",
    "airflow/sdk/definitions/taskgroup.py",
    "/airflow_local_settings.py",  # the environment's own policies for DAGs and tasks
)
_OBJECTIONS = frozenset({"ValueError", "RuntimeError", "AirflowException"})
_IDS = re.compile(r"has to be (?:made of alphanumeric|less than)")

# A DAG is stored as JSON, for the scheduler and the UI, and read back from there
_UNSTORED = re.compile(r"^Failed to serialize D(?:AG|ag) '|while trying to deserialize D(?:AG|ag) '")
_STORED_BY = (
    ("airflow/serialization/serialized_objects.py", frozenset({"serialize_dag", "deserialize_dag"})),
    ("airflow/models/dag.py", frozenset({"bulk_write_to_db"})),
)
_MISFITS = frozenset({"TypeError", "AttributeError", "ValueError", "KeyError"})
_IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError"})  # then it is a package that does not fit


def refused_dag(evidence: Evidence) -> tuple[Raised, Strength] | None:
    """The first exception of the chain that says so: by its class, or by its words."""
    for raised in evidence.chain.links if evidence.chain else ():
        if raised.name in NAMES or (raised.name == "ParamValidationError" and _PARAM.match(raised.message)):
            return raised, Strength.STRUCTURED
        if _is_invalid(evidence, raised):
            return raised, Strength.EXCEPTION
    return _unstored(evidence.chain.links) if evidence.chain else None


def _unstored(links: Sequence[Raised]) -> tuple[Raised, Strength] | None:
    """What names the DAG, or else what broke while it was written or read back."""
    if any(raised.name in _IMPORT_ERRORS for raised in links):
        return None
    for raised in links:
        if _UNSTORED.search(raised.message[:1_000]):
            return raised, Strength.STRUCTURED
    return next(((raised, Strength.EXCEPTION) for raised in links if _is_misfit(raised)), None)


def is_unstored(raised: Raised | None) -> bool:
    """Airflow could read the file, but not write the DAG down or read it back."""
    return raised is not None and (_UNSTORED.search(raised.message[:1_000]) is not None or _is_misfit(raised))


def _is_misfit(raised: Raised) -> bool:
    return raised.name in _MISFITS and any(
        frame.file.endswith(file) and frame.function in functions
        for frame in raised.frames
        for file, functions in _STORED_BY
    )


def _is_invalid(evidence: Evidence, raised: Raised) -> bool:
    if not _SAID.search(raised.message[:1_000]):
        return evidence.failure.kind is Kind.DAG_FILE and _raised_by_definition(raised)
    if _IDS.search(raised.message[:1_000]):  # an id is checked for DAGs and for tasks alike
        return not is_of_operator(raised)
    return evidence.failure.kind is Kind.DAG_FILE or not raised.name.startswith("TypeError")


def _raised_by_definition(raised: Raised) -> bool:
    if raised.type.startswith("jsonschema."):  # checks a param's default against the param's own schema
        return any(frame.file.endswith(_DEFINED_IN) for frame in raised.frames)
    return raised.name in _OBJECTIONS and bool(raised.frames) and raised.frames[-1].file.endswith(_DEFINED_IN)


_STEPS = (
    (r"SchemaError", "Correct the schema of the param: type has to be a type of JSON schema (string, number, integer, boolean, array, object, null), or a list of them."),
    (r"(?i)cycle", "Break the cycle: of the tasks that the message names, one depends on itself by way of the others."),
    (r"(?i)already been added|already exists|duplicate|has already|already in", "Give each task (and each task group, and each DAG of the environment) an id of its own; in a loop, put what differs into the id."),
    (r"unsupported operand type", "`>>` needs a task on at least one side. Between two lists use chain(list1, list2), if they are equally long, or cross_downstream(list1, list2)."),
    (r"start_date", "Give the DAG a start_date: a fixed datetime in the past, with a time zone."),
    (r"(?i)cron|columns|timetable|schedule", "Write the schedule as five cron fields, as a preset such as @daily, as a timedelta or timetable, or as None."),
    (r"(?i)alphanumeric|key has to be less|group_id", "Use letters, digits, dots, dashes and underscores only in ids, at most 250 characters."),
    (r"(?i)more than one DAG|don't have DAGs", "Wire only tasks of the same DAG: create them inside its `with DAG(…)`, or pass dag= to both."),
    (r"(?i)update_relative|relationships can only|Dependencies can only", "Both sides of `>>` have to be tasks or task groups: call the decorated function (`load()`, not `load`), and wire what the call returns."),
    (r"(?i)param", 'Give the param a default that fits its own schema, or allow null: Param(None, type=["null", "string"]).'),
    (r"(?i)policy", "Change the DAG so that it keeps the rule that the message names; the rule is in airflow_local_settings.py of this environment."),
    (r"(?i)trigger.?rule|fail_?(?:stop|fast)", "In a DAG with fail_fast (before Airflow 3: fail_stop) every task needs the trigger rule all_success."),
)  # fmt: skip


def step_for(raised: Raised | None) -> str:
    """What to change, by what was refused."""
    told = f"{raised.name} {raised.message[:500]}" if raised else ""
    found = (step for words, step in _STEPS if re.search(words, told))
    return next(found, "Correct what the message names: how the tasks are wired, their ids, the dates or the schedule.")
