"""Labelled cases: a folder with a log and what is right about it, and what the catalogue says of that log.

The format is described in tests/cases/README.md. `evaluate`, `bench` and the tests read cases through this module.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from responder.diagnosis.rank import diagnose
from responder.diagnosis.rule import Rule
from responder.evidence.gather import gather
from responder.intake import event
from responder.model import Diagnosis, Fact, Failure

# Where a case does not say which account its log is from; the documentation's example account.
EXAMPLE_ACCOUNT = "123456789012"

Label = tuple[str, str]  # category, cause

NO_FAILURE: Label = ("none", "none")


@dataclass(frozen=True, slots=True)
class Case:
    """One log with the answer a person gave."""

    id: str
    folder: Path
    payload: Mapping[str, Any]  # as a CloudWatch Logs subscription delivers it, decoded
    accepted: tuple[Label, ...]  # the label first, then those that the log supports as well
    facts: Mapping[str, Fact]

    @property
    def label(self) -> Label:
        return self.accepted[0]


class BadCase(Exception):
    """A folder that is not a readable case; the text says which and why."""


def find_cases(folders: Iterable[Path]) -> Iterator[Case]:
    """All cases at or below the folders, by path. Raises BadCase."""
    for folder in folders:
        for path in sorted(folder.rglob("case.json")):
            yield read_case(path.parent)


def read_case(folder: Path) -> Case:
    """The case in this folder. Raises BadCase."""
    try:
        case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
        lines = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
        events = [json.loads(line) for line in lines if line.strip()]
        expected = case["expected"]
        accepted = [expected, *expected.get("also_accept", ())]
        return Case(
            id=case["id"],
            folder=folder,
            payload=subscription_payload(case["log_group"], case["log_stream"], events),
            accepted=tuple((label["category"], label["cause"]) for label in accepted),
            facts=expected.get("facts", {}),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadCase(f"{folder}: not a readable case ({error!r})") from error


def subscription_payload(log_group: str, log_stream: str, events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Log events in the envelope that a subscription filter puts around them.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
    """
    return {
        "messageType": "DATA_MESSAGE",
        "owner": EXAMPLE_ACCOUNT,
        "logGroup": log_group,
        "logStream": log_stream,
        "subscriptionFilters": ["failures"],
        "logEvents": [
            {"id": f"{number:056d}", "timestamp": each["timestamp"], "message": each["message"]}
            for number, each in enumerate(events)
        ],
    }


def failures_of(case: Case) -> tuple[Failure, ...]:
    """What intake makes of the case's log."""
    last = max((each["timestamp"] for each in case.payload["logEvents"]), default=0)
    return event.read(case.payload, now_ms=last)


def answer(case: Case, rules: Sequence[Rule[Any]]) -> Diagnosis | None:
    """What the catalogue says of the case's log; of several failures the first, the root. None: no failure."""
    for failure in failures_of(case):
        diagnosis = diagnose(gather(failure), tuple(rules))
        if diagnosis is not None:
            return diagnosis
    return None


def label_of(diagnosis: Diagnosis | None) -> Label:
    """The diagnosis in the words of a case's label."""
    return (diagnosis.category.value, diagnosis.cause) if diagnosis else NO_FAILURE


def same_fact(expected: Fact, got: Fact | None) -> bool:
    """Numbers compare as numbers: a line may be 12 or "12"."""
    return got is not None and str(expected) == str(got)
