"""The memory of incidents: one DynamoDB table, written under conditions only, so that counts are exact.

Items, by the head of their `id`:
    attempt#…   one attempt was counted, and under which fingerprint (written in one transaction with the count)
    incident#…  the current incident of a fingerprint
    task#…      a task was hit by an incident, and by which attempt that was seen first
    message#…   one message of an incident: `outbox.py`
    word#…      whether an attempt was the last try, as a listener or scheduler said
    listener#…  an environment has a listener
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from responder.incidents.incident import LISTED_TASKS, MINUTE, Incident, Rhythm, Role, Sighting, from_item
from responder.incidents.table import CONDITION_FAILED, Table, Value, Write

ACTIONS = ("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem")  # transactions need no action of their own

# Longer than the function may run (120 s), shorter than the queue hides a sighting (720 s): whoever was killed
# is not at it any more when the lease ends, and its sighting comes back after that.
LEASE_MS = 180_000
# The longest quiet window that can be set (30 days), and as long as SQS keeps a dead letter that may come back (14).
KEEP_MS = 45 * 24 * 60 * MINUTE
LISTENER_MS = 30 * 24 * 60 * MINUTE  # an environment whose listener was silent for so long has none
MOST_TRIES = 12  # with the pauses below about 5 s in all; then the queue brings the sighting again
LONGEST_PAUSE = 0.8  # seconds


class LedgerBusy(Exception):
    """Too many write the same incident at once; nothing was counted, the queue brings the sighting again."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Counts and remembers. Raises botocore's errors as they are: the sighting then comes again. Times are epoch ms."""

    table: Table
    rhythm: Rhythm
    lease_ms: int = LEASE_MS
    sleep: Callable[[float], None] = time.sleep

    def sight(self, fingerprint: str, attempt: str, task: str, *, now: int) -> Sighting:
        """Counts the attempt, once however often it is seen, and says what is to be done. Raises LedgerBusy."""
        for tried in range(MOST_TRIES):
            incident = self.read(fingerprint)
            if incident and not self.rhythm.is_over(incident, now):
                failed = self._count(incident, attempt, task, now)
            else:
                failed = self._open(fingerprint, attempt, task, now)
            if not failed:  # read anew: a follow-up may have gone out meanwhile that does not tell of this one
                return self._role(fingerprint, attempt, now)
            if failed[0] == CONDITION_FAILED:
                return self._again(fingerprint, attempt, task, now)
            self.sleep(random.uniform(0, min(LONGEST_PAUSE, 0.02 * 2**tried)))  # noqa: S311 - it only spreads the load
        raise LedgerBusy(f"incident {fingerprint} was written by others {MOST_TRIES} times in a row")

    def read(self, fingerprint: str) -> Incident | None:
        """The current incident of a fingerprint."""
        item = self.table.get(f"incident#{fingerprint}")
        return from_item(item) if item else None

    def announced(self, incident: Incident, told: int, *, now: int) -> Incident | None:
        """Records that the first message is out; `told` is the count in it. None: another incident took its place."""
        update = "SET announced = :now, reported = :told, reported_at = :now, worked_on_until = :zero"
        return self._change(incident, update, None, {":now": now, ":told": told, ":zero": 0})

    def followed_up(self, incident: Incident, number: int, told: int, *, now: int) -> Incident | None:
        """Records that the follow-up of this number is out. None: it was recorded before."""
        update = "SET follow_ups = :number, reported = :told, reported_at = :now REMOVE armed_until"
        values: dict[str, Value] = {":number": number, ":told": told, ":now": now}
        return self._change(incident, update, "(attribute_not_exists(follow_ups) OR follow_ups < :number)", values)

    def armed(self, incident: Incident, until: int) -> None:
        """Records that a check is under way."""
        condition = "(attribute_not_exists(armed_until) OR armed_until < :until)"
        self._change(incident, "SET armed_until = :until", condition, {":until": until})

    def release(self, incident: Incident) -> None:
        """Lets the next sighting take up what could not be delivered."""
        self._change(incident, "SET worked_on_until = :zero", None, {":zero": 0})

    def _count(self, incident: Incident, attempt: str, task: str, now: int) -> tuple[str, ...]:
        update = "SET last_seen = :now, expires_at = :expires ADD occurrences :one"
        values: dict[str, Value] = {
            ":now": now,
            ":expires": _seconds(now + KEEP_MS),
            ":one": 1,
            ":opened": incident.opened,
        }
        if task not in incident.tasks and self._is_new(incident, attempt, task, now):
            update += ", distinct_tasks :one"
            if len(incident.tasks) < LISTED_TASKS:
                update += ", tasks :task"
                values[":task"] = (task,)
        write = Write(f"incident#{incident.fingerprint}", values, "opened = :opened", update)
        return self.table.together(_attempt(attempt, incident.fingerprint, now), write)

    def _open(self, fingerprint: str, attempt: str, task: str, now: int, *, counted: bool = False) -> tuple[str, ...]:
        values: dict[str, Value] = {
            "fingerprint": fingerprint,
            "opened": now,
            "opened_by": attempt,
            "occurrences": 1,
            "last_seen": now,
            "tasks": (task,),
            "distinct_tasks": 1,
            "worked_on_until": 0,
            "worked_on_by": attempt,
            "expires_at": _seconds(now + KEEP_MS),
            ":over": now - self.rhythm.quiet * MINUTE,
        }
        is_over = "last_seen < :over AND attribute_exists(announced) AND occurrences <= reported"  # as Rhythm.is_over
        incident = Write(f"incident#{fingerprint}", values, f"attribute_not_exists(id) OR ({is_over})")
        hit = Write(
            _task_id(fingerprint, now, task),
            {"first_by": attempt, "expires_at": _seconds(now + KEEP_MS)},
            "attribute_not_exists(id)",
        )
        return self.table.together(*(() if counted else (_attempt(attempt, fingerprint, now),)), incident, hit)

    def _is_new(self, incident: Incident, attempt: str, task: str, now: int) -> bool:
        """Whether no other attempt has shown that this task is hit; asked again by the same one, still yes."""
        update = "SET first_by = if_not_exists(first_by, :me), expires_at = :expires"
        values: dict[str, Value] = {":me": attempt, ":expires": _seconds(now + KEEP_MS)}
        item = self.table.update(_task_id(incident.fingerprint, incident.opened, task), update, None, values)
        return item is not None and item["first_by"]["S"] == attempt

    def _again(self, fingerprint: str, attempt: str, task: str, now: int) -> Sighting:
        """An attempt that was counted before, perhaps under another diagnosis, perhaps by somebody who was then killed."""
        item = self.table.get(f"attempt#{attempt}")
        counted_as = item["fingerprint"]["S"] if item else fingerprint
        if self.read(counted_as) is None:  # the attempt outlived its incident by the sloppiness of expiry
            self._open(counted_as, attempt, task, now, counted=True)
        return self._role(counted_as, attempt, now)

    def _role(self, fingerprint: str, attempt: str, now: int) -> Sighting:
        incident = self._known(fingerprint)
        if incident.announced:
            return Sighting(incident, Role.COUNTED)
        values: dict[str, Value] = {":until": now + self.lease_ms, ":now": now, ":me": attempt}
        ours = "(worked_on_until = :until AND worked_on_by = :me)"  # the answer to this very call was lost, boto3 asks again
        condition = f"attribute_not_exists(announced) AND (worked_on_until < :now OR {ours})"
        taken = self._change(incident, "SET worked_on_until = :until, worked_on_by = :me", condition, values)
        if taken:
            return Sighting(taken, Role.ANNOUNCE)
        current = self._known(fingerprint)
        waits = attempt in {current.opened_by, current.worked_on_by} and not current.announced
        return Sighting(current, Role.BUSY if waits else Role.COUNTED)

    def _known(self, fingerprint: str) -> Incident:
        incident = self.read(fingerprint)
        if incident is None:
            raise LedgerBusy(f"incident {fingerprint} vanished")
        return incident

    def _change(
        self, incident: Incident, update: str, condition: str | None, values: dict[str, Value]
    ) -> Incident | None:
        same = "opened = :opened" + (f" AND {condition}" if condition else "")
        item = self.table.update(
            f"incident#{incident.fingerprint}", update, same, values | {":opened": incident.opened}
        )
        return from_item(item) if item else None


def _attempt(attempt: str, fingerprint: str, now: int) -> Write:
    values: dict[str, Value] = {"fingerprint": fingerprint, "expires_at": _seconds(now + KEEP_MS)}
    return Write(f"attempt#{attempt}", values, "attribute_not_exists(id)")


def _task_id(fingerprint: str, opened: int, task: str) -> str:
    return f"task#{fingerprint}#{opened}#{hashlib.sha256(task.encode()).hexdigest()[:16]}"


def _seconds(milliseconds: int) -> int:
    return milliseconds // 1000
