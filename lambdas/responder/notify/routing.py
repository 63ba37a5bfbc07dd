"""Which channels a failure goes to: the first route that fits; where none does, all, for no failure may get lost."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

from responder.model import Message
from responder.settings import ChannelName, Route


def route(message: Message, routes: Sequence[Route], configured: Sequence[ChannelName]) -> tuple[ChannelName, ...]:
    """The channels of the first route that fits and names at least one that is configured, else all."""
    failure = message.failure
    environment, dag = failure.place.environment or "", failure.attempt.dag_id or ""
    for each in routes:
        channels = tuple(name for name in each.channels if name in configured)
        fits = (environment, each.environment), (dag, each.dag), (message.diagnosis.category, each.category)
        if channels and all(fnmatchcase(value, pattern) for value, pattern in fits):
            return channels
    return tuple(configured)
