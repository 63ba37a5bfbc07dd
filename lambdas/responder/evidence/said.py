"""What was said about the failure, in the order in which it deserves to be believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from responder.evidence.long_output import pieces
from responder.model import Chain, Raised, Record, Said

TEXT_LIMIT = 8_000  # characters of one text; the longest useful pip or policy message has about 4,000
TOTAL_LIMIT = 48_000  # characters of all texts, so that every rule together stays within its time on hostile logs


def said(failing: Record | None, chain: Chain | None, context: Sequence[Record]) -> tuple[Said, ...]:
    """Exceptions from root to last, the failing record's own text, then the earlier records that explain it."""
    return tuple(_bounded(_distinct(_in_order(failing, chain, context))))


def _in_order(failing: Record | None, chain: Chain | None, context: Sequence[Record]) -> Iterator[Said]:
    for raised in chain.links if chain else ():
        yield Said(exception_text(raised), raised, failing)
    if failing is not None:
        yield Said(failing.text, None, failing)
    for record in context:
        yield from _of_record(record)


def _of_record(record: Record) -> Iterator[Said]:
    if record.chain:
        for raised in record.chain.links:
            yield Said(exception_text(raised), raised, record)
    for text in pieces(record.text) if record.output else (record.text,):
        yield Said(text, None, record)


def exception_text(raised: Raised) -> str:
    """As Python prints it."""
    return f"{raised.type}: {raised.message}" if raised.message else raised.type


def _distinct(texts: Iterable[Said]) -> Iterator[Said]:
    seen: set[str] = set()
    for each in texts:
        if each.text and each.text not in seen:
            seen.add(each.text)
            yield each


def _bounded(texts: Iterable[Said]) -> Iterator[Said]:
    left = TOTAL_LIMIT
    for each in texts:
        if left <= 0:
            return
        size = min(left, TEXT_LIMIT)
        left -= min(len(each.text), size)
        yield each if len(each.text) <= size else Said(each.text[:size], each.raised, each.record)
