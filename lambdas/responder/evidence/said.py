"""What was said about the failure, in the order in which it deserves to be believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from responder.model import Evidence, Level, Raised, Record, Said

__all__ = ["Said", "said"]

TEXT_LIMIT = 8_000  # characters of one text; the longest useful pip or policy message has about 4,000
TOTAL_LIMIT = 48_000  # characters of all texts, so that every rule together stays within its time on hostile logs


def said(evidence: Evidence) -> tuple[Said, ...]:
    """Exceptions from root to last, the failing record, errors before it, child output, warnings and infos."""
    return tuple(_bounded(_distinct(_in_order(evidence))))


def _in_order(evidence: Evidence) -> Iterator[Said]:
    failing = evidence.failing
    if evidence.chain:
        for raised in evidence.chain.links:
            yield Said(exception_text(raised), raised, failing)
    if failing is not None:
        yield Said(failing.text, None, failing)
    others = [record for record in reversed(evidence.records) if record is not failing]
    for record in (each for each in others if each.level >= Level.ERROR and not each.output):
        yield from _of_record(record)
    for record in (each for each in others if each.output):
        yield from _of_record(record)
    for record in (each for each in others if each.level < Level.ERROR and not each.output):
        yield from _of_record(record)


def _of_record(record: Record) -> Iterator[Said]:
    if record.chain:
        for raised in record.chain.links:
            yield Said(exception_text(raised), raised, record)
    yield Said(record.text, None, record)


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
