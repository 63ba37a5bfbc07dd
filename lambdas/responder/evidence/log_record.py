"""Log events become records: one event, one line of many events, or one JSON object, whatever the log group holds.

Airflow 2 logs text, one record an event; Airflow 3's tasks log JSON (https://www.structlog.org), one object an event,
long ones cut into several; the components and every child process log one line an event, so that a traceback is many.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from responder.evidence.error_detail import read_detail
from responder.evidence.log_line import Prefix, level_of, read_prefix, uncoloured
from responder.evidence.output import is_output, tagless
from responder.evidence.traceback import CAUSE, CONTEXT, HEADER, read_traceback
from responder.model import Chain, Level, LogEvent, Record

FIRST_EVENTS, LAST_EVENTS = 1_000, 4_000  # of a log; intake hands over less. The failure stands at the end
TEXT_LIMIT = 120_000  # characters of one record; intake keeps no event that long
MOST_FIELDS, FIELD_LIMIT = 40, 500
SPLIT_FROM = 50_000  # characters: only long JSON events are cut by MWAA (at 260,000; intake may have shortened them)

_RAISED = re.compile(r"[A-Za-z_][\w.]{0,300}(?:: |:?$)")
_OWN_KEYS = ("event", "message", "level", "logger", "timestamp", "error_detail", "exception")
_CUT_KEY = re.compile(r'"(event|level|logger|exc_type|exc_value|filename|name)": ?"((?:[^"\\]|\\.){0,6000})')
_CUT_LINE = re.compile(r'"lineno": ?(\d{1,9})')


@dataclass(slots=True)
class _Draft:
    """A record while its lines are gathered."""

    timestamp: int
    level: Level
    logger: str
    lines: list[str]
    output: bool = False
    whole: bool = False  # a JSON object: no line goes on with it
    open: bool = False  # a traceback has begun and its exception line has not been seen
    size: int = 0
    chain: Chain | None = None
    fields: dict[str, str] = field(default_factory=dict)

    def add(self, line: str) -> None:
        if self.size < TEXT_LIMIT:
            self.lines.append(line)
            self.size += len(line) + 1
        self.open = _still_open(line, was=self.open)

    def record(self) -> Record:
        text = "\n".join(self.lines).strip("\n")
        if self.chain is None:
            text, self.chain = read_traceback(text, printed=self.output)
        return Record(self.timestamp, self.level, self.logger, text, self.chain, self.fields, self.output)


def read_records(events: Sequence[LogEvent]) -> tuple[Record, ...]:
    """The records of a log, in order. Never raises, whatever the text."""
    drafts: list[_Draft] = []
    for event in _bounded(events):
        _read_event(event, drafts)
    return tuple(draft.record() for draft in _joined(drafts))


def _bounded(events: Sequence[LogEvent]) -> Iterable[LogEvent]:
    if len(events) <= FIRST_EVENTS + LAST_EVENTS:
        return events
    return chain(events[:FIRST_EVENTS], events[-LAST_EVENTS:])


def _read_event(event: LogEvent, drafts: list[_Draft]) -> None:
    text = uncoloured(event.message[:TEXT_LIMIT]).rstrip("\r\n")
    for line in text.split("\n"):
        line = line.rstrip("\r")  # noqa: PLW2901 - the same line without its Windows ending
        if draft := _json_draft(event.timestamp, line):
            if not _continues(drafts, draft):
                drafts.append(draft)
        elif prefix := read_prefix(line):
            drafts.append(_text_draft(event.timestamp, line, prefix))
        else:
            _add_line(event.timestamp, line, drafts)


def _text_draft(timestamp: int, line: str, prefix: Prefix) -> _Draft:
    text = line[prefix.length :]
    output = is_output(prefix.logger, text)
    draft = _Draft(timestamp, prefix.level, prefix.logger, [], output)
    draft.add(tagless(text) if output else text)
    return draft


def _add_line(timestamp: int, line: str, drafts: list[_Draft]) -> None:
    """A line without a prefix goes on with the last record, or with the traceback that another record cut in two."""
    if drafts and not drafts[-1].whole:
        last = drafts[-1]
        if not last.open and _of_traceback(line):
            last = next((draft for draft in drafts[-6:][::-1] if draft.open), last)
        last.add(line)
    elif line.strip():
        drafts.append(_Draft(timestamp, Level.INFO, "", []))
        drafts[-1].add(line)


def _of_traceback(line: str) -> bool:
    return line.startswith("  ") or bool(_RAISED.match(line))


def _still_open(line: str, *, was: bool) -> bool:
    if HEADER in line or CAUSE in line or CONTEXT in line:
        return True
    return was and (not line.strip() or line[:1].isspace() or not _RAISED.match(line))


def _json_draft(timestamp: int, line: str) -> _Draft | None:
    if not line.startswith("{") or not ('"event"' in line or '"message"' in line):
        return None
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return _cut_json(timestamp, line)
    if not isinstance(entry, dict) or not ("level" in entry or "logger" in entry or "chan" in entry):
        return None
    detail = entry.get("error_detail") or entry.get("exception")
    text = str(entry.get("event") or entry.get("message") or "")
    if isinstance(detail, str):
        text, detail = f"{text}\n{detail}", None
    logger = str(entry.get("logger") or "")[:FIELD_LIMIT]
    output = "chan" in entry or is_output(logger, text)
    draft = _Draft(timestamp, level_of(entry.get("level")), logger, [], output, whole=True, fields=_fields(entry))
    draft.chain = read_detail(detail)
    draft.add(uncoloured(text[:TEXT_LIMIT]))
    return draft


def _fields(entry: dict[str, Any]) -> dict[str, str]:
    further = [(key, value) for key, value in entry.items() if key not in _OWN_KEYS][:MOST_FIELDS]
    return {str(key)[:FIELD_LIMIT]: str(value)[:FIELD_LIMIT] for key, value in further}


def _cut_json(timestamp: int, line: str) -> _Draft | None:
    """An object whose end was cut off: what stands before the cut is still true."""
    if not line.startswith('{"'):
        return None
    pairs = [(match[1], _unescaped(match[2])) for match in _CUT_KEY.finditer(line)]
    first = dict(reversed(pairs))
    if "event" not in first and "exc_type" not in first:
        return None
    entries: list[dict[str, Any]] = []
    for key, value in pairs:
        if key == "exc_type":
            entries.append({"exc_type": value, "frames": []})
        elif key == "exc_value" and entries:
            entries[-1]["exc_value"] = value
        elif key == "filename" and entries:
            entries[-1]["frames"].append({"filename": value, "lineno": 0, "name": ""})
        elif key == "name" and entries and entries[-1]["frames"]:
            entries[-1]["frames"][-1]["name"] = value
    level = level_of(first.get("level"), Level.ERROR if entries else Level.INFO)
    draft = _Draft(timestamp, level, first.get("logger", ""), [], whole=True)
    draft.chain = read_detail(entries)
    draft.add(first.get("event", ""))
    return draft


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text


def _continues(drafts: list[_Draft], draft: _Draft) -> bool:
    """MWAA's image for Airflow 3.0 cuts a long `event` over several objects that repeat every other key."""
    if not drafts or drafts[-1].size < SPLIT_FROM:
        return False
    last = drafts[-1]
    if (last.logger, last.level, last.fields, last.chain) != (draft.logger, draft.level, draft.fields, draft.chain):
        return False
    last.add("".join(draft.lines))
    return True


def _joined(drafts: list[_Draft]) -> Iterator[_Draft]:
    """Lines of one child process, and lines of one logger that spell a traceback, are one record."""
    last: _Draft | None = None
    for draft in drafts:
        same = last is not None and _source(last) == _source(draft) and not draft.chain and not last.chain
        if last is not None and same and (last.open or (last.output and draft.output)):
            for line in draft.lines:
                last.add(line)
            continue
        if last is not None:
            yield last
        last = draft
    if last is not None:
        yield last


def _source(draft: _Draft) -> tuple[str, bool, str]:
    return draft.logger.partition(":")[0], draft.output, draft.fields.get("chan", "")
