"""The first function: turns any event into sightings of failures and queues them. It reads nothing from AWS."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from responder.intake.event import UnreadableEvent, read
from responder.intake.queue_message import to_body
from responder.intake.scrub import scrub
from responder.model import Failure
from responder.report.metric_names import INTAKE, NAMESPACE, SIGHTED, UNREADABLE
from responder.settings import Settings

# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
MOST_ENTRIES = 10
MOST_BATCH_BYTES = 256 * 1024
MOST_DEAD_LETTER_CHARACTERS = 200_000

logger = Logger(service=INTAKE)
metrics = Metrics(namespace=NAMESPACE, service=INTAKE)


class NotQueued(Exception):
    """SQS did not take some sightings; Lambda's own retry brings the event again."""


@cache
def _settings() -> Settings:
    return Settings.from_env(os.environ)


@cache
def _sqs() -> Any:
    import boto3

    return boto3.client("sqs")


@metrics.log_metrics
@logger.inject_lambda_context
def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """Queues one message per sighting. Raises NotQueued where SQS refuses some of them."""
    now = int(time.time() * 1000)
    try:
        failures = [_placed(each, context, now) for each in read(event, now_ms=now)]
    except UnreadableEvent as unreadable:
        _set_aside(event, str(unreadable))
        return {"queued": 0}
    for batch in _batches(to_body(failure) for failure in failures):
        _send(batch)
    metrics.add_metric(SIGHTED, MetricUnit.Count, len(failures))
    logger.info("queued", extra={"sightings": len(failures), "request": context.aws_request_id})
    return {"queued": len(failures)}


def _placed(failure: Failure, context: LambdaContext, now: int) -> Failure:
    """CloudWatch Logs names no region: its subscription filters only reach functions of their own.

    A time is whatever the writer's clock said; one that is still to come would let a sighting wait for word until then.
    """
    _, partition, _, region, account, *_ = context.invoked_function_arn.split(":")
    failure = replace(failure, seen_at=min(failure.seen_at, now))
    place = failure.place
    if place.region:
        return failure
    return replace(failure, place=replace(place, region=region, partition=partition, account=place.account or account))


def _batches(bodies: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for body in bodies:
        length = len(body.encode())
        if batch and (len(batch) == MOST_ENTRIES or size + length > MOST_BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(body)
        size += length
    if batch:
        yield batch


def _send(batch: list[str]) -> None:
    entries = [{"Id": str(index), "MessageBody": body} for index, body in enumerate(batch)]
    answer = _sqs().send_message_batch(QueueUrl=_settings().queue_url, Entries=entries)
    refused = answer.get("Failed", [])
    if refused:
        raise NotQueued(f"{len(refused)} of {len(batch)} sightings were not queued: {refused[0].get('Code')}")


def _set_aside(event: dict[str, Any], reason: str) -> None:
    """Trying again can never help here, so the event goes where a person can look at it."""
    logger.warning("unreadable event", extra={"reason": reason})
    metrics.add_metric(UNREADABLE, MetricUnit.Count, 1)
    queue = _settings().dead_letter_queue_url
    if queue is None:
        raise UnreadableEvent(reason)
    text = scrub(json.dumps(event, default=str)[:MOST_DEAD_LETTER_CHARACTERS])
    _sqs().send_message(
        QueueUrl=queue,
        MessageBody=text or "{}",
        MessageAttributes={"reason": {"DataType": "String", "StringValue": reason[:256] or "unreadable"}},
    )
