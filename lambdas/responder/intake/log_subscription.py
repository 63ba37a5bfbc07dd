"""What a CloudWatch Logs subscription filter delivers.

The shape: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#LambdaFunctionExample
A payload holds events of one stream, so it tells of one task attempt, of one pip run, of one DAG file or of a
component's output.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from typing import Any

from responder.intake.admit import admit
from responder.intake.attempt import refined
from responder.intake.component_log import component_failures
from responder.intake.dag_processing_log import dag_file_failures
from responder.intake.fields import number, text
from responder.intake.log_stream import Logs, Stream, read_group, read_stream
from responder.intake.unreadable import UnreadableEvent
from responder.model import Failure, Kind, LogEvent, Place

# Lambda takes at most 1 MB of an asynchronous event; log text packs about tenfold, a gzip bomb a thousandfold.
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
MOST_INFLATED_BYTES = 24 * 1024 * 1024
GZIP = 16 + zlib.MAX_WBITS  # zlib's way to ask for a gzip header


def unpack(data: object) -> Mapping[str, Any]:
    """The payload inside `awslogs.data`. Raises UnreadableEvent."""
    if not isinstance(data, str):
        raise UnreadableEvent("awslogs.data is not a string")
    try:
        packed = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableEvent("awslogs.data is not base64") from error
    try:
        payload = json.loads(_inflated(packed).decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError) as error:
        raise UnreadableEvent("awslogs.data does not hold JSON") from error
    if not isinstance(payload, dict):
        raise UnreadableEvent("awslogs.data does not hold a JSON object")
    return payload


def read_payload(payload: Mapping[str, Any], *, now_ms: int) -> tuple[Failure, ...]:
    """The sightings in a decoded payload; none in a control message. Raises UnreadableEvent."""
    if payload.get("messageType") == "CONTROL_MESSAGE":
        return ()
    if payload.get("messageType") != "DATA_MESSAGE":
        raise UnreadableEvent("the subscription payload has an unknown messageType")
    group, stream = text(payload, "logGroup"), text(payload, "logStream")
    if group is None or stream is None:
        raise UnreadableEvent("the subscription payload names no log group or no log stream")
    events = _events(payload.get("logEvents"), now_ms)
    if not events:
        return ()
    place = Place(
        environment=read_group(group).environment,
        account=text(payload, "owner"),
        log_group=group,
        log_stream=stream,
    )
    return failures_of(place, events, now_ms)


def failures_of(place: Place, events: list[LogEvent], now_ms: int) -> tuple[Failure, ...]:
    """What the events of one stream report, by the names of its group and of itself."""
    logs = read_group(place.log_group or "").logs
    name = read_stream(place.log_stream or "", logs)
    seen_at = events[0].timestamp or now_ms
    if name.stream is Stream.COMPONENT:
        return component_failures(place, events, seen_at)
    if name.stream is Stream.DAG_FILE:
        below_dags = logs is Logs.DAG_PROCESSING and not (place.log_stream or "").startswith("scheduler_")
        return dag_file_failures(place, name.dag_file, events, seen_at, below_dags=below_dags)
    kept = admit(events)
    if name.stream is Stream.TASK:
        return (Failure(Kind.TASK, place, kept, attempt=refined(name.attempt, kept), seen_at=seen_at),)
    kind = Kind.REQUIREMENTS if name.stream is Stream.REQUIREMENTS else Kind.PROCESS
    return (Failure(kind, place, kept, seen_at=seen_at),)


def _inflated(packed: bytes) -> bytes:
    inflater = zlib.decompressobj(GZIP)
    try:
        inflated = inflater.decompress(packed, MOST_INFLATED_BYTES)
    except zlib.error as error:
        raise UnreadableEvent("awslogs.data is not gzip") from error
    if inflater.unconsumed_tail:
        raise UnreadableEvent(f"awslogs.data inflates to more than {MOST_INFLATED_BYTES} bytes")
    if not inflater.eof:
        raise UnreadableEvent("awslogs.data ends before its gzip stream does")
    return inflated


def _events(raw: object, now_ms: int) -> list[LogEvent]:
    if not isinstance(raw, list):
        raise UnreadableEvent("the subscription payload has no list of logEvents")
    return [
        LogEvent(number(each, "timestamp") or now_ms, each["message"])
        for each in raw
        if isinstance(each, dict) and isinstance(each.get("message"), str) and each["message"].strip()
    ]
