"""One log record of Airflow 3: an object of structlog's, whole or cut off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from responder.evidence.error_detail import read_detail
from responder.evidence.log_line import level_of
from responder.evidence.output import is_output
from responder.model import Chain, Level

MOST_FIELDS, FIELD_LIMIT = 40, 500

_OWN_KEYS = ("event", "message", "level", "logger", "timestamp", "error_detail", "exception")
_CUT_KEY = re.compile(
    r'"(event|level|logger|exc_type|exc_value|filename|name)": ?"((?:[^"\\]|\\.){0,6000})|"(lineno)": ?(\d{1,9})'
)


class JsonEntry(NamedTuple):
    """What the object says."""

    level: Level
    logger: str
    text: str
    chain: Chain | None
    fields: dict[str, str]
    output: bool = False


def read_json(line: str) -> JsonEntry | None:
    """None where the line is no record: other JSON is what somebody printed."""
    if not line.startswith("{") or not ('"event"' in line or '"message"' in line):
        return None
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return _cut_off(line)
    if not isinstance(entry, dict) or not ("level" in entry or "logger" in entry or "chan" in entry):
        return None
    return _whole(entry)


def _whole(entry: dict[str, Any]) -> JsonEntry:
    detail = entry.get("error_detail") or entry.get("exception")
    text = str(entry.get("event") or entry.get("message") or "")
    if isinstance(detail, str):  # a traceback as text
        text, detail = f"{text}\n{detail}", None
    logger = str(entry.get("logger") or "")[:FIELD_LIMIT]
    output = "chan" in entry or is_output(logger, text)
    return JsonEntry(level_of(entry.get("level")), logger, text, read_detail(detail), _fields(entry), output)


def _fields(entry: dict[str, Any]) -> dict[str, str]:
    further = [(key, value) for key, value in entry.items() if key not in _OWN_KEYS][:MOST_FIELDS]
    return {str(key)[:FIELD_LIMIT]: str(value)[:FIELD_LIMIT] for key, value in further}


def _cut_off(line: str) -> JsonEntry | None:
    """What stands before the cut is still true."""
    if not line.startswith('{"'):
        return None
    pairs = list(_pairs(line))
    first = dict(reversed(pairs))
    if "event" not in first and "exc_type" not in first:
        return None
    entries = _entries(pairs)
    level = level_of(first.get("level"), Level.ERROR if entries else Level.INFO)
    return JsonEntry(level, first.get("logger", ""), first.get("event", ""), read_detail(entries), {})


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    for match in _CUT_KEY.finditer(line):
        yield (match[3], match[4]) if match[3] else (match[1], _unescaped(match[2]))


def _entries(pairs: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Exceptions with their frames, in the order in which their keys stand."""
    entries: list[dict[str, Any]] = []
    for key, value in pairs:
        if key == "exc_type":
            entries.append({"exc_type": value, "frames": []})
        elif entries and key == "exc_value":
            entries[-1]["exc_value"] = value
        elif entries and key == "filename":
            entries[-1]["frames"].append({"filename": value})
        elif entries and entries[-1]["frames"] and key in ("name", "lineno"):
            entries[-1]["frames"][-1][key] = int(value) if key == "lineno" else value
    return entries


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text
