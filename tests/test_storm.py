"""A storm: many failures at once are few messages with exact counts, and different problems stay apart.

The way from sighting to message is the real one; DynamoDB is on loopback, the channels keep what they are given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws
from responder.diagnosis.catalogue import load
from responder.incidents.follow_up import FollowUps, from_body
from responder.incidents.incident import Rhythm
from responder.incidents.ledger import Ledger
from responder.incidents.outbox import Outbox
from responder.incidents.table import Table
from responder.incidents.word import Words
from responder.intake import event
from responder.model import Failure
from responder.notify.announce import Announcer
from responder.notify.delivery import Postman
from responder.pipeline import Ended, Practice, respond
from responder.settings import AlertPolicy, ChannelName

from cli.cases import read_case
from tests.stand_ins import dynamodb as stand_in
from tests.stand_ins.channels import Queue, Recorder
from tests.stand_ins.no_reader import NoReader

CASES = Path(__file__).parent / "cases"
MANY = 120
NOW = 1_800_000_000_000
RHYTHM = Rhythm(follow_up=15, quiet=360)
DENIED = "real-af2-task-export-to-lake"
TEN = (
    DENIED, "real-af2-task-train-model", "real-af3-task-typo-name", "real-af2-task-oom-pandas", "real-af3-task-no-conn", "real-af3-task-dns-pull",
    "real-af2-task-run-missing-job", "real-pip-two-pins", "real-af2-parse-sql-refresh", "real-af3-task-disk-full",
)  # fmt: skip


@dataclass
class Storm:
    """One deployment, and its clock."""

    dynamodb: Any
    chat: Recorder = field(default_factory=lambda: Recorder(ChannelName.SLACK_WEBHOOK))
    queue: Queue = field(default_factory=Queue)
    now: int = NOW

    def __post_init__(self) -> None:
        table = Table(stand_in.table(self.dynamodb, "ledger"), lambda: self.dynamodb)
        ledger, outbox = Ledger(table, RHYTHM), Outbox(table)
        postman = Postman(outbox, (self.chat,), clock=lambda: self.now / 1000, sleep=lambda _: None)
        follow_ups = FollowUps("queue", lambda: self.queue, ledger, RHYTHM)
        announcer = Announcer(ledger, outbox, follow_ups, postman, (self.chat,), (), lambda: self.now)
        self.practice = Practice(
            load(), NoReader(), dict, ledger, Words(table), announcer, AlertPolicy.WHEN_HOPELESS_OR_LAST
        )

    def hit(self, failure: Failure) -> Ended:
        return respond(failure, self.practice, self.now).ended

    def pass_time(self, hours: int) -> None:
        """What is in the queue comes out when it is due."""
        ends = self.now + hours * 3_600_000
        while self.queue.bodies and self.now < ends:
            due = sorted(self.queue.bodies, key=lambda each: each[1])
            self.queue.bodies = []
            for body, delay in due:
                self.now += delay * 1000 // max(1, len(due))
                check = from_body(body)
                assert check
                self.practice.announcer.follow_up(check)


@pytest.fixture
def storm() -> Iterator[Storm]:
    with mock_aws():
        yield Storm(boto3.client("dynamodb", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x"))


def _failure(case: str) -> Failure:
    return event.read(read_case(CASES / case).payload, now_ms=NOW)[0]


def _again(failure: Failure, number: int) -> Failure:
    """Another attempt that fails the same way: another task for a task, another time for the rest."""
    attempt = failure.attempt
    if attempt.task_id is None:
        return replace(failure, seen_at=failure.seen_at + number)
    return replace(
        failure, attempt=replace(attempt, run_id=f"manual__{number}", task_id=f"{attempt.task_id}_{number % 40}")
    )


def test_many_failures_of_one_cause_are_at_most_three_messages_with_exact_counts(storm: Storm) -> None:
    """`make bench` plays a thousand through the deployed template; moto's table is too slow for that here."""
    failure = _failure(DENIED)
    ended = Counter(storm.hit(_again(failure, number)) for number in range(MANY))
    storm.pass_time(24)
    messages = [message for message, _ in storm.chat.sent]
    assert ended == {Ended.ANNOUNCED: 1, Ended.SILENT: MANY - 1}
    assert len(messages) <= 3
    assert messages[-1].occurrences.count == MANY
    assert len(messages[-1].occurrences.tasks) + messages[-1].occurrences.more_tasks == 40


def test_ten_causes_mixed_are_ten_incidents(storm: Storm) -> None:
    failures = [_failure(case) for case in TEN]
    for number in range(8):
        for failure in failures:
            storm.hit(
                _again(failure, number)
                if failure.attempt.task_id is None
                else replace(failure, attempt=replace(failure.attempt, run_id=f"manual__{number}"))
            )
    firsts = [message for message, _ in storm.chat.sent]
    assert len(firsts) == len({message.fingerprint for message in firsts}) == 10
    storm.pass_time(24)
    last = {message.fingerprint: message.occurrences.count for message, _ in storm.chat.sent}
    assert list(last.values()) == [8] * 10
    assert len(storm.chat.sent) == 20


def test_the_same_sightings_over_and_over_change_nothing(storm: Storm) -> None:
    failure = _failure(DENIED)
    for _ in range(5):
        for number in range(3):
            storm.hit(_again(failure, number))
    storm.pass_time(24)
    assert [message.occurrences.count for message, _ in storm.chat.sent] == [1, 3]
