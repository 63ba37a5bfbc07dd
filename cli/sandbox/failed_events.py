"""Where Lambda leaves an asynchronous event that its function failed on for good.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from moto.sqs.models import sqs_backends

from cli.sandbox.event_rules import as_attributes
from cli.sandbox.lambda_runtime_api import Outcome

Allowed = Callable[[str, str, str], bool]  # (role, action, resource)


def keep(function: Any, event: bytes, outcome: Outcome, *, tries: int, allowed: Allowed) -> None:
    """In the dead-letter queue, and with what happened at the destination for failures, if the role may send there."""
    if (arn := getattr(function, "dead_letter_arn", None)) and allowed(function.role, "sqs:SendMessage", arn):
        why = {"ErrorCode": "200", "ErrorMessage": outcome.payload.decode(errors="replace")}
        _send(arn, event.decode(), as_attributes(why))
    for arn in _destinations(function):
        if allowed(function.role, "sqs:SendMessage", arn):
            _send(arn, json.dumps(_record(function, event, outcome, tries)), {})


def _destinations(function: Any) -> list[str]:
    configured = (
        each.config.get("DestinationConfig", {}).get("OnFailure", {}) for each in function.event_invoke_config
    )
    return [each["Destination"] for each in configured if ":sqs:" in each.get("Destination", "")]


def _record(function: Any, event: bytes, outcome: Outcome, tries: int) -> dict[str, Any]:
    return {
        "version": "1.0",
        "timestamp": datetime.now(UTC).isoformat(),
        "requestContext": {
            "functionArn": f"{function.function_arn}:$LATEST",
            "condition": "RetriesExhausted",
            "approximateInvokeCount": tries,
        },
        "requestPayload": json.loads(event),
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": outcome.error},
        "responsePayload": json.loads(outcome.payload or b"null"),
    }


def _send(arn: str, body: str, attributes: dict[str, Any]) -> None:
    account, region, name = arn.split(":")[4], arn.split(":")[3], arn.split(":")[5]
    sqs_backends[account][region].send_message(name, body, message_attributes=attributes)
