"""Log events become records: one event, one line of many events, or one JSON object, whatever the log group holds.

Airflow 2 logs text, one record an event; Airflow 3's tasks log JSON (https://www.structlog.org), one object an event,
long ones cut into several; the components and every child process log one line an event, so that a traceback is many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from responder.evidence.error_value import read_value
from responder.evidence.json_record import read_json
from responder.evidence.log_line import Prefix, read_prefix, uncoloured
from responder.evidence.output import is_output, tagless
from responder.evidence.traceback import CAUSE, CONTEXT, HEADER, read_traceback
from responder.model import Chain, Level, LogEvent, Record

FIRST_EVENTS, LAST_EVENTS = 1_000, 4_000  # of a log; intake hands over less. The failure stands at the end
TEXT_LIMIT = 120_000  # characters of one record; intake keeps no event that long
SPLIT_FROM = 50_000  # characters: only long JSON events are cut by MWAA (at 260,000; intake may have shortened them)

_RAISED = re.compile(r"[A-Za-z_][\w.]{0,300}(?:: |:?$)")


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
        if self.chain is None and self.level >= Level.ERROR and not self.output:
            self.chain = read_value(text, self.fields)
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
    entry = read_json(line)
    if entry is None:
        return None
    draft = _Draft(timestamp, entry.level, entry.logger, [], entry.output, whole=True, fields=entry.fields)
    draft.chain = entry.chain
    draft.add(uncoloured(entry.text[:TEXT_LIMIT]))
    return draft


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
