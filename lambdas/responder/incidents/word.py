"""What a listener or scheduler says of an attempt: whether it was the last try. The log of Airflow 3 does not tell."""

from __future__ import annotations

from dataclasses import dataclass

from responder.incidents.ledger import KEEP_MS, LISTENER_MS
from responder.incidents.table import Table
from responder.model import Failure, Source
from responder.report.fingerprint import attempt_key

TASK_LOG = "-Task"  # how MWAA's names of the log groups of tasks end


@dataclass(frozen=True, slots=True)
class Words:
    """Kept in the ledger's table. Times are epoch milliseconds."""

    table: Table

    def note(self, failure: Failure, *, now: int) -> None:
        """Keeps what the sighting says, if it says it; a task's own log needs nobody to remember it."""
        final = failure.attempt.final
        own_log = failure.source is Source.LOG and (failure.place.log_group or "").endswith(TASK_LOG)
        if final is None or own_log:
            return
        self.table.put(f"word#{attempt_key(failure)}", {"final": final, "expires_at": (now + KEEP_MS) // 1000})
        if failure.source is Source.LISTENER_EVENT:
            self.table.put(f"listener#{failure.place.environment}", {"expires_at": (now + LISTENER_MS) // 1000})

    def final(self, failure: Failure) -> bool | None:
        """What was said of the attempt, by this sighting or before; None: nothing so far."""
        if failure.attempt.final is not None:
            return failure.attempt.final
        item = self.table.get(f"word#{attempt_key(failure)}")
        return item["final"]["BOOL"] if item else None

    def may_come(self, failure: Failure, *, now: int) -> bool:
        """Whether the environment has a listener whose word is worth waiting for."""
        item = self.table.get(f"listener#{failure.place.environment}")
        return item is not None and int(item["expires_at"]["N"]) * 1000 > now
