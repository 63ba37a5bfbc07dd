"""A sighting as the body of a queue message, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from responder.intake.condense import BUDGET, condense
from responder.intake.unreadable import UnreadableEvent
from responder.model import Attempt, EnvironmentStatus, Failure, Kind, LogEvent, Place, Source

VERSION = 1
# SQS takes 256 KiB in every partition: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
MOST_BODY_CHARACTERS = 200_000  # ASCII, so as many bytes; the rest is for attributes and for a later version's fields


def to_body(failure: Failure) -> str:
    """ASCII JSON of at most `MOST_BODY_CHARACTERS`; where the text is too long, less of it."""
    budget = BUDGET
    body = _written(failure)
    while len(body) > MOST_BODY_CHARACTERS and budget:
        budget //= 2
        body = _written(replace(failure, events=condense(failure.events, budget), complete=False))
    return body


def from_body(body: str) -> Failure:
    """Raises UnreadableEvent for anything that `to_body` does not write."""
    try:
        raw = json.loads(body)
        if not isinstance(raw, dict) or raw["version"] != VERSION:
            raise UnreadableEvent("the queue message is of another version")
        return _failure(raw["failure"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableEvent(f"the queue message does not hold a sighting ({type(error).__name__})") from error


def _written(failure: Failure) -> str:
    raw = asdict(failure) | {"events": [[event.timestamp, event.message] for event in failure.events]}
    return json.dumps({"version": VERSION, "failure": raw}, separators=(",", ":"))


def _failure(raw: Mapping[str, Any]) -> Failure:
    status = raw["status"]
    return Failure(
        kind=Kind(raw["kind"]),
        place=Place(**raw["place"]),
        events=tuple(LogEvent(_int(timestamp), _str(message)) for timestamp, message in raw["events"]),
        source=Source(raw["source"]),
        attempt=Attempt(**raw["attempt"]),
        dag_file=raw["dag_file"],
        status=EnvironmentStatus(**status) if status is not None else None,
        seen_at=_int(raw["seen_at"]),
        complete=bool(raw["complete"]),
    )


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
