"""A name that a module does not have: whose mistake it is, told from the module, its releases and where the import stands.

ImportError: cannot import name 'days_ago' from 'airflow.utils.dates' (/usr/local/airflow/.local/lib/…/dates.py)
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

from responder.diagnosis.frames import raised_in_own
from responder.evidence.lazy_pattern import lazy
from responder.knowledge import airflow_names
from responder.model import Evidence, Raised

_CANNOT = re.compile(
    r"cannot import name ['\"]([\w.]{1,200})['\"](?: from (partially initialized module )?['\"]([\w.]{1,300})['\"])?(?: \(([^)\n]{0,400})\))?"
)
# Airflow's import_string, of a path that is kept as text: a trigger's class, logged without a traceback
_BY_PATH = lazy(r'Module "([\w.]{1,300})" does not define a "(\w{1,200})"')
_PROVIDERS = "airflow.providers."
# Exported by Airflow 1.10 or early 2.x, which are older than the tables: https://airflow.apache.org/docs/apache-airflow/2.0.0/upgrading-to-2.html
_BEFORE_TABLES = frozenset(
    {"airflow", "airflow.operators", "airflow.hooks", "airflow.sensors", "airflow.utils", "airflow.models"}
)


class Fault(Enum):
    """Whose mistake a failed import of a name is."""

    NAME = auto()  # the code's: misspelt, moved, renamed, circular
    RELEASE = auto()  # the code is for another release of Airflow
    PACKAGES = auto()  # two installed distributions do not fit
    MISSING = auto()  # a namespace is there, the distribution below it is not


class FailedName(NamedTuple):
    """`from module import name` that fails."""

    name: str
    module: str
    path: str
    circular: bool
    raised: Raised


def failed_name(evidence: Evidence) -> FailedName | None:
    """The first such failure in the chain."""
    links = evidence.chain.links if evidence.chain else ()
    found = (_read(raised) for raised in links if raised.name in ("ImportError", "ModuleNotFoundError"))
    return next((each for each in found if each), None)


def failed_in(raised: Raised | None) -> FailedName:
    """Of an exception that is known to be one. Raises LookupError where it is none."""
    failed = _read(raised) if raised else None
    if failed is None:
        raise LookupError("no failed import of a name")
    return failed


def _read(raised: Raised) -> FailedName | None:
    by_path = _BY_PATH.match(raised.message) if not raised.frames else None
    if by_path:
        return FailedName(by_path[2], by_path[1], "", circular=False, raised=raised)
    match = _CANNOT.search(raised.message[:2_000])
    if match is None:
        return None
    circular = bool(match[2]) or "circular import" in raised.message
    return FailedName(match[1], match[3] or "", match[4] or "", circular, raised)


def fault_of(failed: FailedName) -> Fault:
    if failed.path == "unknown location" and not failed.module.startswith("airflow"):
        return Fault.MISSING
    if not raised_in_own(failed.raised) and not failed.circular:
        return Fault.PACKAGES
    if failed.module == "airflow" or failed.module.startswith("airflow."):
        return Fault.RELEASE if _of_another_release(failed) else Fault.NAME
    return Fault.NAME


def _of_another_release(failed: FailedName) -> bool:
    """A name of Airflow itself that the module has in another release; what a provider lacks is the name's fault."""
    if failed.module.startswith(_PROVIDERS):
        return False
    if airflow_names.versions_of(failed.module, failed.name) or airflow_names.moved(failed.module, failed.name):
        return True
    old_export = failed.module in _BEFORE_TABLES and bool(airflow_names.where(failed.name))
    return old_export or is_old_name(failed.module, failed.name)


def is_old_name(module: str, name: str) -> bool:
    """Names that only releases before the tables have."""
    return name in _OLD.get(module, ())


_OLD: dict[str, tuple[str, ...]] = {
    "airflow.utils.dates": ("days_ago", "round_time", "parse_execution_date", "date_range"),
    "airflow.utils.decorators": ("apply_defaults",),
    "airflow.utils.helpers": ("chain", "cross_downstream", "parse_template_string"),
    "airflow.utils": ("apply_defaults", "dates", "decorators"),
    "airflow.operators.dummy": ("DummyOperator",),
    "airflow.models": ("Dataset", "BaseOperatorLink", "SubDagOperator", "TaskReschedule"),
    "airflow.datasets": ("Dataset", "DatasetAll", "DatasetAny", "DatasetAlias"),
    "airflow.utils.db": ("provide_session", "create_session"),
    "airflow.utils.file": ("TemporaryDirectory",),
    "airflow.hooks.base_hook": ("BaseHook",),
    "airflow.configuration": ("conf", "get", "AirflowConfigException"),
    "airflow.utils.timezone": ("utcnow",),
}
