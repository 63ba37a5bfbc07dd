# ruff: noqa: INP001 - one file that users put into plugins.zip, not a package
"""Airflow listener that tells EventBridge of every failed task attempt and of every DAG file that fails to import.

For Amazon MWAA with Airflow 2.7 to 3.x. Put this file into plugins.zip (see README), and allow the environment's execution
role `events:PutEvents` on the default event bus of its account and Region. The responder works without it, from the logs;
with it, identifiers are exact and nothing waits for a log to arrive.

A listener runs inside Airflow's own failure handling, where Airflow 2 does not guard against it: so nothing in here
raises, and a call that hangs ends after seconds. Hooks: https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/listeners.html
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from importlib import import_module
from typing import Any

from airflow import __version__ as airflow_version
from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin

SOURCE = "mwaa.listener"
TASK_FAILED = "Airflow Task Failed"
IMPORT_FAILED = "Airflow DAG Import Failed"
MOST_ERROR = 60_000  # characters; EventBridge takes 256 KB an entry: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
SECONDS = 2  # to connect, and again to wait for the answer
FIRST_WITH_ERROR = (2, 10)  # from here on the hooks are given the error, and import-error hooks exist
MASKERS = (
    "airflow.sdk._shared.secrets_masker",  # 3.1 and later
    "airflow.sdk.execution_time.secrets_masker",  # 3.0
    "airflow.utils.log.secrets_masker",  # 2
)

log = logging.getLogger(__name__)


def send(detail_type: str, detail: dict[str, Any]) -> None:
    """Puts one event on the default bus. Raises whatever boto3 raises."""
    import boto3
    from botocore.config import Config

    patience = Config(connect_timeout=SECONDS, read_timeout=SECONDS, retries={"total_max_attempts": 1})
    entry: Any = {"Source": SOURCE, "DetailType": detail_type, "Detail": json.dumps(detail, default=str)}
    answer = boto3.client("events", config=patience).put_events(Entries=[entry])
    if answer.get("FailedEntryCount"):
        log.warning("EventBridge did not take the event: %s", answer["Entries"][0].get("ErrorCode"))


def task_failed(task_instance: Any, error: object) -> None:
    """Tells of one failed attempt, whether or not another one follows. Never raises."""
    try:
        send(TASK_FAILED, _common() | describe(task_instance, error))
    except Exception as fault:  # noqa: BLE001 - a fault here would break Airflow's own handling of the failure
        log.warning("the failure of this task was not sent to EventBridge: %s", type(fault).__name__)


def import_failed(filename: object, stacktrace: object) -> None:
    """Tells of one DAG file that cannot be imported. Never raises."""
    try:
        send(IMPORT_FAILED, _common() | {"dag_file": str(filename), "error": shortened(str(stacktrace))})
    except Exception as fault:  # noqa: BLE001 - a fault here would break the DAG processor
        log.warning("the import error was not sent to EventBridge: %s", type(fault).__name__)


def describe(task_instance: Any, error: object) -> dict[str, Any]:
    """The attempt's identifiers and its error as text. What this Airflow does not know is None."""
    state = getattr(task_instance, "state", None)
    dag = getattr(getattr(task_instance, "task", None), "dag", None)
    return {
        "dag_id": getattr(task_instance, "dag_id", None),
        "run_id": getattr(task_instance, "run_id", None),
        "task_id": getattr(task_instance, "task_id", None),
        "map_index": getattr(task_instance, "map_index", None),
        "try_number": getattr(task_instance, "try_number", None),
        "max_tries": getattr(task_instance, "max_tries", None),
        "state": str(getattr(state, "value", state)) if state is not None else None,
        "dag_file": getattr(dag, "fileloc", None),
        "error": shortened(as_text(error)),
    }


def as_text(error: object) -> str | None:
    """An exception with its causes and tracebacks; a text as it is."""
    if isinstance(error, BaseException):
        return masked("".join(traceback.format_exception(type(error), error, error.__traceback__)))
    return masked(str(error)) if error else None


def masked(text: str) -> str:
    """Without what Airflow knows to be secret, where its masker is found; the responder looks again for itself."""
    for module in MASKERS:
        try:
            return str(import_module(module).redact(text))
        except (ImportError, AttributeError):
            continue
    return text


def shortened(text: str | None) -> str | None:
    """Start and end of a text that is too long: the end has the exception, the start the first cause."""
    if text is None or len(text) <= MOST_ERROR:
        return text
    half = MOST_ERROR // 2
    return text[:half] + "\n[…]\n" + text[-half:]


def version_of(text: str) -> tuple[int, int]:
    """(2, 10) of "2.10.3"."""
    major, minor = text.split(".")[:2]
    return int(major), int(minor)


def _common() -> dict[str, Any]:
    return {"environment": os.environ.get("AIRFLOW_ENV_NAME"), "airflow_version": airflow_version}


class FailureListener:
    """Declares only the arguments that every Airflow from 2.10 on passes: one more, and registering it fails."""

    @hookimpl  # type: ignore[untyped-decorator]
    def on_task_instance_failed(self, previous_state: Any, task_instance: Any, error: Any) -> None:  # noqa: ARG002
        task_failed(task_instance, error)

    @hookimpl  # type: ignore[untyped-decorator]
    def on_new_dag_import_error(self, filename: Any, stacktrace: Any) -> None:
        import_failed(filename, stacktrace)


class OlderFailureListener:
    """For Airflow 2.7 to 2.9, which pass no error: there the hook runs while the exception is being handled."""

    @hookimpl  # type: ignore[untyped-decorator]
    def on_task_instance_failed(self, previous_state: Any, task_instance: Any) -> None:  # noqa: ARG002
        task_failed(task_instance, sys.exc_info()[1])


class MwaaResponderListener(AirflowPlugin):  # type: ignore[misc]
    """What Airflow looks for in the plugins folder."""

    name = "mwaa_responder_listener"
    listeners = [FailureListener() if version_of(airflow_version) >= FIRST_WITH_ERROR else OlderFailureListener()]  # noqa: RUF012 - Airflow's own form
