"""The listener's word on an attempt is kept for its log, which may come sooner or later."""

from __future__ import annotations

from dataclasses import replace

from responder.incidents.table import Table
from responder.incidents.word import Words
from responder.model import Source

from tests.stand_ins.samples import PLACE, SEEN, failure


def test_keeps_what_the_listener_says(table: Table) -> None:
    words, told = Words(table), failure(source=Source.LISTENER_EVENT, place=replace(PLACE, log_group=None))
    by_log = replace(
        told, source=Source.LOG, attempt=replace(told.attempt, final=None, run_id="manual__2026-01-01T00_00_00_00_00")
    )
    assert words.final(by_log) is None
    assert not words.may_come(by_log, now=SEEN)
    words.note(told, now=SEEN)
    assert words.final(by_log) is True
    assert words.may_come(by_log, now=SEEN)


def test_keeps_what_the_scheduler_says(table: Table) -> None:
    told = failure(place=replace(PLACE, log_group="airflow-analytics-Scheduler"))
    Words(table).note(told, now=SEEN)
    by_log = replace(told, place=PLACE, attempt=replace(told.attempt, final=None))
    assert Words(table).final(by_log) is True
    assert not Words(table).may_come(by_log, now=SEEN)


def test_a_log_that_tells_needs_nobody_to_remember_it(table: Table) -> None:
    told = failure()
    Words(table).note(told, now=SEEN)
    assert Words(table).final(told) is True
    assert Words(table).final(replace(told, attempt=replace(told.attempt, final=None))) is None


def test_keeps_nothing_where_nothing_is_said(table: Table) -> None:
    seen = failure()
    silent = replace(seen, attempt=replace(seen.attempt, final=None))
    Words(table).note(silent, now=SEEN)
    assert Words(table).final(silent) is None
