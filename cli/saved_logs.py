"""Logs as people save them out of CloudWatch and Airflow.

The AWS CLI prints an object with `events`, for Logs Insights one with `results`; the console saves a table with commas;
Airflow's API answers an object with `content`. At most 10,000 events each:
https://docs.aws.amazon.com/cli/latest/reference/logs/get-log-events.html
https://docs.aws.amazon.com/cli/latest/reference/logs/get-query-results.html
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Event = Mapping[str, Any]

_LISTS = ("events", "content", "results")
# What a table of the console begins with: a stream, a group, Logs Insights
_HEADS = ("timestamp,", "@timestamp,", '"timestamp",', '"@timestamp",')


def events_in(raw: object) -> Sequence[Event] | None:
    """The events of an API's answer, as they were logged; None for JSON of another shape."""
    listed = next((raw[name] for name in _LISTS if name in raw), [raw]) if isinstance(raw, Mapping) else raw
    if not isinstance(listed, list):
        return None
    found = [_fields(each) if isinstance(each, list) else each for each in listed]
    if not all(
        isinstance(each, dict) and not each.keys().isdisjoint(("message", "@message", "event")) for each in found
    ):
        return None
    return _as_logged(found)


def is_table(head: str) -> bool:
    """Whether a text begins as a table of the console's does."""
    first = head.partition("\n")[0].lower()
    return first.startswith(_HEADS) and "message" in first


def rows_of(lines: Iterable[str], longest: int) -> Sequence[Event]:
    """The events of a table. `longest`: characters of one field. Raises csv.Error."""
    csv.field_size_limit(longest)
    return _as_logged(list(csv.DictReader(lines)))


def by_stream(events: Iterable[Event]) -> Mapping[str, Sequence[str]]:
    """Lines of one event each, by the name of the log stream that they are from; "" where none is named."""
    streams: dict[str, list[str]] = {}
    for each in events:
        name = each.get("logStreamName") or each.get("@logStream") or ""
        streams.setdefault(str(name), []).append(json.dumps(_line(each), default=str))
    return streams


def _fields(row: Sequence[Any]) -> dict[str, Any]:
    return {str(each.get("field")): each.get("value") for each in row if isinstance(each, dict)}


def _as_logged(events: Sequence[Event]) -> Sequence[Event]:
    """Logs Insights gives the newest first."""
    turned = len(events) > 1 and _time(events[0]) > _time(events[-1])
    return events[::-1] if turned else events


def _line(event: Event) -> Event:
    """Airflow's own records stay as they are."""
    message = event.get("message", event.get("@message"))
    if message is None or "event" in event:
        return event
    when = _time(event)
    return {"timestamp": int(when) if when.isdecimal() else 0, "message": str(message)}


def _time(event: Event) -> str:
    return str(event.get("timestamp", event.get("@timestamp", "")))
