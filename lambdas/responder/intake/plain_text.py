"""Log text out of a file or a paste: lines become events again, and the text itself says what it is the log of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from responder.intake.admit import admit
from responder.intake.attempt import refined
from responder.intake.component_log import component_failures
from responder.intake.condense import BUDGET, condense
from responder.intake.dag_processing_log import dag_file_failures
from responder.intake.log_stream import MOST_NAME, Stream, read_stream
from responder.intake.sift import sifted
from responder.model import Attempt, Failure, Kind, LogEvent, Place

MOST_RECORD = 64_000  # characters of one record with its continuation lines

# [2026-11-22T09:41:00.662+0000] | [2026-11-22, 09:41:00 UTC] | 2026-05-06T01:00:14.610844Z [info ] | [INFO] -
_RECORD_START = re.compile(r"\[?\d{4}-\d\d-\d\d[T, ]|\{\s*\"|\[(?:INFO|WARNING|ERROR|CRITICAL|DEBUG)\] - ", re.ASCII)

_OF_A_TASK = (
    "Task failed with exception",
    "Starting attempt",
    "Marking task as",
    "Task exited with return code",
    '"task"',
)
_OF_A_DAG_FILE = (
    "Failed to import: ",
    "Failed to bag_dag: ",
    "Broken DAG",
    "No viable dags retrieved",
    "Started process (PID=",
)
_OF_A_SCHEDULER = (
    "TaskInstance Finished",
    "zombie",
    "without a heartbeat",
    "eported that the task",
    "Executor reports",
)
_OF_A_COMPONENT = (
    "scheduler_job",
    "ForkPoolWorker",
    "sidecar: ",
    "cli_action_loggers",
    'bin/airflow"',
    "alembic",
    "gunicorn",
)
_OF_PIP = (
    "No matching distribution found",
    "Could not find a version that satisfies",
    "ResolutionImpossible",
    "The conflict is caused by",
    "pip installation exited",
    "Installing user requirements",
    "subprocess-exited-with-error",
    "Failed building wheel",
    "ERROR: Package '",
    "ERROR: Invalid requirement",
)


def read_lines(lines: Iterable[str], name: str = "") -> tuple[Failure, ...]:
    """The sightings in the lines of one log, however many; () where no line has a word."""
    events = condense(_events(sifted(lines)), BUDGET)
    if not events:
        return ()
    short = name.replace("\\", "/")[-MOST_NAME:]
    return tuple(replace(failure, complete=True) for failure in _failures(events, short))


def _failures(events: tuple[LogEvent, ...], name: str) -> tuple[Failure, ...]:
    at = name.find("dag_id=")
    named = read_stream(name[at:] if at >= 0 else name.rpartition("/")[2], None)
    seen_at = events[0].timestamp
    place = Place()
    if named.stream is Stream.REQUIREMENTS or (named.stream is Stream.COMPONENT and _is_pip(events)):
        return (Failure(Kind.REQUIREMENTS, place, admit(events), seen_at=seen_at),)
    if named.stream is Stream.TASK or _has(events, _OF_A_TASK):
        kept = admit(events)
        attempt = refined(named.attempt, kept)
        return (Failure(Kind.TASK, place, kept, attempt=attempt, seen_at=seen_at),)
    if _has(events, _OF_A_DAG_FILE):
        return dag_file_failures(place, None, events, seen_at, below_dags=False)
    if _has(events, (*_OF_A_SCHEDULER, *_OF_A_COMPONENT)):
        return component_failures(place, events, seen_at)
    return (Failure(Kind.TASK, place, admit(events), attempt=Attempt(), seen_at=seen_at),)


def _is_pip(events: tuple[LogEvent, ...]) -> bool:
    return _has(events, _OF_PIP) and not _has(events, (*_OF_A_TASK, *_OF_A_DAG_FILE))


def _has(events: tuple[LogEvent, ...], markers: tuple[str, ...]) -> bool:
    return any(marker in event.message for event in events for marker in markers)


def _events(lines: Iterable[str]) -> Iterator[LogEvent]:
    """A line that starts a record begins an event; the lines after it belong to it until the next one does."""
    held: list[str] = []
    size, in_record = 0, False
    for raw in lines:
        line = raw.rstrip("\r\n")
        starts = line[:1] in "[{2" and _RECORD_START.match(line) is not None
        if held and (starts or not in_record or size > MOST_RECORD):
            if event := _event(held):
                yield event
            held, size = [], 0
            in_record = starts or in_record
        elif not held:
            in_record = starts
        held.append(line)
        size += len(line)
    if event := _event(held):
        yield event


def _event(lines: list[str]) -> LogEvent | None:
    text = "\n".join(lines)
    if not text.strip():
        return None
    return _exported(text) or LogEvent(0, text)


def _exported(text: str) -> LogEvent | None:
    """One line of a log that was saved event by event: {"timestamp": 1795340467867, "message": "…"}."""
    if not (text.startswith("{") and '"message"' in text and '"timestamp"' in text):
        return None
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(raw.get("timestamp"), int) and isinstance(raw.get("message"), str):
        return LogEvent(raw["timestamp"], raw["message"])
    return None
