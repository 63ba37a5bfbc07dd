"""The door: everything that a log or an event says passes here before any other part of the program sees it."""

from __future__ import annotations

from collections.abc import Iterable

from responder.intake.condense import BUDGET, condense
from responder.intake.scrub import scrub, scrub_all
from responder.model import LogEvent


def admit(events: Iterable[LogEvent], budget: int = BUDGET) -> tuple[LogEvent, ...]:
    """Bounded, valid as UTF-8, and without secrets; in the same order."""
    kept = tuple(condense(events, budget))
    clean = scrub_all([_valid(event.message) for event in kept])
    return tuple(LogEvent(event.timestamp, text) for event, text in zip(kept, clean, strict=True))


def admit_text(text: str) -> str:
    """One text that is already bounded."""
    return scrub(_valid(text))


def _valid(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
