"""What a log's own text says of the attempt: its exact run id, and whether another try follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from responder.intake.log_stream import flattened
from responder.model import Attempt, LogEvent

WINDOW = 400  # characters after a marker; the longest of these lines has about 300 before its last useful field

# INFO - Starting attempt 1 of 3
_STARTING = re.compile(r"Starting attempt (\d{1,6}) of (\d{1,6})", re.ASCII)
# INFO - Marking task as FAILED. dag_id=sales, task_id=load, run_id=manual__2026-11-01T00:00:00+00:00, execution_date=…
_MARKED = re.compile(r"Marking task as (FAILED|UP_FOR_RETRY|SUCCESS|SKIPPED)")
_NAMED = re.compile(r"\b(dag_id|task_id|run_id|map_index)=([^\s,']{1,250})")
_RUN_ID = re.compile(r"\brun_id=([^\s,']{1,250})")


def refined(attempt: Attempt, events: Sequence[LogEvent]) -> Attempt:
    """The attempt with what the text adds; the text wins where a stream name has lost characters."""
    known = attempt if attempt.dag_id else _named(attempt, events)
    exact = _exact_run_id(known, events)
    final = known.final if known.final is not None else _final(events)
    return replace(known, run_id=exact or known.run_id, final=final)


def _named(attempt: Attempt, events: Sequence[LogEvent]) -> Attempt:
    """The identifiers that the last verdict prints, for a log whose stream has no name."""
    starts = [found for window in _windows(events, "Starting attempt") if (found := _STARTING.match(window))]
    tried = int(starts[-1][1]) if starts else attempt.try_number
    for window in reversed(_windows(events, "Marking task as")):
        fields = dict(_NAMED.findall(window))
        if "dag_id" in fields and "task_id" in fields:
            index = int(fields["map_index"]) if fields.get("map_index", "-").isdigit() else None
            return replace(
                attempt,
                dag_id=fields["dag_id"],
                run_id=fields.get("run_id"),
                task_id=fields["task_id"],
                map_index=index,
                try_number=tried,
            )
    return replace(attempt, try_number=tried)


def _exact_run_id(attempt: Attempt, events: Sequence[LogEvent]) -> str | None:
    """Only a run id that the stream name can stand for: anything else belongs to another run."""
    if attempt.run_id is None:
        return None
    lossy = flattened(attempt.run_id)
    for window in _windows(events, "run_id="):
        said = _RUN_ID.search(window)
        if said and flattened(said[1]) == lossy:
            return said[1]
    return None


def _final(events: Sequence[LogEvent]) -> bool | None:
    """The last verdict decides; without one, the count of tries does."""
    verdicts = [found[1] for window in _windows(events, "Marking task as") if (found := _MARKED.match(window))]
    if verdicts:
        return verdicts[-1] != "UP_FOR_RETRY"
    starts = [found for window in _windows(events, "Starting attempt") if (found := _STARTING.match(window))]
    return int(starts[-1][1]) >= int(starts[-1][2]) if starts else None


def _windows(events: Sequence[LogEvent], marker: str) -> list[str]:
    found: list[str] = []
    for event in events:
        at = event.message.find(marker)
        if at >= 0:
            found.append(event.message[at : at + WINDOW])
    return found
