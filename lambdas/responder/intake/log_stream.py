"""What the names of a log group and a log stream say.

Names: https://docs.aws.amazon.com/mwaa/latest/userguide/monitoring-airflow.html and the handlers in
https://github.com/aws/amazon-mwaa-docker-images (images/airflow/*/python/mwaa/logging).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from responder.model import Attempt

MOST_NAME = 512  # characters: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogStream.html

# airflow-analytics-Task
_GROUP = re.compile(r"airflow-([a-zA-Z][0-9a-zA-Z_-]{0,79})-(DAGProcessing|Scheduler|Task|WebServer|Worker)")
# /aws/mwaa-serverless/nightly-a1b2c3d4e5/
_SERVERLESS_GROUP = re.compile(r"/aws/mwaa-serverless/([A-Za-z0-9_.-]{1,255})/?")
# dag_id=sales/run_id=scheduled__2026-11-01T00_00_00+00_00/task_id=load/map_index=2/attempt=1.log[.trigger.7.log]
# More than nine digits are no try number and no map index.
_TASK = re.compile(
    r"dag_id=([^/]+)/run_id=([^/]+)/task_id=([^/]+)(?:/map_index=(\d{1,9}))?/attempt=(\d{1,9})\.log(?:\.trigger\.\d+\.log)?",
    re.ASCII,
)
# sales/load/2021-07-05T06_00_00+00_00/1.log (Airflow 2.0 to 2.2)
_LEGACY_TASK = re.compile(r"([^/=]+)/([^/=]+)/(\d{4}-\d\d-\d\dT[^/]+)/(\d{1,9})\.log", re.ASCII)
# workflow_id=nightly-a1b2c3d4e5/run_id=abc/task_id=load/attempt=1.log
_SERVERLESS_TASK = re.compile(r"workflow_id=([^/]+)/run_id=([^/]+)/task_id=([^/]+)/attempt=(\d{1,9})\.log", re.ASCII)
# requirements_install_ip-10-0-1-2.ec2.internal_1795340873.054.log
_COMPONENT = re.compile(
    r"(scheduler|worker|webserver|triggerer|requirements_install|startup_script_execution)_.+", re.DOTALL
)
_TIME_WITHOUT_COLONS = re.compile(r"(T\d\d)_(\d\d)_(\d\d(?:\.\d{1,9})?)([+-]\d\d)_(\d\d)", re.ASCII)


class Logs(StrEnum):
    """The log types of an environment, as its log groups are called."""

    DAG_PROCESSING = "DAGProcessing"
    SCHEDULER = "Scheduler"
    TASK = "Task"
    WEB_SERVER = "WebServer"
    WORKER = "Worker"
    SERVERLESS = "Serverless"


class Stream(StrEnum):
    """Whose output a stream holds."""

    TASK = "task"
    DAG_FILE = "dag-file"
    REQUIREMENTS = "requirements"
    STARTUP_SCRIPT = "startup-script"
    COMPONENT = "component"


class GroupName(NamedTuple):
    """Of which environment, and which of its logs. None: not a name that MWAA gives."""

    environment: str | None
    logs: Logs | None


class StreamName(NamedTuple):
    """Whose output it is, and the identity that the name states."""

    stream: Stream
    attempt: Attempt = Attempt()
    dag_file: str | None = None  # 2.x: base name only; 3.x: path below the DAG folder


def read_group(name: str) -> GroupName:
    """Never raises: a name that MWAA does not give has neither environment nor log type."""
    own = _GROUP.fullmatch(name)
    if own:
        return GroupName(own[1], Logs(own[2]))
    serverless = _SERVERLESS_GROUP.fullmatch(name)
    return GroupName(serverless[1], Logs.SERVERLESS) if serverless else GroupName(None, None)


def read_stream(name: str, logs: Logs | None) -> StreamName:
    """Never raises. `logs` decides where one name could mean two things (`scheduler_x.log`)."""
    bounded = name[:MOST_NAME]
    attempt = read_attempt(bounded)
    if attempt:
        return StreamName(Stream.TASK, attempt)
    component = _COMPONENT.fullmatch(bounded)
    if component and component[1] == "requirements_install":
        return StreamName(Stream.REQUIREMENTS)
    if component and component[1] == "startup_script_execution":
        return StreamName(Stream.STARTUP_SCRIPT)
    if logs is Logs.DAG_PROCESSING:
        return _dag_processing(bounded)
    return StreamName(Stream.TASK if logs in {Logs.TASK, Logs.SERVERLESS} else Stream.COMPONENT)


def read_attempt(stream: str) -> Attempt | None:
    """The task instance that a stream belongs to; its run id with the colons of times restored."""
    task = _TASK.fullmatch(stream)
    if task:
        index = int(task[4]) if task[4] else None
        return Attempt(task[1], restored(task[2]), task[3], index, int(task[5]))
    legacy = _LEGACY_TASK.fullmatch(stream)
    if legacy:
        return Attempt(legacy[1], restored(legacy[3]), legacy[2], None, int(legacy[4]))
    serverless = _SERVERLESS_TASK.search(stream)
    if serverless:
        return Attempt(serverless[1], restored(serverless[2]), serverless[3], None, int(serverless[4]))
    return None


def restored(run_id: str) -> str:
    """A run id with `:` in its time again; stream names may not hold one, so Airflow writes `_`."""
    return _TIME_WITHOUT_COLONS.sub(r"\1:\2:\3\4:\5", run_id)


def flattened(run_id: str) -> str:
    """A run id as a stream name spells it."""
    return run_id.replace(":", "_").replace("*", "_")


def stream_of(attempt: Attempt) -> str | None:
    """The stream that holds an attempt's log, None while an identifier is missing."""
    if not (attempt.dag_id and attempt.run_id and attempt.task_id and attempt.try_number):
        return None
    mapped = f"map_index={attempt.map_index}/" if attempt.map_index is not None and attempt.map_index >= 0 else ""
    return (
        f"dag_id={flattened(attempt.dag_id)}/run_id={flattened(attempt.run_id)}/task_id={flattened(attempt.task_id)}/"
        f"{mapped}attempt={attempt.try_number}.log"
    )


def serverless_stream_of(attempt: Attempt) -> str | None:
    """The stream of an attempt of MWAA Serverless, whose `dag_id` is the workflow's id."""
    if not (attempt.dag_id and attempt.run_id and attempt.task_id and attempt.try_number):
        return None
    return (
        f"workflow_id={attempt.dag_id}/run_id={flattened(attempt.run_id)}/task_id={attempt.task_id}/"
        f"attempt={attempt.try_number}.log"
    )


def group_of(environment: str, logs: Logs) -> str:
    """The group's name as MWAA gives it."""
    return f"airflow-{environment}-{logs}"


def _dag_processing(name: str) -> StreamName:
    if name.startswith("scheduler_") and name.endswith(".log"):
        return StreamName(Stream.DAG_FILE, dag_file=name.removeprefix("scheduler_").removesuffix(".log"))
    parts = name.removesuffix(".log").split("/")
    if parts[0] == "dag_processor" and len(parts) > len(("dag_processor", "date", "bundle")):
        return StreamName(Stream.DAG_FILE, dag_file="/".join(parts[3:]))
    return StreamName(Stream.COMPONENT)
