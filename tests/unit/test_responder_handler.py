"""The function as Lambda calls it: what fails comes again, and leaves a line and a count that say why."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import boto3
import pytest
from moto import mock_aws
from responder import responder_handler, wiring
from responder.intake.queue_message import to_body
from responder.model import LogEvent

from tests.stand_ins import dynamodb as stand_in
from tests.stand_ins.samples import SEEN, failure

REGION = "eu-west-1"
FAILED = (
    "[2026-01-01T00:00:00.662+0000] {taskinstance.py:3313} ERROR - Task failed with exception\n"
    'Traceback (most recent call last):\n  File "/usr/local/airflow/dags/sales.py", line 9, in load\n    work()\n'
    "ZeroDivisionError: division by zero"
)


class Context:
    """Of Lambda's context, what the libraries ask for."""

    function_name = "responder"
    memory_limit_in_mb = 1024
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:responder"
    aws_request_id = "11111111-2222-3333-4444-555555555555"

    def get_remaining_time_in_millis(self) -> int:
        return 120_000


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
    lines: Lines = field(default_factory=Lines)

    def handle(self, *bodies: str) -> list[str]:
        """The ids of the messages that come again."""
        records = [
            {"messageId": str(number), "body": body, "receiptHandle": "r", "eventSource": "aws:sqs"}
            for number, body in enumerate(bodies)
        ]
        answer = responder_handler.handle({"Records": records}, Context())  # type: ignore[arg-type]  # a context like Lambda's
        return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


@pytest.fixture
def function(monkeypatch: pytest.MonkeyPatch) -> Iterator[Function]:
    for name, value in {"AWS_DEFAULT_REGION": REGION, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        _forget()
        sns = boto3.client("sns", REGION)
        topic = sns.create_topic(Name="failures")["TopicArn"]
        monkeypatch.setenv("TOPIC_ARN", topic)
        monkeypatch.setenv("QUEUE_URL", boto3.client("sqs", REGION).create_queue(QueueName="sightings")["QueueUrl"])
        monkeypatch.setenv("TABLE_NAME", stand_in.table(boto3.client("dynamodb", REGION), "ledger"))
        made = Function(sns, topic)
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
    assert function.handle("{}", _sighting()) == ["0"]
    assert any("UnreadableEvent: the queue message does not hold a sighting" in line for line in function.lines.said)


def test_a_refusal_that_leaves_nobody_with_the_message_is_counted_at_once(
    function: Function, capsys: pytest.CaptureFixture[str]
) -> None:
    """The alarm must not wait until the sighting is a dead letter."""
    function.sns.delete_topic(TopicArn=function.topic)
    assert function.handle(_sighting()) == ["0"]
    assert {line.get("channel") for line in _counted(capsys.readouterr().out, "Undelivered")} == {None, "sns"}
    assert any("NotDelivered: sns: the topic did not take it (NotFound)" in line for line in function.lines.said)
