"""Inputs of `diagnose`: an event, or a log of any size, in a file or on standard input."""

from __future__ import annotations

import gzip
import io
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from responder.intake import event
from responder.model import Failure

STDIN = "-"
# An event of AWS's is at most 256 KB (EventBridge) or 6 MB (Lambda); larger JSON can only be a log
MOST_OF_AN_EVENT = 8_000_000
MOST_OF_A_LINE = 1_000_000  # characters; CloudWatch's own limit of an event is 1 MB
GZIP = b"\x1f\x8b"  # CloudWatch's exports to S3 are compressed


class BadInput(Exception):
    """An input that cannot be read; the text is one sentence for people."""


def failures_in(name: str) -> tuple[Failure, ...]:
    """The sightings in the file of that name, `-` for standard input. Raises BadInput."""
    try:
        with _opened(name) as stream:
            return _read(stream, "" if name == STDIN else name)
    except event.UnreadableEvent as error:
        raise BadInput(f"{name}: {error}") from error
    except (OSError, EOFError) as error:  # a missing file, a folder, a damaged archive
        raise BadInput(f"{name}: {getattr(error, 'strerror', None) or error}") from error


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    if name == STDIN:
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as raw:
        compressed = raw.read(len(GZIP)) == GZIP
        raw.seek(0)
        yield gzip.GzipFile(fileobj=raw) if compressed else raw  # type: ignore[misc]


def _read(stream: IO[bytes], name: str) -> tuple[Failure, ...]:
    head = stream.read(MOST_OF_AN_EVENT)
    if not head.strip():
        raise BadInput(f"{name or 'standard input'}: it is empty")
    if b"\0" in head[:4096]:
        raise BadInput(f"{name or 'standard input'}: it is neither text nor JSON")
    if head.lstrip()[:1] == b"{" and (raw := _event(head)) is not None:
        return event.read(raw, now_ms=int(time.time() * 1000))
    return event.read_lines(_lines(head, stream), name)


def _event(head: bytes) -> object:
    text = head.decode("utf-8-sig", errors="replace")
    return json.loads(text) if event.is_event(text) else None


def _lines(head: bytes, rest: IO[bytes]) -> Iterator[str]:
    """Lines of bounded length, so that memory does not grow with the log, whatever is in it."""
    text = io.TextIOWrapper(
        io.BufferedReader(_Joined(head, rest)), encoding="utf-8-sig", errors="replace", newline="\n"
    )
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
