"""The log of a DAG file that is being read.

In Airflow 2 MWAA names the stream after the file's base name only, so two files of one name share it; the text has
the path. https://github.com/aws/amazon-mwaa-docker-images (cloudwatch_handlers.py)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from responder.intake.admit import admit
from responder.model import Failure, Kind, LogEvent, Place

DAGS_FOLDER = (
    "/usr/local/airflow/dags/"  # https://docs.aws.amazon.com/mwaa/latest/userguide/working-dags-dependencies.html
)
WINDOW = 600  # characters after a marker: a path has at most 512 here
MOST_FILES = 20  # of one payload

# ERROR - Failed to import: /usr/local/airflow/dags/sales/load.py
_FAILED = re.compile(r"Failed to (?:import|bag_dag): ([^\s\"\\][^\n\"\\]{0,511})")
# INFO - Filling up the DagBag from /usr/local/airflow/dags/sales/load.py
_READ = re.compile(r"(?:Filling up the DagBag from|to work on|Processing file|retrieved from) (/[^\s\"\\]{1,511})")
_FAILED_MARKERS = ("Failed to import: ", "Failed to bag_dag: ")
_READ_MARKERS = ("Filling up the DagBag from ", "to work on ", "Processing file ", "retrieved from ")


def dag_file_failures(
    place: Place, named: str | None, events: Sequence[LogEvent], seen_at: int, *, below_dags: bool
) -> tuple[Failure, ...]:
    """One sighting a file; `named` is what the stream's name says, `below_dags` that it is a path below dags/."""
    failed = _paths(events, _FAILED_MARKERS, _FAILED)
    if len(failed) > 1:
        return tuple(_failure(place, path, [e for e in events if path in e.message], seen_at) for path in failed)
    read = failed or _paths(events, _READ_MARKERS, _READ)
    known = DAGS_FOLDER + named if below_dags and named and not named.startswith("/") else named
    return (_failure(place, read[0] if read else known, events, seen_at),)


def _failure(place: Place, path: str | None, events: Sequence[LogEvent], seen_at: int) -> Failure:
    return Failure(Kind.DAG_FILE, place, admit(events), dag_file=path, seen_at=seen_at)


def _paths(events: Sequence[LogEvent], markers: tuple[str, ...], pattern: re.Pattern[str]) -> list[str]:
    found: dict[str, None] = {}
    for event in events:
        for marker in markers:
            at = event.message.find(marker)
            match = pattern.match(event.message[at : at + WINDOW]) if at >= 0 else None
            if match:
                found[match[1].strip()] = None
        if len(found) >= MOST_FILES:
            break
    return list(found)
