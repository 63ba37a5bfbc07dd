"""SQS queues as event sources of functions: batches, partial failures, visibility and redrive.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from moto.awslambda.models import lambda_backends
from moto.sqs.exceptions import ReceiptHandleIsInvalid
from moto.sqs.models import sqs_backends

from cli.sandbox.lambda_functions import MOST_PROCESSES, Functions, find
from cli.sandbox.workers import Workers

# What Lambda asks of a function's role before it polls for it.
ACTIONS = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
PARTIAL = "ReportBatchItemFailures"


class QueueMappings:
    """Polls for every event source mapping; `allowed(role, action, resource)` decides for the function's role."""

    def __init__(self, functions: Functions, workers: Workers, allowed: Callable[[str, str, str], bool]) -> None:
        self._functions, self._workers, self._allowed = functions, workers, allowed
        self.retry_seconds: float | None = None  # None: what failed comes back when the queue says so
        self._slots: dict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(MOST_PROCESSES))

    def poll(self) -> bool:
        """One round over all mappings; whether there was anything."""
        polled = [self._poll(each) for each in _mappings()]
        return any(polled)

    def queue_names(self) -> list[str]:
        """The queues that functions are to empty."""
        return [each.event_source_arn.rpartition(":")[2] for each in _mappings()]

    def _poll(self, mapping: Any) -> bool:
        slots = self._slots[mapping.uuid]
        if not mapping.enabled or not slots.acquire(blocking=False):
            return False
        function = find(mapping.function_arn)
        messages = self._receive(mapping, function) if function else []
        if not messages:
            slots.release()
            return False

        def work() -> None:
            try:
                self._handle(mapping, function, messages)
            finally:
                slots.release()

        self._workers.start(work)
        return True

    def _receive(self, mapping: Any, function: Any) -> list[Any]:
        queues, name = _queues(mapping)
        if not all(self._allowed(function.role, action, mapping.event_source_arn) for action in ACTIONS):
            return []
        if name not in queues.queues:
            return []
        found: list[Any] = queues.receive_message(
            name, min(int(mapping.batch_size), 10), 0, int(queues.get_queue(name).visibility_timeout)
        )
        return found

    def _handle(self, mapping: Any, function: Any, messages: list[Any]) -> None:
        event = {"Records": [_record(mapping, each) for each in messages]}
        outcome = self._functions.invoke(function, json.dumps(event).encode())
        failed = {each.id for each in messages} if outcome.error else _failed(mapping, outcome.payload, messages)
        queues, name = _queues(mapping)
        for each in messages:
            if each.id not in failed:
                with suppress(ReceiptHandleIsInvalid):  # it took too long, and somebody else has the message by now
                    queues.delete_message(name, each.receipt_handle)
            elif self.retry_seconds is not None:
                queues.change_message_visibility(name, each.receipt_handle, self.retry_seconds)


def _mappings() -> list[Any]:
    return [
        mapping
        for account in list(lambda_backends.values())
        for backend in list(account.values())
        for mapping in list(backend.list_event_source_mappings("", ""))
    ]


def _queues(mapping: Any) -> tuple[Any, str]:
    account, region, name = mapping.account_id, mapping.region, mapping.event_source_arn.rpartition(":")[2]
    return sqs_backends[account][region], name


def _failed(mapping: Any, payload: bytes, messages: list[Any]) -> set[str]:
    """An answer that cannot be understood, or that names a message nobody sent, fails the whole batch."""
    everything = {each.id for each in messages}
    if PARTIAL not in (mapping.function_response_types or ()):
        return set()
    try:
        named = {each["itemIdentifier"] for each in (json.loads(payload) or {}).get("batchItemFailures") or ()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return everything
    unknown = named - everything
    return everything if unknown else named


def _record(mapping: Any, message: Any) -> dict[str, Any]:
    return {
        "messageId": message.id,
        "receiptHandle": message.receipt_handle,
        "body": message.body,
        "attributes": {
            "ApproximateReceiveCount": str(message.approximate_receive_count),
            "SentTimestamp": str(message.sent_timestamp),
            "SenderId": message.sender_id,
            "ApproximateFirstReceiveTimestamp": str(message.approximate_first_receive_timestamp),
        },
        "messageAttributes": {name: _attribute(value) for name, value in message.message_attributes.items()},
        "md5OfBody": message.body_md5,
        "eventSource": "aws:sqs",
        "eventSourceARN": mapping.event_source_arn,
        "awsRegion": mapping.region,
    }


def _attribute(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "stringValue": value.get("StringValue", value.get("string_value")),
        "dataType": value.get("DataType", value.get("data_type")),
    }
