"""What to do about a task that was ended from outside, by the way in which Airflow or Celery says so.

https://docs.aws.amazon.com/mwaa/latest/userguide/t-apache-airflow-202.html and t-cloudwatch-cloudtrail-logs.html.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from responder.diagnosis.advice import SET_OPTION
from responder.diagnosis.environment_advice import against_scale_in, fewer_tasks
from responder.evidence.lazy_pattern import LazyPattern, lazy
from responder.inquiry.environment import EnvironmentFacts

RETRIES = "Give the task retries, if it can run twice: what ended it does not depend on its code."
# https://airflow.apache.org/docs/apache-airflow/stable/configurations-ref.html#task-queued-timeout; MWAA's images set 1800
QUEUED = f"{SET_OPTION} > scheduler.task_queued_timeout (seconds; MWAA sets 1800)"
LOGS = (
    "Read the Scheduler and Worker log groups of that minute: a deployment or an update of the environment, scale-in, "
    "an import error of the DAG file on the worker, or a worker that was killed."
)
_ONE_SIZE = (
    "On Airflow 3 give the pool of a worker one size, so that it does not shrink under a task: "
    f"{SET_OPTION} > celery.worker_autoscale with two equal numbers (5,5 small, 10,10 medium, 20,20 large)."
)
Environment = EnvironmentFacts | None


class Lost(NamedTuple):
    """One way to be ended: how the log says it, and what it means."""

    said: LazyPattern
    summary: str
    explanation: str
    steps: Callable[[Environment], tuple[str, ...]]


def _never_started(_environment: Environment) -> tuple[str, ...]:
    return (
        "See whether workers were free: CloudWatch > Metrics > AWS/MWAA > Queue > QueuedTasks and RunningTasks of that hour.",
        "If they were not: raise the maximum number of workers (MWAA console > the environment > Edit), or start fewer tasks in the same minute (schedules, pools, max_active_tasks).",
        "If they were: look in the Worker log group for an import error of the DAG file, and take a `queue` argument out of the task and default_args, because no worker of MWAA serves another queue.",
        f"If the wait itself is all right: {QUEUED}.",
    )


def _changed_elsewhere(_environment: Environment) -> tuple[str, ...]:
    return (
        "See who changed it: Airflow UI > Audit Log of the task. Someone cleared or marked it, or its run was failed or ended (dagrun_timeout).",
        "If nobody did: the scheduler had given it up. Read the Scheduler log group of that minute for its run id.",
        "Clear the task if its work is still wanted; first see whether what it started elsewhere still runs.",
    )


def _lost_contact(environment: Environment) -> tuple[str, ...]:
    return (
        "See how the worker was: CloudWatch > Metrics > AWS/MWAA > Cluster > CPUUtilization and MemoryUtilization of BaseWorker and AdditionalWorker in that minute.",
        f"If it was full: {fewer_tasks(environment)}",
        against_scale_in(environment),
        RETRIES,
    )


def _told_to_stop(environment: Environment) -> tuple[str, ...]:
    return (
        "See what happened in that minute: an update or maintenance of the environment (MWAA console), scale-in (Worker log group), or somebody who cleared or marked the task (Airflow UI > Audit Log).",
        against_scale_in(environment),
        *(() if environment and (environment.airflow_version or "").startswith("2") else (_ONE_SIZE,)),
        "No task may run for more than 12 hours on MWAA: split one that does, or let it wait in deferrable mode.",
        RETRIES,
    )


def _unsaid(environment: Environment) -> tuple[str, ...]:
    return (LOGS, against_scale_in(environment), f"If workers are overloaded: {fewer_tasks(environment)}", RETRIES)


_KINDS = (
    Lost(
        lazy(r"stuck in (?:the )?queued|requeue attempts exceeded|queued for longer than|attribute is queued|says its queued|never made it to celery"),
        "The task was never started: it stayed queued until Airflow gave it up.",
        "No worker took it in time, or the worker that took it could not read the DAG file. There is no log of the task itself then.",
        _never_started,
    ),
    Lost(
        lazy(r"externally set to|shouldn't be running anymore|no longer in the running state|TI was not in|not in (?:a )?running state"),
        "Airflow stopped the task because its state had been changed elsewhere.",
        "The task's own code did not fail: Airflow's database no longer said that this attempt was running, so the process was ended.",
        _changed_elsewhere,
    ),
    Lost(
        lazy(r"(?i)zombie|heartbeat"),
        "Airflow lost contact with the task and gave it up.",
        "A running task reports every few seconds; after 5 minutes without a report it counts as dead. Its worker was killed, overloaded or taken away.",
        _lost_contact,
    ),
    Lost(
        lazy(r"SIGTERM|WorkerLostError|exited prematurely|shut ?down|terminat|signal 15|graceful termination|(?:code|status) (?:-15|143)\b"),
        "The worker was told to stop while the task was running; the task's own code did not fail.",
        "The task's log cannot say who stopped it: the Scheduler and Worker log groups of the same minute do.",
        _told_to_stop,
    ),
)  # fmt: skip
_UNKNOWN = Lost(
    lazy("."),
    "The task was ended from outside; its own code did not fail.",
    "Its worker was taken away or lost contact, or Airflow gave the task up before it ran. The task's log cannot say why: "
    "the Scheduler and Worker log groups of the same minute do.",
    _unsaid,
)


def lost(line: str) -> Lost:
    """By the line that shows it."""
    return next((each for each in _KINDS if each.said.search(line)), _UNKNOWN)
