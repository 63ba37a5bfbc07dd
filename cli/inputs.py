"""Inputs of `diagnose`: an event, or a log of any size, in a file or on standard input, compressed or not."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import re
import sys
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any

from responder.intake import event
from responder.model import Failure

from cli import saved_logs

STDIN = "-"
# An event of AWS's is at most 256 KB (EventBridge) or 6 MB (Lambda); larger JSON can only be a log
MOST_OF_AN_EVENT = 8_000_000
MOST_OF_A_LINE = 1_000_000  # characters; CloudWatch's own limit of an event is 1 MB
GZIP = b"\x1f\x8b"  # CloudWatch's exports to S3 are compressed
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # what Windows PowerShell writes with `>`
_OF_OBJECTS = re.compile(r"[{\[]\s*[\"{]")  # how a saved log begins; Airflow 2's lines begin with `[2026-11-22T…`
_BEGINNING = 4096  # of a text; enough to tell what it is


class BadInput(Exception):
    """An input that cannot be read; the text is one sentence for people."""


def failures_in(name: str) -> tuple[Failure, ...]:
    """The sightings in the file of that name, `-` for standard input. Raises BadInput."""
    try:
        with _opened(name) as stream:
            return _read(stream, "" if name == STDIN else name)
    except (BadInput, event.UnreadableEvent, OSError, EOFError, zlib.error, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error  # of a missing file, a folder
        raise BadInput(f"{'standard input' if name == STDIN else name}: {reason}") from error


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    with nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb") as raw:
        start = raw.read(len(GZIP))
        whole = io.BufferedReader(_Joined(start, raw))
        yield gzip.GzipFile(fileobj=whole) if start == GZIP else whole  # type: ignore[misc]


def _read(stream: IO[bytes], name: str) -> tuple[Failure, ...]:
    head = stream.read(MOST_OF_AN_EVENT)
    encoding = "utf-16" if head.startswith(UTF_16) else "utf-8-sig"
    begins = head[:_BEGINNING].decode(encoding, errors="replace")
    if not head.strip():
        raise BadInput("it is empty")
    if "\0" in begins:
        raise BadInput("it is neither text nor JSON")
    if begins.lstrip().startswith(("{", "[")):
        text = head.decode(encoding, errors="replace")
        if (raw := _json(text)) is not None:
            return _of_json(raw)
        if len(head) == MOST_OF_AN_EVENT and _is_cut(text.lstrip()):
            raise BadInput(f"it is one JSON text of more than {MOST_OF_AN_EVENT:,} bytes; save fewer events at once")
    lines = _lines(head, stream, encoding)
    if saved_logs.is_table(begins):
        return _saved(saved_logs.rows_of(lines, MOST_OF_A_LINE))
    return event.read_lines(lines, name)


def _json(text: str) -> object:
    """What the whole text is; None for a log, of which each line may be an object."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_cut(text: str) -> bool:
    """Whether it is the beginning of one JSON text, and not a log with an object a line."""
    return _OF_OBJECTS.match(text) is not None and _json(text.partition("\n")[0]) is None


def _of_json(raw: object) -> tuple[Failure, ...]:
    if event.is_event(raw):
        return event.read(raw, now_ms=int(time.time() * 1000))
    events = saved_logs.events_in(raw)
    if events is None:
        raise BadInput("it is JSON, but neither an event nor a saved log that is known here")
    return _saved(events)


def _saved(events: Sequence[saved_logs.Event]) -> tuple[Failure, ...]:
    streams = saved_logs.by_stream(events).items()
    return tuple(failure for name, lines in streams for failure in event.read_lines(lines, name))


def _lines(head: bytes, rest: IO[bytes], encoding: str) -> Iterator[str]:
    """Lines of bounded length, so that memory does not grow with the log, whatever is in it."""
    text = io.TextIOWrapper(io.BufferedReader(_Joined(head, rest)), encoding=encoding, errors="replace", newline="\n")
    while line := text.readline(MOST_OF_A_LINE):
        yield line


class _Joined(io.RawIOBase):
    """What was read ahead, then the rest of the stream, as one."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._parts: list[IO[bytes]] = [io.BytesIO(head), rest]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        for part in self._parts:
            if data := part.read(len(buffer)):
                buffer[: len(data)] = data
                return len(data)
        return 0
