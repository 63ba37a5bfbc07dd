"""What our own plugin (plugin/mwaa_responder_listener.py) sends from inside Airflow.

Its text becomes a record of the shape that this Airflow writes into a task's log, so that it is read like one.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from responder.intake.admit import admit
from responder.intake.event_bridge import Envelope
from responder.intake.fields import number, text
from responder.intake.unreadable import UnreadableEvent
from responder.model import Attempt, Failure, Kind, LogEvent, Place, Source

TASK_FAILED = "Airflow Task Failed"
IMPORT_FAILED = "Airflow DAG Import Failed"
LOGGED_AS = "mwaa_responder_listener.py:1"
FIRST_JSON_MAJOR = 3  # from this Airflow on, a task's log is JSON


def read_listener_event(envelope: Envelope) -> tuple[Failure, ...]:
    """None for a detail type that a later plugin may send. Raises UnreadableEvent where identifiers are missing."""
    if envelope.detail_type == TASK_FAILED:
        return (_task(envelope),)
    if envelope.detail_type == IMPORT_FAILED:
        return (_dag_file(envelope),)
    return ()


def _task(envelope: Envelope) -> Failure:
    detail = envelope.detail
    attempt = Attempt(
        text(detail, "dag_id"),
        text(detail, "run_id"),
        text(detail, "task_id"),
        _map_index(envelope),
        number(detail, "try_number"),
        _final(envelope),
    )
    if attempt.dag_id is None or attempt.task_id is None:
        raise UnreadableEvent("the listener's event names no DAG or no task")
    return Failure(
        Kind.TASK,
        _place(envelope),
        admit([_record(envelope, "Task failed with exception")]),
        Source.LISTENER_EVENT,
        attempt=attempt,
        dag_file=text(detail, "dag_file"),
        seen_at=envelope.time_ms,
    )


def _dag_file(envelope: Envelope) -> Failure:
    path = text(envelope.detail, "dag_file")
    if path is None:
        raise UnreadableEvent("the listener's event names no DAG file")
    return Failure(
        Kind.DAG_FILE,
        _place(envelope),
        admit([_record(envelope, f"Failed to import: {path}")]),
        Source.LISTENER_EVENT,
        dag_file=path,
        seen_at=envelope.time_ms,
        complete=True,
    )


def _place(envelope: Envelope) -> Place:
    environment = text(envelope.detail, "environment")
    return Place(environment, envelope.account, envelope.region, envelope.partition)


def _map_index(envelope: Envelope) -> int | None:
    """-1, which `number` does not take for one either, is Airflow's word for a task that is not mapped."""
    index = number(envelope.detail, "map_index")
    return index if index is not None and index >= 0 else None


def _final(envelope: Envelope) -> bool | None:
    """Airflow 2.9 and older call the listener before they set the state; then the count of tries decides."""
    state = text(envelope.detail, "state")
    if state in {"failed", "up_for_retry"}:
        return state == "failed"
    tried, most = number(envelope.detail, "try_number"), number(envelope.detail, "max_tries")
    return tried > most if tried is not None and most is not None else None


def _record(envelope: Envelope, headline: str) -> LogEvent:
    said = envelope.detail.get("error")
    body = f"{headline}\n{said}" if isinstance(said, str) and said else headline
    version = text(envelope.detail, "airflow_version") or ""
    major = version.partition(".")[0]
    if major.isdigit() and int(major) >= FIRST_JSON_MAJOR:
        record = {"event": body, "level": "error", "logger": "task"}
        return LogEvent(envelope.time_ms, json.dumps(record, ensure_ascii=False))
    time = datetime.fromtimestamp(envelope.time_ms / 1000, tz=UTC)
    stamp = time.isoformat(timespec="milliseconds").replace("+00:00", "+0000")
    return LogEvent(envelope.time_ms, f"[{stamp}] {{{LOGGED_AS}}} ERROR - {body}")
