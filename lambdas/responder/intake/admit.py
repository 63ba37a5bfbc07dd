"""The door: everything that a log or an event says passes here before any other part of the program sees it."""

from __future__ import annotations

from collections.abc import Iterable

from responder.intake.condense import BUDGET, condense
from responder.intake.scrub import scrub
from responder.model import LogEvent


def admit(events: Iterable[LogEvent], budget: int = BUDGET) -> tuple[LogEvent, ...]:
    """Bounded, valid as UTF-8, and without secrets; in the same order."""
    return tuple(LogEvent(event.timestamp, admit_text(event.message)) for event in condense(events, budget))


def admit_text(text: str) -> str:
    """One text that is already bounded."""
    return scrub(text.encode("utf-8", "replace").decode("utf-8"))
