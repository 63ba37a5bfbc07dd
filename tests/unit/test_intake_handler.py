"""The first function as Lambda calls it: every event becomes sightings in the queue, or a letter in the other one."""

from __future__ import annotations

import base64
import gzip
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from moto import mock_aws
from responder import intake_handler
from responder.intake.queue_message import from_body
from responder.model import Failure

from tests.stand_ins.lambda_context import Context

REGION = "eu-west-1"
LINE = "[2026-01-01T00:00:00.662+0000] {taskinstance.py:3313} ERROR - Task failed with exception"
STREAM = "dag_id=sales/run_id=scheduled__2026-01-01T00_00_00+00_00/task_id=load/attempt=1.log"


@dataclass
class Intake:
    """The deployed function with its two queues."""

    sqs: Any
    sightings: str
    lost: str

    def handle(self, event: dict[str, Any]) -> int:
        answer = intake_handler.handle(event, Context())  # type: ignore[arg-type]  # a context like Lambda's
        return int(answer["queued"])

    def queued(self) -> list[Failure]:
        return [from_body(each["Body"]) for each in self.letters(self.sightings)]

    def letters(self, queue: str) -> list[dict[str, Any]]:
        answer = self.sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, MessageAttributeNames=["All"])
        found: list[dict[str, Any]] = answer.get("Messages", [])
        return found


@pytest.fixture
def intake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Intake]:
    for name, value in {"AWS_DEFAULT_REGION": REGION, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        _forget()
        sqs = boto3.client("sqs", REGION)
        sightings, lost = (sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("sightings", "lost"))
        monkeypatch.setenv("QUEUE_URL", sightings)
        monkeypatch.setenv("DEAD_LETTER_QUEUE_URL", lost)
        yield Intake(sqs, sightings, lost)
    _forget()


def _forget() -> None:
    """What a new process would not know."""
    intake_handler._settings.cache_clear()
    intake_handler._sqs.cache_clear()


def _forwarded(at_ms: int, messages: tuple[str, ...] = (LINE,)) -> dict[str, Any]:
    """As CloudWatch Logs calls it."""
    payload = {
        "messageType": "DATA_MESSAGE",
        "owner": "123456789012",
        "logGroup": "airflow-analytics-Task",
        "logStream": STREAM,
        "logEvents": [{"id": "1", "timestamp": at_ms, "message": message} for message in messages],
    }
    return {"awslogs": {"data": base64.b64encode(gzip.compress(json.dumps(payload).encode())).decode()}}


def test_a_sighting_says_where_it_comes_from(intake: Intake) -> None:
    assert intake.handle(_forwarded(1_767_225_600_000)) == 1
    (failure,) = intake.queued()
    assert (failure.place.region, failure.place.account, failure.place.environment) == (
        REGION,
        "123456789012",
        "analytics",
    )
    assert failure.seen_at == 1_767_225_600_000


def test_a_clock_that_is_fast_holds_nothing_up(intake: Intake) -> None:
    """A sighting waits for word for some minutes after it was seen, not after what its writer's clock said."""
    intake.handle(_forwarded(int(time.time() * 1000) + 7_200_000))
    (failure,) = intake.queued()
    assert failure.seen_at <= time.time() * 1000


def test_the_same_event_makes_the_same_message(intake: Intake) -> None:
    """Lambda's own retry must not look like another sighting."""
    for _ in range(2):
        intake.handle(_forwarded(1_767_225_600_000))
    assert len({each["Body"] for each in intake.letters(intake.sightings)}) == 1


def test_what_cannot_be_read_is_kept_with_the_reason(intake: Intake) -> None:
    assert intake.handle({"source": "somebody.else", "detail-type": "x", "detail": {}}) == 0
    (letter,) = intake.letters(intake.lost)
    assert "source that is not known" in letter["MessageAttributes"]["reason"]["StringValue"]
    assert json.loads(letter["Body"])["source"] == "somebody.else"


def test_a_queue_that_is_gone_lets_lambda_try_again(intake: Intake) -> None:
    intake.sqs.delete_queue(QueueUrl=intake.sightings)
    with pytest.raises(intake.sqs.exceptions.QueueDoesNotExist):
        intake.handle(_forwarded(1_767_225_600_000))
