"""Any event, by its shape: the one way into the program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from responder.intake.admit import admit_names
from responder.intake.environment_event import read_environment_event
from responder.intake.event_bridge import read_envelope
from responder.intake.listener_event import read_listener_event
from responder.intake.log_subscription import read_payload, unpack
from responder.intake.plain_text import read_lines
from responder.intake.serverless_event import read_serverless_event
from responder.intake.unreadable import UnreadableEvent
from responder.model import Failure

__all__ = ["UnreadableEvent", "is_event", "read", "read_lines", "read_text"]

_READERS = {
    "aws.airflow": read_environment_event,
    "aws.airflow-serverless": read_serverless_event,
    "mwaa.listener": read_listener_event,
}


def read(raw: object, *, now_ms: int) -> tuple[Failure, ...]:
    """The sightings in a raw Lambda event, a decoded subscription payload or an EventBridge event.

    `now_ms`: epoch milliseconds, for what has no time of its own. Raises UnreadableEvent where no retry can help.
    """
    if not isinstance(raw, dict):
        raise UnreadableEvent("the event is not a JSON object")
    if "awslogs" in raw:
        found = read_payload(unpack(_data(raw)), now_ms=now_ms)
    elif "messageType" in raw:
        found = read_payload(raw, now_ms=now_ms)
    else:
        found = _read_bridged(raw, now_ms)
    return tuple(map(admit_names, found))


def read_text(text: str, name: str = "") -> tuple[Failure, ...]:
    """The sightings in log text; `name` may be a log stream's. None in a text without a word."""
    return tuple(map(admit_names, read_lines(text.split("\n"), name)))


def is_event(raw: object) -> bool:
    """Whether parsed JSON is of a shape that `read` takes, and not a line of a log."""
    return isinstance(raw, dict) and any(key in raw for key in ("awslogs", "messageType", "detail-type"))


def _data(raw: Mapping[str, Any]) -> object:
    awslogs = raw["awslogs"]
    return awslogs.get("data") if isinstance(awslogs, dict) else None


def _read_bridged(raw: Mapping[str, Any], now_ms: int) -> tuple[Failure, ...]:
    envelope = read_envelope(raw, now_ms=now_ms)
    reader = _READERS.get(envelope.source)
    if reader is None:
        raise UnreadableEvent("the event comes from a source that is not known here")
    return reader(envelope)
