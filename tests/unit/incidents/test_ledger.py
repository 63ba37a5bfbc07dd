"""Counts are exact however often, however late and by however many a failure is seen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import ClientError
from responder.incidents.incident import LISTED_TASKS, Rhythm, Role
from responder.incidents.ledger import LEASE_MS, Ledger, LedgerBusy
from responder.incidents.table import Table

MINUTE = 60_000
NOW = 1_800_000_000_000
F = "v1:abc"


def test_the_first_sighting_announces(ledger: Ledger) -> None:
    seen = ledger.sight(F, "a1", "sales.load", now=NOW)
    assert (seen.role, seen.incident.count, seen.incident.tasks) == (Role.ANNOUNCE, 1, ("sales.load",))


def test_while_somebody_announces_others_are_counted(ledger: Ledger) -> None:
    ledger.sight(F, "a1", "sales.load", now=NOW)
    assert ledger.sight(F, "a2", "sales.load", now=NOW).role is Role.COUNTED


def test_an_announcement_that_was_not_finished_is_taken_up(ledger: Ledger) -> None:
    ledger.sight(F, "a1", "sales.load", now=NOW)
    later = ledger.sight(F, "a2", "sales.load", now=NOW + LEASE_MS + 1)
    assert (later.role, later.incident.count) == (Role.ANNOUNCE, 2)


def test_the_first_one_does_not_give_up_while_another_announces(ledger: Ledger) -> None:
    ledger.sight(F, "a1", "sales.load", now=NOW)
    ledger.sight(F, "a2", "sales.load", now=NOW + LEASE_MS + 1)
    assert ledger.sight(F, "a1", "sales.load", now=NOW + LEASE_MS + 2).role is Role.BUSY


def test_another_sighting_of_the_attempt_that_is_being_announced_waits(ledger: Ledger) -> None:
    """By event and by log within seconds: two would send at once, and neither would be done."""
    ledger.sight(F, "a1", "sales.load", now=NOW)
    assert ledger.sight(F, "a1", "sales.load", now=NOW + 1).role is Role.BUSY
    assert ledger.sight(F, "a1", "sales.load", now=NOW + LEASE_MS + 1).role is Role.ANNOUNCE


def test_who_took_up_an_announcement_does_not_let_go_of_it(ledger: Ledger) -> None:
    seen = ledger.sight(F, "a1", "sales.load", now=NOW)
    ledger.release(seen.incident)
    assert ledger.sight(F, "a2", "sales.load", now=NOW + 1).role is Role.ANNOUNCE
    assert ledger.sight(F, "a2", "sales.load", now=NOW + 2).role is Role.BUSY


def test_a_released_announcement_is_taken_up_at_once(ledger: Ledger) -> None:
    seen = ledger.sight(F, "a1", "sales.load", now=NOW)
    ledger.release(seen.incident)
    assert ledger.sight(F, "a2", "sales.load", now=NOW + 1).role is Role.ANNOUNCE


def test_one_attempt_is_counted_once(ledger: Ledger) -> None:
    seen = ledger.sight(F, "a1", "sales.load", now=NOW)
    ledger.announced(seen.incident, 1, now=NOW)
    for _ in range(3):
        again = ledger.sight(F, "a2", "sales.load", now=NOW + 5)
    assert (again.role, again.incident.count) == (Role.COUNTED, 2)


def test_an_attempt_that_reads_differently_the_second_time_stays_one(ledger: Ledger) -> None:
    seen = ledger.sight(F, "a1", "sales.load", now=NOW)
    ledger.announced(seen.incident, 1, now=NOW)
    again = ledger.sight("v1:other", "a1", "sales.load", now=NOW + 5)
    assert (again.role, again.incident.fingerprint, again.incident.count) == (Role.COUNTED, F, 1)
    assert ledger.read("v1:other") is None


def test_a_new_incident_begins_after_the_quiet_window(ledger: Ledger) -> None:
    seen = ledger.sight(F, "a1", "sales.load", now=NOW)
    ledger.announced(seen.incident, 1, now=NOW)
    late = NOW + 361 * MINUTE
    again = ledger.sight(F, "a2", "sales.load", now=late)
    assert (again.role, again.incident.count, again.incident.opened) == (Role.ANNOUNCE, 1, late)


def test_every_sighting_keeps_the_incident_alive(ledger: Ledger) -> None:
    seen = ledger.sight(F, "a0", "sales.load", now=NOW)
    ledger.announced(seen.incident, 1, now=NOW)
    for hours in range(1, 6):
        seen = ledger.sight(F, f"a{hours}", "sales.load", now=NOW + hours * 300 * MINUTE)
    assert (seen.role, seen.incident.count, seen.incident.opened) == (Role.COUNTED, 6, NOW)


def test_lists_tasks_up_to_a_bound_and_counts_the_rest_exactly(ledger: Ledger) -> None:
    for number in range(24):
        ledger.sight(F, f"a{number}", f"sales.task{number}", now=NOW)
        ledger.sight(F, f"b{number}", f"sales.task{number}", now=NOW)
    seen = ledger.read(F)
    assert seen is not None
    assert (seen.count, len(seen.tasks), seen.occurrences.more_tasks) == (48, LISTED_TASKS, 24 - LISTED_TASKS)


def test_counts_are_exact_when_many_write_at_once(ledger: Ledger) -> None:
    """16 attempts, each seen twice, by eight at a time."""
    attempts = [f"a{number}" for number in range(16)] * 2
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda each: ledger.sight(F, each, f"sales.{each}", now=NOW), attempts))
    current = ledger.read(F)
    assert current is not None
    assert (current.count, current.distinct_tasks) == (16, 16)
    assert len({each.incident.opened_by for each in seen if each.role is Role.ANNOUNCE}) == 1


def test_one_of_many_announces(ledger: Ledger) -> None:
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda each: ledger.sight(F, f"a{each}", "sales.load", now=NOW), range(16)))
    assert [each.role for each in seen].count(Role.ANNOUNCE) == 1


def test_incidents_do_not_mix(ledger: Ledger) -> None:
    for number in range(20):
        ledger.sight(f"v1:{number % 10}", f"a{number}", "sales.load", now=NOW)
    counts = [ledger.read(f"v1:{number}") for number in range(10)]
    assert [each.count for each in counts if each] == [2] * 10


def test_is_recorded_once_that_a_follow_up_is_out(ledger: Ledger) -> None:
    seen = ledger.sight(F, "a1", "sales.load", now=NOW)
    assert ledger.followed_up(seen.incident, 1, 5, now=NOW) is not None
    assert ledger.followed_up(seen.incident, 1, 5, now=NOW) is None


def test_what_belongs_to_an_earlier_incident_changes_nothing(ledger: Ledger) -> None:
    old = ledger.sight(F, "a1", "sales.load", now=NOW).incident
    ledger.announced(old, 1, now=NOW)
    ledger.sight(F, "a2", "sales.load", now=NOW + 400 * MINUTE)
    assert ledger.announced(old, 1, now=NOW) is None
    current = ledger.read(F)
    assert current is not None
    assert not current.announced


def test_conflicts_of_others_are_waited_out() -> None:
    """DynamoDB cancels one of two transactions that meet; nothing is counted twice or lost by trying again."""
    conflicted = _Conflicting(times=3)
    with pytest.raises(LedgerBusy):
        Ledger(Table("t", lambda: _Conflicting(times=99)), Rhythm(15, 360), sleep=lambda _: None).sight(
            F, "a", "t", now=NOW
        )
    assert (
        Ledger(Table("t", lambda: conflicted), Rhythm(15, 360), sleep=lambda _: None).sight(F, "a", "t", now=NOW).role
        is Role.COUNTED
    )
    assert conflicted.tried == 4


class _Conflicting:
    """A client of DynamoDB whose transactions meet others."""

    class exceptions:  # noqa: N801 - botocore's name
        class TransactionCanceledException(ClientError):
            pass

        class ConditionalCheckFailedException(ClientError):
            pass

    def __init__(self, times: int) -> None:
        self.times, self.tried = times, 0

    def get_item(self, **_: object) -> dict[str, object]:
        item = {"fingerprint": F, "opened_by": "x", "worked_on_by": "x"}
        numbers = {
            "opened": NOW,
            "reported": 1,
            "occurrences": 1,
            "last_seen": NOW,
            "distinct_tasks": 1,
            "announced": NOW,
        }
        texts = {name: {"S": value} for name, value in item.items()}
        return {"Item": texts | {name: {"N": str(value)} for name, value in numbers.items()} | {"tasks": {"SS": ["t"]}}}

    def transact_write_items(self, **_: object) -> None:
        self.tried += 1
        if self.tried <= self.times:
            reasons = [{"Code": "None"}, {"Code": "TransactionConflict"}]
            raise self.exceptions.TransactionCanceledException(
                {"CancellationReasons": reasons, "Error": {}}, "TransactWriteItems"
            )
