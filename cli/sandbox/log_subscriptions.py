"""CloudWatch Logs hands the events that a subscription filter wants to a function.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from typing import Any

from cli.sandbox.lambda_functions import Functions, find
from cli.sandbox.log_filter import compile_filter
from cli.sandbox.resource_policy import lets_service

LOGS = "logs.amazonaws.com"


class LogSubscriptions:
    """Delivers the log events that match a filter."""

    def __init__(self, functions: Functions) -> None:
        self._functions = functions

    def deliver(self, stream: Any, filter_name: str, destination: str, events: Sequence[Mapping[str, Any]]) -> None:
        wanted = compile_filter(stream.log_group.subscription_filters[filter_name].filter_pattern)
        chosen = [event for event in events if wanted(event["message"])]
        function = find(destination)
        if not chosen or function is None or not _permits(function, destination, stream.log_group.arn):
            return  # without permission CloudWatch skips the events: they are not delivered later either
        payload = {
            "messageType": "DATA_MESSAGE",
            "owner": stream.account_id,
            "logGroup": stream.log_group.name,
            "logStream": stream.log_stream_name,
            "subscriptionFilters": [filter_name],
            "logEvents": chosen,
        }
        self._functions.invoke_later(function, json.dumps(subscription_event(payload)).encode())


def subscription_event(payload: Mapping[str, Any]) -> dict[str, Any]:
    """As the function gets it."""
    packed = gzip.compress(json.dumps(payload).encode())
    return {"awslogs": {"data": base64.b64encode(packed).decode()}}


def _permits(function: Any, arn: str, group_arn: str) -> bool:
    policy = {"Statement": function.policy.statements}
    source = f"{group_arn.removesuffix(':*')}:*"
    return lets_service(policy, LOGS, action="lambda:InvokeFunction", resource=arn, source_arn=source)
