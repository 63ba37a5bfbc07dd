"""The contract between a channel and the delivery: one method, and an error that says whether trying again makes sense."""

from __future__ import annotations

from typing import Protocol

from responder.model import Message
from responder.settings import ChannelName


class Undelivered(Exception):
    """A channel did not take a message. `retry_after`: seconds, where the service named them."""

    def __init__(self, reason: str, *, recoverable: bool, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.recoverable = recoverable
        self.retry_after = retry_after


class Channel(Protocol):
    """Where messages go. Everything that differs between two channels is inside."""

    @property
    def name(self) -> ChannelName: ...

    def send(self, message: Message, thread: str | None) -> str:
        """Sends it and returns a receipt; `thread` is the receipt of the incident's first message. Raises Undelivered."""
        ...
