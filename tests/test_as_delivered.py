"""What a subscription delivers is a part of a log: the lines that its filter lets through. The rest is read where it matters.

Every labelled log goes the way it would go in AWS: filtered, sighted, completed by a reader that has the whole of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from responder.diagnosis.catalogue import load
from responder.intake.admit import admit
from responder.intake.attempt import refined
from responder.intake.log_subscription import read_payload
from responder.model import Failure, Kind, LogEvent
from responder.pipeline import examine

from cli.cases import read_case
from cli.sandbox.log_filter import compile_filter
from infra.log_patterns import LogType, pattern

CASES = sorted((Path(__file__).parent / "cases").glob("*/case.json"))
RULES = load()
NOW = 1_800_000_000_000
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


def _delivered() -> Iterator[tuple[str, dict[str, Any], list[str]]]:
    """Name, what is expected, and the causes that are found; without logs of which nothing is delivered."""
    for file in CASES:
        case = json.loads(file.read_text())
        kind = case["log_group"].rpartition("-")[2]
        if kind not in set(LogType):
            continue  # MWAA Serverless sends events
        payload, wanted = read_case(file.parent).payload, compile_filter(pattern(LogType(kind)))
        kept = [each for each in payload["logEvents"] if wanted(each["message"])]
        sightings = read_payload({**payload, "logEvents": kept}, now_ms=NOW)
        found = [each for sighting in sightings if (each := examine(sighting, RULES, Library(payload["logEvents"])))]
        if kept:
            yield file.parent.name, case["expected"], [each.diagnosis.cause for each in found]


def test_what_is_delivered_leads_to_what_the_whole_log_says() -> None:
    seen = list(_delivered())
    failed = [each for each in seen if each[1]["category"] != "none"]
    assert len(failed) > 1_900
    assert [name for name, _, causes in failed if not causes] == []  # a failure that is lost
    assert {name for name, said, causes in failed if not _right(said, causes)} <= MORE_BEFORE_IT
    assert [
        (name, causes) for name, said, causes in seen if said["category"] == "none" and causes
    ] == []  # false alarms


def _right(said: dict[str, Any], causes: list[str]) -> bool:
    also = (each if isinstance(each, str) else each["cause"] for each in said.get("also_accept", ()))
    return bool({said["cause"], *also} & set(causes))
