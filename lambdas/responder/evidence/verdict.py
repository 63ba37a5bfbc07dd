"""How Airflow says the attempt ended: its last word counts, whatever was logged at ERROR before.

    Marking task as UP_FOR_RETRY. dag_id=…       taskinstance.py of every Airflow 2
    Immediate failure requested. Marking task as FAILED.
    Pausing task as DEFERRED.
    Skipping task.                               Airflow 3, which has no other verdict

https://github.com/apache/airflow/blob/2.10.5/airflow/models/taskinstance.py
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from responder.model import Record, Verdict

_MARKED = re.compile(r"(?:Marking|Pausing|Recording) (?:the )?task (?:instance )?as ([A-Z_]{4,20})")
_VERDICTS = {
    "FAILED": Verdict.FAILED,
    "UP_FOR_RETRY": Verdict.UP_FOR_RETRY,
    "SUCCESS": Verdict.SUCCESS,
    "SKIPPED": Verdict.SKIPPED,
    "DEFERRED": Verdict.DEFERRED,
    "UP_FOR_RESCHEDULE": Verdict.DEFERRED,
}
_LOGGERS = ("taskinstance.py", "local_task_job", "standard_task_runner", "airflow.task", "")


def verdict_of(record: Record) -> Verdict | None:
    """What one record says, None where it is none of Airflow's verdicts."""
    if record.output:
        return None
    if record.text == "Skipping task." and "reason" in record.fields:
        return Verdict.SKIPPED
    if " as " not in record.text[:200] or not _by_airflow(record.logger):
        return None
    match = _MARKED.search(record.text[:200])
    return _VERDICTS.get(match[1]) if match else None


def last_verdict(records: Iterable[Record]) -> Verdict:
    found = Verdict.UNSEEN
    for record in records:
        found = verdict_of(record) or found
    return found


def _by_airflow(logger: str) -> bool:
    return not logger or logger.startswith(_LOGGERS[:-1])
