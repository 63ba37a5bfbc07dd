"""MWAA's only event of its own: an environment changed its status.

https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-airflow.html names it; the fields of its detail are not
published, so they are read leniently. Delivery is best effort.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from responder.intake.admit import admit, admit_text
from responder.intake.event_bridge import Envelope
from responder.intake.fields import mapping, text
from responder.intake.unreadable import UnreadableEvent
from responder.model import EnvironmentStatus, Failure, Kind, LogEvent, Place, Source

DETAIL_TYPE = "MWAA Environment Status Change"
# Statuses that need a person: https://docs.aws.amazon.com/mwaa/latest/API/API_Environment.html
BROKEN = {"CREATE_FAILED", "UPDATE_FAILED", "UNAVAILABLE", "ROLLING_BACK"}
MOST_MESSAGE = 4_096  # characters; MWAA's own limit for an update's error message is 1,024


def read_environment_event(envelope: Envelope) -> tuple[Failure, ...]:
    """None for a status that needs nobody. Raises UnreadableEvent where name or status are missing."""
    if envelope.detail_type != DETAIL_TYPE:
        return ()
    detail = envelope.detail
    name = text(detail, "name", "environmentName", "environment") or envelope.resource_name("environment")
    status = text(detail, "status", "environmentStatus")
    if name is None or status is None:
        raise UnreadableEvent("the environment event names no environment or no status")
    if status not in BROKEN:
        return ()
    said = _status(status, detail)
    line = ": ".join(part for part in (f"{DETAIL_TYPE}: {status}", said.error_code, said.error_message) if part)
    place = Place(name, envelope.account, envelope.region, envelope.partition)
    events = admit([LogEvent(envelope.time_ms, line)])
    return (
        Failure(
            Kind.ENVIRONMENT,
            place,
            events,
            Source.ENVIRONMENT_EVENT,
            status=said,
            seen_at=envelope.time_ms,
            complete=True,
        ),
    )


def _status(status: str, detail: Mapping[str, Any]) -> EnvironmentStatus:
    error = mapping(mapping(detail, "lastUpdate"), "error") or mapping(detail, "error")
    message = text(error, "errorMessage", "message") or text(detail, "errorMessage")
    return EnvironmentStatus(
        status,
        text(error, "errorCode", "code") or text(detail, "errorCode"),
        admit_text(message[:MOST_MESSAGE]) if message else None,
    )
