"""Whether an operator, sensor, DAG or decorator was given arguments that it does not take, in any release of Airflow."""

from __future__ import annotations

import re

from responder.diagnosis.airflow_release import CONTEXT
from responder.diagnosis.frames import is_of_operator, own_frame, raised_in_airflow
from responder.diagnosis.refused_argument import refused
from responder.evidence.provider_complaint import Complaint, complaint_of
from responder.model import Evidence, Kind, Raised

_SIGNATURE = re.compile(
    r"got an unexpected keyword argument|missing a required (?:keyword-only )?argument: |missing \d{1,2} required (?:positional|keyword-only) argument|"
    r"takes (?:from )?\d{1,2} .{0,40}positional arguments? but|got multiple values for (?:keyword )?argument"
)
_OF_AIRFLOW = re.compile(
    r"missing keyword arguments? |Use keyword arguments when initializing operators|Invalid arguments were passed to |[Aa]rgument \[.{1,200}\] is required|param must be callable|"
    r"must contain only valid task_ids|expected all task IDs are strings|Invalid type for key|trigger_rule must be one of|Invalid trigger.rule|"
    r"weight_rule must be one of|cannot be used with|unmappable or unsupported|"
    r"task decorator '\w{1,80}' not found|(?:is|are) not (?:a )?mappable|'?max_tries'? must be"
)
_IDS = re.compile(r"has to be (?:made of alphanumeric|less than)")
_CONSTRUCTORS = re.compile(r"\b(\w{0,80}(?:Operator|Sensor|Trigger|Decorator|DAG|TaskGroup))\.__init__\(\)")
_CALL = re.compile(r"(\w{1,100}(?:Operator|Sensor|DAG|TaskGroup|BaseHook))\(")
_REMAKES = (
    "/copy.py",
    "/copyreg.py",
    "/pickle.py",
    "/multiprocessing/queues.py",
    "/multiprocessing/connection.py",
)  # an object of whatever class, from its parts
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


def misused(evidence: Evidence) -> Raised | None:
    """The first exception of the chain that says so."""
    links = evidence.chain.links if evidence.chain else ()
    ours = (raised for raised in links if not _of_release(evidence, raised))
    return next((raised for raised in ours if _is_misuse(evidence, raised)), None)


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
        return (
            bool(_CONSTRUCTORS.search(message))
            or (raised_in_airflow(raised) and not _remakes(raised))
            or _bound_by_airflow(raised)
            or _calls_operator(evidence, raised)
        )
    return _refused_by_constructor(evidence, raised)


def _remakes(raised: Raised) -> bool:
    return bool(raised.frames) and raised.frames[-1].file.endswith(_REMAKES)


def _bound_by_airflow(raised: Raised) -> bool:
    """`inspect` found it for a decorator of Airflow, which binds the arguments before it makes the task."""
    below = raised.frames[-3:]
    return bool(below) and below[-1].file.endswith("/inspect.py") and any("/airflow/" in each.file for each in below)


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
