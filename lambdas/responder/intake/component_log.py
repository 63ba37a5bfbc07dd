"""The output of a scheduler, a worker or a web server: what it says of tasks, and what of itself.

A component prints one line an event. Some lines name a task that ended: those become sightings of the task, with the
exact identifiers that the line has; what is left is the component's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from responder.intake.admit import admit
from responder.intake.markers import DECISIVE
from responder.intake.task_report import Report, read_report
from responder.model import Attempt, Failure, Kind, LogEvent, Place

MOST_TASKS = 50  # named in one payload; further ones stay in the component's own sighting
_WORD = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-."


def component_failures(place: Place, events: Sequence[LogEvent], seen_at: int) -> tuple[Failure, ...]:
    """A sighting for each failed task that is named, and one for the component if it has more to say."""
    attempts = _attempts([report for event in events if (report := read_report(event.message))])
    if not attempts:
        return (Failure(Kind.PROCESS, place, admit(events), seen_at=seen_at),)
    tasks = tuple(
        Failure(Kind.TASK, place, admit(_about(attempt, attempts, events)), attempt=attempt, seen_at=seen_at)
        for attempt in attempts
    )
    rest = [event for event in events if not any(_names(event.message, each.dag_id) for each in attempts)]
    if any(marker in event.message for event in rest for marker in (*DECISIVE, " ERROR - ")):
        return (*tasks, Failure(Kind.PROCESS, place, admit(rest), seen_at=seen_at))
    return tasks


def _attempts(reports: Sequence[Report]) -> list[Attempt]:
    """One attempt for each task instance, put together from all that was reported of it."""
    merged: dict[tuple[str, str | None, int | None], Report] = {}
    for report in sorted(reports, key=lambda each: each.attempt.dag_id is None):
        key = (report.label, report.attempt.run_id, report.attempt.map_index)
        known = merged.get(key)
        merged[key] = _together(known, report) if known else report
    return [_named(report) for report in merged.values() if report.failed][:MOST_TASKS]


def _together(known: Report, other: Report) -> Report:
    final = known.attempt.final if known.attempt.final is not None else other.attempt.final
    tried = known.attempt.try_number if known.attempt.try_number is not None else other.attempt.try_number
    return replace(
        known,
        failed=known.failed or other.failed,
        attempt=replace(known.attempt, final=final, try_number=tried),
    )


def _named(report: Report) -> Attempt:
    """Where only `dag.task` was printed, the first dot is taken for the border: DAG ids rarely have one."""
    if report.attempt.dag_id is not None:
        return report.attempt
    dag_id, _, task_id = report.label.partition(".")
    return replace(report.attempt, dag_id=dag_id, task_id=task_id or None)


def _about(attempt: Attempt, attempts: Sequence[Attempt], events: Sequence[LogEvent]) -> list[LogEvent]:
    """The lines that name the DAG, without those that name another failed task of it."""
    others = {each.task_id for each in attempts if each.dag_id == attempt.dag_id} - {attempt.task_id}
    return [
        event
        for event in events
        if _names(event.message, attempt.dag_id)
        and (_names(event.message, attempt.task_id) or not any(_names(event.message, other) for other in others))
    ]


def _names(text: str, name: str | None) -> bool:
    """The name stands in the text as a word of its own (`dag.task` counts for both)."""
    if not name:
        return False
    at = text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        if (not before or before == "." or before not in _WORD) and (not after or after == "." or after not in _WORD):
            return True
        at = text.find(name, at + 1)
    return False
