"""What a subscription delivers is a part of a log: the lines that its filter lets through. The rest is read where it matters.

Every labelled log goes the way it would go in AWS: filtered, sighted, completed by a reader that has the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from responder.diagnosis.catalogue import load
from responder.intake.admit import admit
from responder.intake.attempt import refined
from responder.intake.log_subscription import read_payload
from responder.model import Failure, Kind, LogEvent
from responder.pipeline import examine

from cli.cases import NO_FAILURE, Case
from cli.sandbox.log_filter import compile_filter
from infra.log_patterns import LogType, pattern
from tests.labelled_logs import CASES

RULES = load()
NOW = 1_800_000_000_000
TOLD_BY_THE_SCHEDULER = {"comp-callback-broken-after-failure"}  # whose own log is delivered
# The exception names another cause than lines before it, and no rule that saw it has a reason to look at those.
MORE_BEFORE_IT = {"live2-af2-unset-variable", "live2-af3-unset-variable", "t050-dsa-q-bits"}


class Library:
    """A reader that has one whole log."""

    def __init__(self, events: list[dict[str, Any]]) -> None:
        self.events = [LogEvent(each["timestamp"], each["message"]) for each in events]

    def complete(self, failure: Failure, _budget: object) -> Failure:
        events = admit(self.events)
        attempt = refined(failure.attempt, events) if failure.kind is Kind.TASK else failure.attempt
        return replace(failure, events=events, attempt=attempt, complete=True)


def _delivered() -> Iterator[tuple[Case, set[str]]]:
    """Each log with the causes that are found; without logs of which nothing is delivered."""
    for case in CASES.values():
        kind = case.payload["logGroup"].rpartition("-")[2]
        if kind not in set(LogType):
            continue  # MWAA Serverless sends events
        logged, wanted = case.payload["logEvents"], compile_filter(pattern(LogType(kind)))
        kept = [each for each in logged if wanted(each["message"])]
        sightings = read_payload({**case.payload, "logEvents": kept}, now_ms=NOW)
        found = [each for sighting in sightings if (each := examine(sighting, RULES, Library(logged)))]
        if kept:
            yield case, {each.diagnosis.cause for each in found}


@pytest.mark.no_cover  # what it runs is measured elsewhere, and measuring doubles its time
def test_what_is_delivered_leads_to_what_the_whole_log_says() -> None:
    seen = list(_delivered())
    failed = [(case, causes) for case, causes in seen if case.label != NO_FAILURE]
    assert len(failed) > 1_900
    assert {case.id for case, causes in failed if not causes} == TOLD_BY_THE_SCHEDULER  # no other failure is lost
    assert {case.id for case, causes in failed if not _right(case, causes)} <= MORE_BEFORE_IT | TOLD_BY_THE_SCHEDULER
    assert [(case.id, causes) for case, causes in seen if case.label == NO_FAILURE and causes] == []  # false alarms


def _right(case: Case, causes: set[str]) -> bool:
    return bool({cause for _, cause in case.accepted} & causes)
