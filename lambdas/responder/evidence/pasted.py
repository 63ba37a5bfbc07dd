"""A few lines out of a log that somebody pasted into a file: no prefix, no time, no traceback, and an error is all they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from responder.evidence.denial import read_denials
from responder.evidence.lazy_pattern import lazy
from responder.model import Chain, Raised, Record

MOST = 20  # records; a log has more, or says when things happened
_LOOKED_AT = 2_000  # characters of a record, to find its first error
_RAISED = lazy(r"(?ms)^(?P<type>[A-Za-z_][\w.]{0,200}(?:Error|Exception|Interrupt|Exit)): (?P<message>.*)")
_SAID = lazy(r"(?m)^An error occurred \(")


def pasted_error(records: Sequence[Record]) -> Record | None:
    """The record that holds the error, with its exception where one is named; None for everything that looks like a log."""
    if len(records) > MOST or any(each.logger or each.timestamp for each in records):
        return None
    return next((found for each in reversed(records) if (found := _error(each))), None)


def _error(record: Record) -> Record | None:
    if record.chain:
        return record
    if found := _RAISED.search(record.text[:_LOOKED_AT]):
        message = record.text[found.start("message") :]
        return replace(record, chain=Chain((Raised(found["type"], message),)))
    return record if _SAID.search(record.text[:_LOOKED_AT]) or read_denials(record.text) else None
