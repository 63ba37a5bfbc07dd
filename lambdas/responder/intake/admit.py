"""The door: everything that a log or an event says passes here before any other part of the program sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from responder.intake.condense import BUDGET, condense
from responder.intake.scrub import scrub, scrub_all, scrub_name
from responder.model import Failure, LogEvent


def admit(events: Iterable[LogEvent], budget: int = BUDGET) -> tuple[LogEvent, ...]:
    """Bounded, valid as UTF-8, and without secrets; in the same order."""
    kept = tuple(condense(events, budget))
    clean = scrub_all([_valid(event.message) for event in kept])
    return tuple(LogEvent(event.timestamp, text) for event, text in zip(kept, clean, strict=True))


def admit_names(failure: Failure) -> Failure:
    """A failure whose identifiers hold no secret either: somebody may have named a run after one."""
    told, place = failure.attempt, failure.place
    attempt = replace(told, dag_id=_name(told.dag_id), run_id=_name(told.run_id), task_id=_name(told.task_id))
    stream = replace(place, log_stream=_name(place.log_stream))
    return replace(failure, attempt=attempt, place=stream, dag_file=_name(failure.dag_file))


def _name(name: str | None) -> str | None:
    return scrub_name(_valid(name)) if name else name


def admit_text(text: str) -> str:
    """One text that is already bounded."""
    return scrub(_valid(text))


def _valid(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
