"""The second function: one queue message at a time, from a sighting to a confirmed message."""

from __future__ import annotations

import hashlib
import os
import time
from functools import cache
from typing import Any, NamedTuple

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from responder import wiring
from responder.counting import count, count_delivery, described
from responder.incidents import follow_up
from responder.intake.queue_message import from_body
from responder.notify.announce import NotDelivered
from responder.pipeline import Ended, InOtherHands, Practice, respond
from responder.report.metric_names import FOLLOW_UPS, HANDLED, NAMESPACE, RESPONDER
from responder.settings import Settings

REMEMBERED_SECONDS = 24 * 60 * 60  # the log service and the queue may deliver a sighting twice, hours apart
# Until a sighting comes by again that waits for a listener's word or for somebody else's announcement, and until the
# first retry of one that a channel did not take: most outages are over by then, the queue's own time is twelve minutes.
AGAIN_SECONDS = 45

# Powertools' idempotency keeps a record of each message, and deletes it where handling fails
ACTIONS = (
    *("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"),
    *("sqs:SendMessage", "sqs:ChangeMessageVisibility"),
)

logger = Logger(service=RESPONDER)
metrics = Metrics(namespace=NAMESPACE, service=RESPONDER)
# A batch of nothing but retries is no error of the function: the queue counts them, and its dead letters raise the alarm.
# Why a message comes again is logged: who finds it among the dead letters has nothing else to go by.
processor = BatchProcessor(
    event_type=EventType.SQS,
    raise_on_entire_batch_failure=False,
    logger=logger,  # type: ignore[arg-type]  # the same library's, with the methods that are called
)
once = IdempotencyConfig(event_key_jmespath="digest", expires_after_seconds=REMEMBERED_SECONDS)


class Waits(Exception):
    """The sighting is to come by again: a listener may still say whether another try follows."""


class Desk(NamedTuple):
    """What is built once for all invocations."""

    settings: Settings
    practice: Practice


@cache
def _desk() -> Desk:
    settings = Settings.from_env(os.environ)
    return Desk(settings, wiring.practice(settings))


@cache
def _memory() -> DynamoDBPersistenceLayer:
    return DynamoDBPersistenceLayer(
        table_name=_desk().settings.table_name, expiry_attr="expires_at", boto3_client=wiring.client("dynamodb")
    )


@metrics.log_metrics
@logger.inject_lambda_context
def handle(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Each message of the batch apart: one that fails comes again, and ends as a dead letter at last."""
    once.register_lambda_context(context)
    metrics.add_metric(HANDLED, MetricUnit.Count, len(event.get("Records", ())))
    return process_partial_response(event=event, record_handler=handle_record, processor=processor, context=context)


def handle_record(record: SQSRecord) -> None:
    """A sighting, or a look at an incident whose follow-up may be due. Raises what makes the message come again."""
    check = follow_up.from_body(record.body)
    try:
        _follow_up(check) if check else _sighting(record.body)
    except NotDelivered as failed:
        count_delivery(failed.delivery)  # the alarm on a refusal does not wait for the last of the retries
        if record.attributes.approximate_receive_count == "1":
            _show_again(record.receipt_handle)
        raise


def _show_again(receipt_handle: str) -> None:
    """Claims and leases were given back, so that the message may be taken up at once."""
    wiring.client("sqs").change_message_visibility(
        QueueUrl=_desk().settings.queue_url, ReceiptHandle=receipt_handle, VisibilityTimeout=AGAIN_SECONDS
    )


def _sighting(body: str) -> None:
    sighting = {"digest": hashlib.sha256(body.encode()).hexdigest(), "body": body}
    remembered = idempotent_function(
        handle_sighting, data_keyword_argument="sighting", persistence_store=_memory(), config=once
    )
    try:
        remembered(sighting=sighting)
    except (Waits, InOtherHands) as again:  # outside of what is remembered: the same message has to be looked at again
        logger.info("comes again", extra={"reason": str(again)})
        wiring.client("sqs").send_message(
            QueueUrl=_desk().settings.queue_url, MessageBody=body, DelaySeconds=AGAIN_SECONDS
        )


def handle_sighting(sighting: dict[str, str]) -> str:
    """How it ended. Raises what makes the sighting come again."""
    failure = from_body(sighting["body"])
    outcome = respond(failure, _desk().practice, _now())
    logger.info("sighting", extra=described(failure, outcome))
    if outcome.ended is Ended.WAITS:
        raise Waits("word may come whether another try follows")
    count(metrics, failure, outcome, _now())
    return outcome.ended.value


def _now() -> int:
    return int(time.time() * 1000)


def _follow_up(check: follow_up.Check) -> None:
    delivery = _desk().practice.announcer.follow_up(check)
    if delivery is None:
        return
    metrics.add_metric(FOLLOW_UPS, MetricUnit.Count, 1)
    count_delivery(delivery)
    logger.info("follow-up", extra={"fingerprint": check.fingerprint, "number": check.number})
