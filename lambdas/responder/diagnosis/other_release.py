"""What the code takes from another release of Airflow than the environment runs."""

from __future__ import annotations

from responder.diagnosis.airflow_release import DATABASE, lost_attribute, lost_variable
from responder.diagnosis.frames import raised_in_own
from responder.diagnosis.import_failure import Fault, failed_name, fault_of
from responder.diagnosis.missing_module import missing_module
from responder.diagnosis.module_origin import origin_of
from responder.diagnosis.refused_argument import refused
from responder.model import Evidence, Raised

MAJOR = 3  # the release that took out what Airflow 2 gave to tasks


def of_another_release(evidence: Evidence) -> tuple[Raised, str | None] | None:
    """The exception that shows it, and the module where it is one or a name in one."""
    return _imported(evidence) or next(((raised, None) for raised in _used(evidence)), None)


def _imported(evidence: Evidence) -> tuple[Raised, str | None] | None:
    missing = missing_module(evidence)
    if missing and missing.raised and origin_of(missing).airflow and missing.module != "airflow":
        return (missing.raised, missing.module) if raised_in_own(missing.raised) else None
    failed = failed_name(evidence)
    if failed and fault_of(failed) is Fault.RELEASE:
        return failed.raised, failed.module
    return None


def _used(evidence: Evidence) -> list[Raised]:
    return [raised for raised in (evidence.chain.links if evidence.chain else ()) if _is_used(evidence, raised)]


def _is_used(evidence: Evidence, raised: Raised) -> bool:
    """An argument, a context variable, or the database in a task."""
    if refused(raised.message).of_another_release or DATABASE.search(raised.message[:500]):
        return True
    if evidence.airflow_major != MAJOR:
        return False
    return bool(lost_variable(raised.name, raised.message) or lost_attribute(raised.message))
