"""What one line of a scheduler says of a task instance that ended.

The lines are Airflow's `scheduler_job_runner.py` (2.x and 3.x), `scheduler_job.py` before it
(https://github.com/apache/airflow).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from responder.model import Attempt

WINDOW = 2_000  # characters of a line that are read: the longest known one has about 900

# TaskInstance Finished: dag_id=a, task_id=b, run_id=c, map_index=-1, …, state=failed, executor=…, try_number=1, max_tries=0,
_FIELD = re.compile(r"\b(dag_id|task_id|run_id|map_index|state|executor_state|try_number|max_tries)=([^,\s)]{1,250})")
# <TaskInstance: a.b manual__2026-11-01T00:00:00+00:00 map_index=2 [queued]>
_INSTANCE = re.compile(r"<TaskInstance: (\S{1,500}) (\S{1,250})(?: map_index=(\d{1,9}))? \[(\w{1,30})\]>", re.ASCII)
# 'msg': "{'DAG Id': 'a', 'Task Id': 'b', 'Run Id': 'c', 'Map Index': 2, 'Hostname': …}"
_LOST = re.compile(r"(DAG Id|Task Id|Run Id|Map Index)\\{0,3}['\"]: \\{0,3}['\"]?([^'\",}\\]{1,250})")

_FAILED_STATES = {"failed", "up_for_retry"}


@dataclass(frozen=True, slots=True)
class Report:
    """`label` is `dag.task`; the attempt has no dag_id where the line prints only the label."""

    label: str
    attempt: Attempt
    failed: bool


def read_report(line: str) -> Report | None:
    """None for a line that reports no end of a task instance. Never raises."""
    at = line.find("TaskInstance Finished: ")
    if at >= 0:
        return _finished(line[at : at + WINDOW])
    if "eported that the task instance" in line or "Executor reports task instance" in line:
        return _mismatch(line[:WINDOW])
    at = line.find("DAG Id")
    if at >= 0 and ("zombie" in line or "heartbeat" in line):
        return _lost(line[at : at + WINDOW])
    return None


def _finished(window: str) -> Report | None:
    fields = dict(_FIELD.findall(window))
    dag_id, task_id = fields.get("dag_id"), fields.get("task_id")
    if not dag_id or not task_id:
        return None
    state, executor_state = fields.get("state"), fields.get("executor_state")
    killed = executor_state == "failed" and state in {"queued", "running", "scheduled", "restarting"}
    tried, retries = _number(fields.get("try_number")), _number(fields.get("max_tries"))
    return Report(
        label=f"{dag_id}.{task_id}",
        attempt=Attempt(dag_id, fields.get("run_id"), task_id, _index(fields), tried, _final(state, tried, retries)),
        failed=state in _FAILED_STATES or killed,
    )


def _final(state: str | None, tried: int | None, retries: int | None) -> bool | None:
    if state in _FAILED_STATES:
        return state == "failed"
    return tried > retries if tried is not None and retries is not None else None


def _mismatch(line: str) -> Report | None:
    found = _INSTANCE.search(line)
    if not found:
        return None
    attempt = Attempt(run_id=found[2], map_index=int(found[3]) if found[3] else None)
    return Report(label=found[1], attempt=attempt, failed=True)  # whatever the executor said: Airflow fails the task


def _lost(window: str) -> Report | None:
    fields = dict(_LOST.findall(window))
    dag_id, task_id = fields.get("DAG Id"), fields.get("Task Id")
    if not dag_id or not task_id:
        return None
    index = _number(fields.get("Map Index", "").strip())
    more = dict(_FIELD.findall(window))  # Airflow 3 prints the whole task instance after it
    tried, retries = _number(more.get("try_number")), _number(more.get("max_tries"))
    attempt = Attempt(dag_id, fields.get("Run Id"), task_id, index, tried, _final(None, tried, retries))
    return Report(label=f"{dag_id}.{task_id}", attempt=attempt, failed=True)


def _index(fields: dict[str, str]) -> int | None:
    index = _number(fields.get("map_index"))
    return index if index is not None and index >= 0 else None


def _number(text: str | None) -> int | None:
    """None for `None`, for `-1` and for what is no number."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < len("1000000000") else None
