"""A channel and a queue that keep what they are given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from responder.model import Message
from responder.notify.channel import Undelivered
from responder.settings import ChannelName


@dataclass
class Recorder:
    """Takes every message, besides those for which `refusals` has an error."""

    name: ChannelName
    refusals: Iterator[Undelivered | None] = field(default_factory=lambda: iter(()))
    sent: list[tuple[Message, str | None]] = field(default_factory=list)
    tries: int = 0

    def send(self, message: Message, thread: str | None) -> str:
        self.tries += 1
        refusal = next(self.refusals, None)
        if refusal:
            raise refusal
        self.sent.append((message, thread))
        return f"receipt-{len(self.sent)}"


@dataclass
class Queue:
    """Of SQS's client, what sends."""

    bodies: list[tuple[str, int]] = field(default_factory=list)

    def send_message(self, *, QueueUrl: str, MessageBody: str, DelaySeconds: int) -> dict[str, Any]:  # noqa: N803 - botocore's names
        assert QueueUrl
        assert 0 <= DelaySeconds <= 900
        self.bodies.append((MessageBody, DelaySeconds))
        return {}
