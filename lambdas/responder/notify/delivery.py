"""Hands one message to all its channels at once: claim, send, confirm for each, so that one that is down repeats no other."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from responder.incidents.outbox import Letter, Outbox
from responder.model import Message
from responder.notify.channel import Channel, Undelivered
from responder.settings import ChannelName

BUDGET = 25.0  # seconds for all tries of one channel; the function has 120 for everything
FIRST_PAUSE = 0.5  # seconds, doubled from try to try, each time with jitter
MOST_TRIES = 6
CONFIRM_PAUSES = (1.0, 2.0, 4.0, 8.0)  # seconds; what was sent and is not noted is sent again
PEOPLE = frozenset(ChannelName) - {ChannelName.EVENT_BUS}


class State(StrEnum):
    """How far a message got on one channel."""

    SENT = "sent"
    SENT_BEFORE = "sent-before"
    REFUSED = "refused"  # for good
    PENDING = "pending"  # try again later


class Result(NamedTuple):
    """What became of it on one channel."""

    channel: ChannelName
    state: State
    reason: str = ""


class Delivery(NamedTuple):
    """What became of it on all."""

    results: tuple[Result, ...]

    @property
    def complete(self) -> bool:
        """Somebody has it, and no channel is to be tried again. A bus is nobody, but where only a bus is to have it."""
        if any(result.state is State.PENDING for result in self.results):
            return False
        readers = [result for result in self.results if result.channel in PEOPLE] or self.results
        return any(result.state in {State.SENT, State.SENT_BEFORE} for result in readers)

    def channels(self, state: State) -> tuple[ChannelName, ...]:
        return tuple(result.channel for result in self.results if result.state is state)


@dataclass(frozen=True, slots=True)
class Postman:
    """Delivers. Clock, pause and chance are arguments so that tests need not wait."""

    outbox: Outbox
    channels: tuple[Channel, ...]  # all that are configured
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    def deliver(
        self, message: Message, letter: Letter, names: Sequence[ChannelName], threads: dict[str, str]
    ) -> Delivery:
        """To the named channels; where one that people read refuses for good, also to the others that they read."""
        wanted = [channel for channel in self.channels if channel.name in names]
        results = self._all(message, letter, wanted, threads)
        refused = [result for result in results if result.state is State.REFUSED]
        if any(result.channel in PEOPLE for result in refused) or len(refused) == len(results):
            spare = [each for each in self.channels if each.name in PEOPLE and each.name not in names]
            notes = tuple(f"It came here because {each.channel} refuses it: {each.reason}." for each in refused)
            results += self._all(replace(message, notes=(*message.notes, *notes)), letter, spare, threads)
        delivery = Delivery(results)
        self._remember_refusals(letter, delivery)
        return delivery

    def _remember_refusals(self, letter: Letter, delivery: Delivery) -> None:
        """Where nobody has the message, a refusal is not the end: a person may have mended it by the next try."""
        for result in delivery.results:
            if result.state is State.REFUSED and result.channel not in letter.refused:
                if delivery.complete:
                    self.outbox.refuse(letter, result.channel, result.reason)
                else:
                    self.outbox.give_back(letter, result.channel)

    def _all(
        self, message: Message, letter: Letter, channels: Sequence[Channel], threads: dict[str, str]
    ) -> tuple[Result, ...]:
        if not channels:
            return ()
        with ThreadPoolExecutor(max_workers=len(channels)) as pool:
            return tuple(pool.map(lambda each: self._one(message, letter, each, threads.get(each.name)), channels))

    def _one(self, message: Message, letter: Letter, channel: Channel, thread: str | None) -> Result:
        name = channel.name
        if name in letter.sent:
            return Result(name, State.SENT_BEFORE)
        if name in letter.refused:
            return Result(name, State.REFUSED, letter.refused[name])
        if not self.outbox.claim(letter, name, now=self._now()):
            return Result(name, State.PENDING, "somebody else is sending it")
        try:
            receipt = self._persist(message, channel, thread)
        except Undelivered as undelivered:
            return self._not_sent(letter, name, undelivered)
        self._confirm(letter, name, receipt)
        return Result(name, State.SENT)

    def _confirm(self, letter: Letter, name: ChannelName, receipt: str) -> None:
        """Notes that it was sent; this is worth more patience than anything else. Raises what the last try raised."""
        from botocore.exceptions import BotoCoreError, ClientError

        for pause in CONFIRM_PAUSES:
            try:
                return self.outbox.confirm(letter, name, receipt)
            except (BotoCoreError, ClientError):
                self.sleep(pause)
        return self.outbox.confirm(letter, name, receipt)

    def _persist(self, message: Message, channel: Channel, thread: str | None) -> str:
        """Tries while it can help and the budget lasts. Raises the last Undelivered."""
        ends = self.clock() + BUDGET
        for tried in range(MOST_TRIES):
            try:
                return channel.send(message, thread)
            except Undelivered as undelivered:
                pause = undelivered.retry_after or FIRST_PAUSE * 2**tried * (0.5 + self.chance())
                if not undelivered.recoverable or tried == MOST_TRIES - 1 or self.clock() + pause > ends:
                    raise
                self.sleep(pause)
        raise AssertionError  # the last try returns or raises

    def _not_sent(self, letter: Letter, name: ChannelName, undelivered: Undelivered) -> Result:
        if undelivered.recoverable:
            self.outbox.give_back(letter, name)
            return Result(name, State.PENDING, undelivered.reason)
        return Result(name, State.REFUSED, undelivered.reason)

    def _now(self) -> int:
        return int(self.clock() * 1000)
