"""How Airflow and Celery say that a task was ended from outside, or was given up before it ran.

https://github.com/apache/airflow: scheduler_job_runner.py, local_task_job_runner.py, the task SDK's supervisor; Celery's billiard.
"""

from __future__ import annotations

import re

from responder.evidence.lazy_pattern import lazy

_LINES = lazy(
    r"Detected (?:a )?zombie|task instance without a heartbeat|Heartbeat (?:time limit|failed)|heartbeat timeout|Too many failed heartbeats"
    r"|Failed to execute task (?:PID of job runner|dag_id could not be found)|of job runner does not match|Recorded pid \d{1,9} does not match"
    r"|reported that the task instance .{1,1000}?finished with state \w{1,20}, but|Executor reports task instance .{1,1000}?although the task says"
    r"|has been externally set to|Received SIGTERM|Task received SIGTERM|shouldn't be running anymore|Was the task killed externally|AirflowTaskTerminated"
    r"|WorkerLostError|Worker exited prematurely: (?:exitcode|signal) 15|Worker.{0,20} (?:was|is) (?:shut ?down|terminat)|killed by (?:signal )?SIGTERM|marked for kill|limit for graceful termination has been breached"
    r"|stuck in (?:the )?queued|requeue attempts exceeded|queued for longer than|assuming they never made it to celery|Task is not able to be run|received signal 15"
    r"|no longer in the running state|TI was not in (?:a state where|the running state)|not in (?:a )?running state"
)
_KILLED = lazy(r"SIGKILL|signal 9\b")  # that is memory


def given_up(text: str) -> re.Match[str] | None:
    """The words, where the text has them and does not tell of a kill for memory."""
    return None if _KILLED.search(text) else _LINES.search(text)
