"""Where moto is taught better: the places in its models that a running sandbox takes over.

Without a running sandbox moto does what it always does.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, Protocol

from moto.awslambda.models import LambdaFunction
from moto.dynamodb.models import DynamoDBBackend
from moto.events.models import Rule
from moto.logs.models import LogStream
from moto.sqs.models import Queue, SQSBackend

from cli.sandbox import iam_simulate

LOOK_EVERY_SECONDS = 0.05


class Deliveries(Protocol):
    """What a sandbox does itself."""

    def rule_fits(self, rule: Any, event: dict[str, Any]) -> None: ...
    def log_events(self, stream: Any, filter_name: str, destination: str, events: list[dict[str, Any]]) -> None: ...
    def invoke(self, function: Any, body: str, headers: Any, answer_headers: Any) -> str | bytes: ...


_running: list[Deliveries] = []


def take_over(deliveries: Deliveries) -> None:
    """One sandbox at a time: moto's models are of the whole process."""
    _install()
    if _running:
        raise RuntimeError("a sandbox is running in this process already")
    _running.append(deliveries)


def give_back() -> None:
    _running.clear()


@cache
def _install() -> None:
    iam_simulate.install()
    for model, name, instead in (
        (Rule, "send_to_targets", _send_to_targets),
        (LogStream, "_send_log_events", _send_log_events),
        (LambdaFunction, "invoke", _invoke),
    ):
        _replace(model, name, instead)
    # The sandbox polls by itself: moto's mapping forgets what fails.
    setattr(Queue, "lambda_event_source_mappings", property(lambda _: {}, lambda *_: None))  # noqa: B010 # mypy
    # moto's queues and tables lose updates when threads meet in them.
    queues, tables = threading.RLock(), threading.RLock()
    for name in ("add_message", "delete_message"):
        _lock(Queue, name, queues)
    _lock(SQSBackend, "change_message_visibility", queues)
    setattr(SQSBackend, "receive_message", _receive(SQSBackend.receive_message, queues))  # noqa: B010 # mypy
    for name in ("put_item", "update_item", "delete_item", "transact_write_items"):
        _lock(DynamoDBBackend, name, tables)


def _replace(model: Any, name: str, instead: Callable[..., Any]) -> None:
    original = getattr(model, name)

    @wraps(original)
    def method(self: Any, *args: Any, **named: Any) -> Any:
        return instead(self, *args, **named) if _running else original(self, *args, **named)

    setattr(model, name, method)


def _lock(model: Any, name: str, lock: threading.RLock) -> None:
    original = getattr(model, name)

    @wraps(original)
    def method(*args: Any, **named: Any) -> Any:
        with lock:
            return original(*args, **named)

    setattr(model, name, method)


def _receive(original: Callable[..., Any], lock: threading.RLock) -> Callable[..., Any]:
    """A long poll that does not keep the lock while it waits."""

    @wraps(original)
    def receive(self: Any, queue: str, count: int, wait: float, *more: Any) -> Any:
        ends = time.monotonic() + wait
        while True:
            with lock:
                found = original(self, queue, count, 0, *more)
            if found or time.monotonic() >= ends:
                return found
            time.sleep(LOOK_EVERY_SECONDS)

    return receive


def _send_to_targets(rule: Any, event: dict[str, Any], transform_input: bool = True) -> None:  # noqa: ARG001, FBT001, FBT002
    if rule.state == "ENABLED" and rule.event_pattern.matches_event(event):
        _running[0].rule_fits(rule, dict(event))


def _send_log_events(
    stream: Any, service: str, destination_arn: str, filter_name: str, log_events: list[dict[str, Any]]
) -> None:
    if service != "lambda":
        raise NotImplementedError(f"the sandbox sends logs to functions, not to {destination_arn}")
    _running[0].log_events(stream, filter_name, destination_arn, log_events)


def _invoke(function: Any, body: str, request_headers: Any, response_headers: Any) -> str | bytes:
    return _running[0].invoke(function, body, request_headers, response_headers)
