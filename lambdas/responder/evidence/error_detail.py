"""Exceptions as Airflow 3 logs them: structlog's tracebacks, as JSON (https://www.structlog.org/en/stable/api.html#structlog.tracebacks)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from responder.evidence.traceback import FIRST_FRAMES, LAST_FRAMES, MESSAGE_LIMIT, MOST_LINKS
from responder.model import Chain, Frame, Raised, SyntaxDetail

MOST_DEPTH = 8  # of groups within groups
NAME_LIMIT = 500  # characters of a path or a name


def read_detail(detail: object) -> Chain | None:
    """The chain, the first raised first. The list itself has the exception that ended the task first."""
    links = tuple(_links(detail, MOST_DEPTH))[-MOST_LINKS:]
    return Chain(links) if links else None


def _links(detail: object, depth: int) -> Iterator[Raised]:
    if not isinstance(detail, Sequence) or isinstance(detail, str) or not depth:
        return
    for entry in reversed(detail[:MOST_LINKS]):
        if isinstance(entry, Mapping):
            members = entry.get("exceptions")
            for member in members[:MOST_LINKS] if isinstance(members, list) else ():
                yield from _links(member, depth - 1)
            yield _raised(entry)


def _raised(entry: Mapping[str, Any]) -> Raised:
    notes = entry.get("exc_notes")
    texts = [entry.get("exc_value") or "", *(notes if isinstance(notes, list) else ())]
    return Raised(
        type=str(entry.get("exc_type") or "Exception")[:NAME_LIMIT],
        message="\n".join(str(each) for each in texts).strip()[:MESSAGE_LIMIT],
        frames=tuple(_frames(entry.get("frames"))),
        is_cause=bool(entry.get("is_cause")),
        syntax=_syntax(entry.get("syntax_error")),
    )


def _frames(frames: object) -> Iterator[Frame]:
    if not isinstance(frames, list):
        return
    for frame in frames[:FIRST_FRAMES] + frames[FIRST_FRAMES:][-LAST_FRAMES:]:
        if isinstance(frame, Mapping):
            file, name = str(frame.get("filename") or "")[:NAME_LIMIT], str(frame.get("name") or "")[:NAME_LIMIT]
            line = str(frame.get("line") or "").strip()[:NAME_LIMIT]
            yield Frame(file, _number(frame.get("lineno")), name, line or None)


def _syntax(detail: object) -> SyntaxDetail | None:
    if not isinstance(detail, Mapping):
        return None
    text, message = str(detail.get("line") or "").strip(), str(detail.get("msg") or "")
    file = str(detail.get("filename") or "")[:NAME_LIMIT]
    return SyntaxDetail(file, _number(detail.get("lineno")), text[:NAME_LIMIT], message[:NAME_LIMIT])


def _number(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 10**9 else 0
