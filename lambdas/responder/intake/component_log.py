"""The output of a scheduler, a worker or a web server: what it says of tasks, and what of itself.

A component prints one line an event. Some lines name a task that ended: those become sightings of the task, with the
exact identifiers that the line has; what is left is the component's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from responder.intake.admit import admit
from responder.intake.markers import DECISIVE
from responder.intake.task_report import Report, read_report
from responder.model import Attempt, Failure, Kind, LogEvent, Place

# Sightings of tasks from one payload; the largest worker of MWAA runs 80 tasks, and takes them all along when it dies:
# https://docs.aws.amazon.com/mwaa/latest/userguide/environment-class.html. What is beyond stays in the component's own sighting.
MOST_TASKS = 200
MOST_OTHER_LINES = 100  # of a DAG
_WORD = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-."

Key = tuple[str, str | None, int | None]  # `dag.task`, run, map index: one task instance
Reports = Mapping[int, Report]  # by the place of their lines


def component_failures(place: Place, events: Sequence[LogEvent], seen_at: int) -> tuple[Failure, ...]:
    """A sighting for each failed task that is named, and one for the component if it has more to say."""
    reports = {at: report for at, event in enumerate(events) if (report := read_report(event.message))}
    attempts = _attempts(reports.values())
    if not attempts:
        return (Failure(Kind.PROCESS, place, admit(events), seen_at=seen_at),)
    listed = dict(islice(attempts.items(), MOST_TASKS))
    tasks = tuple(
        Failure(Kind.TASK, place, admit(lines), attempt=listed[key], seen_at=seen_at)
        for key, lines in _about(listed, reports, events).items()
    )
    dags = {attempt.dag_id for attempt in listed.values()}
    further = {at for at, report in reports.items() if _key(report) in attempts.keys() - listed.keys()}
    rest = [e for at, e in enumerate(events) if at in further or not any(_names(e.message, dag) for dag in dags)]
    if any(marker in event.message for event in rest for marker in (*DECISIVE, " ERROR - ")):
        return (*tasks, Failure(Kind.PROCESS, place, admit(rest), seen_at=seen_at))
    return tasks


def _key(report: Report) -> Key:
    return report.label, report.attempt.run_id, report.attempt.map_index


def _attempts(reports: Iterable[Report]) -> dict[Key, Attempt]:
    """One attempt for each task instance that failed, put together from all that was reported of it."""
    merged: dict[Key, Report] = {}
    for report in sorted(reports, key=lambda each: each.attempt.dag_id is None):
        known = merged.get(_key(report))
        merged[_key(report)] = _together(known, report) if known else report
    return {key: _named(report) for key, report in merged.items() if report.failed}


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


def _about(attempts: Mapping[Key, Attempt], reports: Reports, events: Sequence[LogEvent]) -> dict[Key, list[LogEvent]]:
    """What reports each of them, and other lines that name its DAG, without those that are about another task of it."""
    own: dict[Key, list[int]] = {key: [] for key in attempts}
    for at, report in reports.items():
        own.get(_key(report), []).append(at)
    others = _others(attempts, reports, events)
    places = {key: (*found, *others[attempts[key].dag_id, attempts[key].task_id]) for key, found in own.items()}
    return {key: [events[at] for at in sorted(found)] for key, found in places.items()}


def _others(
    attempts: Mapping[Key, Attempt], reports: Reports, events: Sequence[LogEvent]
) -> dict[tuple[str | None, str | None], list[int]]:
    """By DAG and task, the places of the last lines that report nothing and may be about it."""
    found: dict[tuple[str | None, str | None], list[int]] = {(a.dag_id, a.task_id): [] for a in attempts.values()}
    dags = {dag: [task for of, task in found if of == dag] for dag, _ in found}
    lines = [(at, event.message) for at, event in enumerate(events) if at not in reports]
    for dag, tasks in dags.items():
        for at, line in [each for each in lines if _names(each[1], dag)][-MOST_OTHER_LINES:]:
            named = [task for task in tasks if _names(line, task)]
            for task in named or tasks:
                found[dag, task].append(at)
    return found


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
