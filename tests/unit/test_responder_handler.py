"""The function as Lambda calls it: what fails comes again, and leaves a line and a count that say why."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import boto3
import pytest
from moto import mock_aws
from moto.sqs.models import sqs_backends
from responder import responder_handler, wiring
from responder.intake.queue_message import from_body, to_body
from responder.model import LogEvent, Source
from responder.pipeline import examine
from responder.report.fingerprint import attempt_key, fingerprint

from tests.stand_ins import dynamodb as stand_in
from tests.stand_ins.lambda_context import Context
from tests.stand_ins.samples import SEEN, failure

REGION = "eu-west-1"
FAILED = (
    "[2026-01-01T00:00:00.662+0000] {taskinstance.py:3313} ERROR - Task failed with exception\n"
    'Traceback (most recent call last):\n  File "/usr/local/airflow/dags/sales.py", line 9, in load\n    work()\n'
    "ZeroDivisionError: division by zero"
)
THROTTLED = (
    "botocore.exceptions.ClientError: An error occurred (ThrottlingException) when calling the GetJobRun operation: "
    "Rate exceeded"
)


class Lines(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = (
            f" {record.exc_info[0].__name__}: {record.exc_info[1]}" if record.exc_info and record.exc_info[0] else ""
        )
        self.said.append(record.getMessage() + error)


@dataclass
class Function:
    """The deployed function with its queue, table and topic."""

    sns: Any
    topic: str
    sqs: Any
    queue: str
    lines: Lines = field(default_factory=Lines)

    def handle(self, *bodies: str) -> list[str]:
        """The bodies that fail: the queue brings them again."""
        for body in bodies:
            self.sqs.send_message(QueueUrl=self.queue, MessageBody=body)
        messages = self.sqs.receive_message(
            QueueUrl=self.queue, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"], VisibilityTimeout=720
        )["Messages"]
        answer = responder_handler.handle({"Records": [_record(each) for each in messages]}, Context())  # type: ignore[arg-type]  # a context like Lambda's
        failed = {each["itemIdentifier"] for each in answer["batchItemFailures"]}
        return [each["Body"] for each in messages if each["MessageId"] in failed]

    @property
    def waiting(self) -> dict[str, str]:
        """How many messages the queue holds, by what they wait for."""
        attributes: dict[str, str] = self.sqs.get_queue_attributes(QueueUrl=self.queue, AttributeNames=["All"])[
            "Attributes"
        ]
        return attributes


def _record(message: dict[str, Any]) -> dict[str, Any]:
    """As Lambda hands it over."""
    return {
        "messageId": message["MessageId"],
        "body": message["Body"],
        "receiptHandle": message["ReceiptHandle"],
        "attributes": message["Attributes"],
        "eventSource": "aws:sqs",
    }


@pytest.fixture
def function(monkeypatch: pytest.MonkeyPatch) -> Iterator[Function]:
    for name, value in {"AWS_DEFAULT_REGION": REGION, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        _forget()
        sns = boto3.client("sns", REGION)
        topic = sns.create_topic(Name="failures")["TopicArn"]
        monkeypatch.setenv("TOPIC_ARN", topic)
        sqs = boto3.client("sqs", REGION)
        queue = sqs.create_queue(QueueName="sightings")["QueueUrl"]
        monkeypatch.setenv("QUEUE_URL", queue)
        monkeypatch.setenv("TABLE_NAME", stand_in.table(boto3.client("dynamodb", REGION), "ledger"))
        made = Function(sns, topic, sqs, queue)
        responder_handler.logger.addHandler(made.lines)
        yield made
        responder_handler.logger.removeHandler(made.lines)
    _forget()


def _forget() -> None:
    """What a new process would not know."""
    for each in (responder_handler._desk, responder_handler._memory, wiring.client):
        each.cache_clear()


def _sighting(**changes: Any) -> str:
    return to_body(failure(**({"events": (LogEvent(SEEN, FAILED),), "complete": True} | changes)))


def _counted(text: str, name: str) -> list[dict[str, Any]]:
    """The metrics of that name in what was printed."""
    lines = [json.loads(line) for line in text.splitlines() if line.startswith('{"_aws"')]
    return [line for line in lines if name in line]


def test_a_message_that_arrived_does_not_come_again(function: Function) -> None:
    assert function.handle(_sighting()) == []
    assert any(line == "sighting" for line in function.lines.said)


def test_what_cannot_be_handled_says_why_in_the_log(function: Function) -> None:
    """It becomes a dead letter in the end, and whoever finds it there has nothing but the log."""
    assert function.handle("{}", _sighting()) == ["{}"]
    assert any("UnreadableEvent: the queue message does not hold a sighting" in line for line in function.lines.said)


def test_a_refusal_that_leaves_nobody_with_the_message_is_counted_at_once(
    function: Function, capsys: pytest.CaptureFixture[str]
) -> None:
    """The alarm must not wait until the sighting is a dead letter."""
    function.sns.delete_topic(TopicArn=function.topic)
    assert function.handle(_sighting()) == [_sighting()]
    assert {line.get("channel") for line in _counted(capsys.readouterr().out, "Undelivered")} == {None, "sns"}
    assert any("NotDelivered: sns: the topic did not take it (NotFound)" in line for line in function.lines.said)


def test_what_a_channel_did_not_take_is_tried_again_within_the_minute(function: Function) -> None:
    function.sns.delete_topic(TopicArn=function.topic)
    assert function.handle(_sighting())
    hidden = _hidden_seconds(function)
    assert 0 < hidden <= responder_handler.AGAIN_SECONDS


def _hidden_seconds(function: Function) -> float:
    """For how long the queue hides its only message."""
    (message,) = sqs_backends["123456789012"][REGION].queues["sightings"]._messages
    return float(message.visible_at / 1000 - time.time())


def test_a_sighting_of_an_attempt_that_is_being_announced_comes_by_later(function: Function) -> None:
    """By the listener's event and by its log: whoever is killed, the other one takes over."""
    told = failure()
    ledger = responder_handler._desk().practice.ledger
    identity = _fingerprint()
    ledger.sight(identity, attempt_key(told), "sales.load", now=int(time.time() * 1000))
    assert function.handle(_sighting()) == []
    assert function.waiting["ApproximateNumberOfMessagesDelayed"] == "1"
    assert "comes again" in function.lines.said


def test_a_sighting_that_waits_for_word_comes_by_later(function: Function) -> None:
    """Nothing else would bring it: the message that said so is done."""
    now = int(time.time() * 1000)
    attempt = replace(failure().attempt, final=None)
    heals = LogEvent(SEEN, FAILED.replace("ZeroDivisionError: division by zero", THROTTLED))
    told = failure(source=Source.LISTENER_EVENT, attempt=replace(attempt, run_id="another", final=True))
    responder_handler._desk().practice.words.note(told, now=now)
    assert function.handle(_sighting(events=(heals,), attempt=attempt, seen_at=now)) == []
    assert function.waiting["ApproximateNumberOfMessagesDelayed"] == "1"
    assert "comes again" in function.lines.said


def _fingerprint() -> str:
    """Of what `_sighting` tells."""
    examined = examine(from_body(_sighting()), responder_handler._desk().practice.rules, None)
    assert examined
    return fingerprint(examined.failure, examined.diagnosis)
