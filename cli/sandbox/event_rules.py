"""EventBridge hands an event to the targets of a rule, tries again, and keeps what it cannot deliver.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast

from moto.events.utils import EventTemplateParser
from moto.sqs.models import sqs_backends

from cli.sandbox.lambda_functions import Functions, find
from cli.sandbox.resource_policy import lets_service
from cli.sandbox.workers import Workers

EVENTS = "events.amazonaws.com"
MOST_TRIES = 3  # EventBridge tries for 24 hours; nothing here gets better by waiting
RETRY_SECONDS = 0.2


class Undeliverable(Exception):
    """A target refused; `code` is EventBridge's word for why."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class EventRules:
    """Delivers the events that fit a rule."""

    def __init__(self, functions: Functions, workers: Workers) -> None:
        self._functions, self._workers = functions, workers

    def deliver(self, rule: Any, event: dict[str, Any]) -> None:
        for target in list(rule.targets):
            self._workers.start(partial(self._deliver, rule, target, event))

    def _deliver(self, rule: Any, target: Mapping[str, Any], event: dict[str, Any]) -> None:
        body = _input(target, event)
        for left in reversed(range(MOST_TRIES)):
            try:
                self._send(rule, target["Arn"], body)
            except Undeliverable as error:
                if left and error.code != "NO_PERMISSIONS":
                    self._workers.pause(RETRY_SECONDS)
                    continue
                _to_dead_letters(rule, target, body, error)
            return

    def _send(self, rule: Any, arn: str, body: str) -> None:
        service = arn.split(":")[2]
        if service == "lambda":
            self._to_function(rule, arn, body)
        elif service == "sqs":
            _to_queue(rule, arn, body, {})
        else:
            raise NotImplementedError(f"the sandbox has no events for {arn}")

    def _to_function(self, rule: Any, arn: str, body: str) -> None:
        function = find(arn)
        if function is None:
            raise Undeliverable("RESOURCE_NOT_FOUND", f"there is no function {arn}")
        policy = {"Statement": function.policy.statements}
        if not lets_service(policy, EVENTS, action="lambda:InvokeFunction", resource=arn, source_arn=rule.arn):
            raise Undeliverable("NO_PERMISSIONS", f"{arn} does not let {rule.arn} invoke it")
        self._functions.invoke_later(function, body.encode())


def _to_queue(rule: Any, arn: str, body: str, attributes: Mapping[str, str]) -> None:
    account, region, name = arn.split(":")[4], arn.split(":")[3], arn.split(":")[5]
    queues = sqs_backends[account][region]
    if name not in queues.queues:
        raise Undeliverable("RESOURCE_NOT_FOUND", f"there is no queue {arn}")
    policy = queues.get_queue(name).policy
    if not lets_service(policy, EVENTS, action="sqs:SendMessage", resource=arn, source_arn=rule.arn):
        raise Undeliverable("NO_PERMISSIONS", f"{arn} does not let {rule.arn} send messages")
    queues.send_message(name, body, message_attributes=as_attributes(attributes))


def _to_dead_letters(rule: Any, target: Mapping[str, Any], body: str, error: Undeliverable) -> None:
    arn = target.get("DeadLetterConfig", {}).get("Arn")
    if arn is None:
        return
    why = {"RULE_ARN": rule.arn, "TARGET_ARN": target["Arn"], "ERROR_CODE": error.code, "ERROR_MESSAGE": str(error)}
    _to_queue(rule, arn, body, why)


def as_attributes(texts: Mapping[str, str]) -> dict[str, Any]:
    """Message attributes of SQS, as moto keeps them."""
    return {name: {"DataType": "String", "StringValue": text} for name, text in texts.items()}


def _input(target: Mapping[str, Any], event: dict[str, Any]) -> str:
    if "Input" in target:
        return str(target["Input"])
    if "InputPath" in target:
        raise NotImplementedError("the sandbox knows no InputPath")
    if transformer := target.get("InputTransformer"):
        made = EventTemplateParser.parse(
            transformer["InputTemplate"], transformer.get("InputPathsMap", {}), cast("Any", event)
        )
        return json.dumps(made)
    when = datetime.fromtimestamp(float(event["time"]), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps({**{key: value for key, value in event.items() if key != "ingestion-time"}, "time": when})
