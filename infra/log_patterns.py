"""Which log events start a diagnosis: one term pattern for each kind of log that MWAA writes.

A term pattern scans the raw text, so the same one serves Airflow 2's lines and Airflow 3's JSON. Any one of the terms suffices.
They name what Airflow, pip or MWAA says when something has *failed*: `ERROR` alone would deliver every error line that a
successful task logs. The rest of the log is read by the responder.
Syntax: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html
MOST_CHARACTERS = 1024


class LogType(StrEnum):
    """The log groups of an environment: `airflow-<environment>-<LogType>`.

    https://docs.aws.amazon.com/mwaa/latest/userguide/monitoring-airflow.html
    """

    TASK = "Task"
    DAG_PROCESSING = "DAGProcessing"
    SCHEDULER = "Scheduler"
    WORKER = "Worker"
    WEB_SERVER = "WebServer"


_TASK = (
    # Airflow 2 and 3
    "Task failed with exception",
    "AirflowTaskTimeout",
    # Airflow 2: the verdict, and how the process ended; 0 is success, the others are listed for want of a "not 0"
    "Marking task as FAILED",
    "Marking task as UP_FOR_RETRY",
    "Recording the task instance as FAILED",
    "Task exited with return code 1",
    "Task exited with return code 2",
    "Task exited with return code -",
    "return code Negsignal",  # Airflow 2.0 to 2.3
    "was killed before it finished",
    "Failed to execute job",
    "Received SIGTERM",
    "has been externally set to",
    # Airflow 3 prints no verdict
    "Process terminated by signal",
    "exit_code",
    "DagRun finished with failed state",
    "Too many failed heartbeats",
    "running anymore",  # Server indicated the task shouldn't be running anymore
    "Dag not found during",  # … start up: the worker could not read the DAG file
)

_DAG_PROCESSING = (
    "Failed to import",
    "Failed to bag_dag",
    "Process timed out",
    "import timeout",
    "has timed out",
    "ago killing it",  # Processor for … started 182 ago killing it: Airflow 3
    "Exception bagging dag",
    "error_detail",  # of a policy in airflow_local_settings.py, which Airflow 3 announces with the policy's own words only
    "Got an exception!",
    "Traceback (most recent call last)",  # of the processor itself, beside those that the others announce
)

# What pip and MWAA print in the requirements_install streams, which are in the groups of the components
# that install: https://docs.aws.amazon.com/mwaa/latest/userguide/best-practices-dependencies.html
_INSTALLATION = (
    "ERROR: Cannot",  # … install
    "ERROR: Could not",
    "ERROR: No matching",
    "ERROR: Failed",
    "ERROR: Invalid",  # … requirement
    "ERROR: Package",  # … requires a different Python
    "pip installation exited",
    "subprocess-exited",
    "Validation Error",
    "installation failed",
    "failed with error code",  # pip before 21
)

# A startup script has no verdict: what a shell, the AWS CLI, curl and a package manager print when they fail.
_STARTUP_SCRIPT = (
    "An error occurred (",
    "command not found",
    "syntax error",
    "curl: (",
    "Could not resolve",
    "find a match",
)

# A component that cannot start, or has lost its database, takes every DAG with it.
_COMPONENT = (
    "AirflowConfigException",
    "sqlalchemy.exc.",  # Airflow's database; tasks talk to theirs in a log of their own
    "connect to database",  # MWAA's own check of it
    "ImportError: ",  # a component that cannot start: two packages break each other
    "ModuleNotFoundError: ",
    "Failed to import plugin",
    "Exception when executing",
    "Unable to load the config",
    "sidecar: RED",
    "Allowed time limit for",  # MWAA stops a process that does not start, or does not end
    "Invalid auth token",
    "No space left",
    "Cannot allocate memory",
)

_SCHEDULER = (
    "state=failed",  # TaskInstance Finished: …, the only word on whether another try follows in Airflow 3
    "state=up_for_retry",
    "Detected zombie job",  # Airflow 2
    "without a heartbeat",  # Airflow 3
    "state attribute is",  # … finished with state failed, but the task instance's state attribute is queued
    "the task says its",  # Airflow 2.0 to 2.8
    "queued state for longer",
    "stuck in queued",
    "requeue attempts exceeded",
    "Error sending Celery task",
    "has timed-out",  # a run
    "has timed out, killing",  # where the scheduler runs the DAG processor itself
    "Marking task as FAILED",
    "in serialized_dag table",  # the task fails without ever starting
    "Exception in thread",  # the triggerer's: it stays up, but no trigger runs any more
    "Trigger failed to",  # Airflow 3's triggerer cannot load one: the task stays deferred, and no other log tells
)

_WORKER = (
    "WorkerLostError",
    "Failed to execute task",
    "Task handler raised error",
    "signal 9 (SIGKILL)",
    "Unrecoverable error",
    "Task execution failed",  # Airflow 3
    "gaierror",
    "Cannot connect to sqs",  # the queue that it gets its tasks from
    "unregistered task",
)

_WEB_SERVER = (
    "was sent SIGKILL",
    "due to signal 9",
    "gunicorn master within",  # No response from … 120 seconds
    "workers seem to have died",
)

_TERMS = {
    LogType.TASK: _TASK,
    LogType.DAG_PROCESSING: _DAG_PROCESSING,
    LogType.SCHEDULER: (*_SCHEDULER, *_COMPONENT, *_INSTALLATION, *_STARTUP_SCRIPT),
    LogType.WORKER: (*_WORKER, *_COMPONENT, *_INSTALLATION, *_STARTUP_SCRIPT),
    LogType.WEB_SERVER: (*_WEB_SERVER, *_COMPONENT, *_INSTALLATION, *_STARTUP_SCRIPT),
}


def pattern(log_type: LogType) -> str:
    """The filter pattern of one kind of log."""
    return _any_of(_TERMS[log_type])


def _any_of(terms: Iterable[str]) -> str:
    return " ".join(f'?"{term}"' for term in terms)
