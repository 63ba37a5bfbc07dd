"""What the log of a startup script says went wrong: a shell's, a package manager's or a client's own words.

The script's lines are all there is, without level or logger, and it goes on after a command that failed.
https://docs.aws.amazon.com/mwaa/latest/userguide/using-startup-script.html
"""

from __future__ import annotations

from collections.abc import Sequence

from responder.evidence.lazy_pattern import lazy
from responder.evidence.pip_lines import pip_lines
from responder.model import Failure, Level, LogEvent, Record

STREAM = "startup_script_execution"
_BROKE = lazy(
    r": command not found\s*$|^sudo: |: line \d{1,6}: [^\n]{1,300}|cannot open shared object file|An error occurred \(|^fatal(?: error)?: |^(?:Error|ERROR|E): (?!pip's dependency)"
    r"|^curl: \(\d{1,3}\) |^Could not resolve host|Cannot find a valid baseurl|^No package \S{1,200} available|Unable to (?:find a match|locate package|locate credentials)"
    r"|^\w[\w.]{0,200}(?:Error|Exception): |exceeded time limit|Killed\s*$|No space left on device"
)


def is_startup_script(failure: Failure) -> bool:
    return (failure.place.log_stream or "").startswith(STREAM)


def broken_line(events: Sequence[LogEvent]) -> Record | None:
    """The first line that says that a command of the script failed, as a record; None where none does."""
    for event in events:
        for line in pip_lines([event.message]):
            if _BROKE.search(line):
                return Record(event.timestamp, Level.ERROR, "", line.strip())
    return None
