"""A log of any length becomes one of bounded length that still tells what failed.

Read once, from start to end, with memory that does not grow with the log. What is kept: the head (it says which try
this is and of how many), every line that decides with what surrounds it (the first ones and the last ones, where
there are too many), the last lines that may hold a reason, and the tail.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from responder.intake.markers import DECISIVE, OPENING, TELLING
from responder.intake.shorten import shorten
from responder.model import LogEvent

BUDGET = 96_000  # characters: a queue message has room for twice that after JSON has escaped it
MOST_EVENTS = 2_000  # of any size: an event of one character must not be had for nothing
CHUNK = 2_048  # events searched at once
BEFORE = 20  # events kept before a decisive one: operators log the reason at INFO just before they raise
AFTER = 3  # events kept after it
AFTER_OPENING = 80  # events kept after a line that opens a traceback or a report of pip, one event a line

# Shares of the budget. The last decisive lines have the largest: the failure ends the log.
HEAD, FIRST, LAST, REASONS, TAIL = 0.06, 0.2, 0.34, 0.2, 0.2
ONE_EVENT = 0.2  # the most that one event may take: no more than any shelf of the latest ones has room for

Numbered = tuple[int, LogEvent]


@dataclass(slots=True)
class _Shelf:
    """A bounded number of characters. `latest`: newer events push out older ones; else the first ones stay."""

    room: int
    count: int
    latest: bool
    kept: deque[Numbered] = field(default_factory=deque)
    used: int = 0

    def put(self, item: Numbered) -> bool:
        """Takes the event if it fits or can be made to fit; False where it is refused."""
        kept, room, count = self.kept, self.room, self.count  # once: this runs for each event of a long log
        used = self.used + len(item[1].message)
        if not self.latest and (used > room or len(kept) >= count):
            return False
        kept.append(item)
        while used > room or len(kept) > count:
            used -= len(kept.popleft()[1].message)
        self.used = used
        return True

    def put_last(self, items: list[Numbered]) -> None:
        """All of them, without those that would not stay."""
        room, first = self.room, max(0, len(items) - self.count)
        for index in range(len(items) - 1, first - 1, -1):
            room -= len(items[index][1].message)
            if room < 0:
                first = index + 1
                break
        for item in items[first:]:
            self.put(item)


class _Condenser:
    """The state of one pass."""

    def __init__(self, budget: int) -> None:
        self.one = int(budget * ONE_EVENT)
        self.head, self.first, self.last, self.reasons, self.tail = (
            _Shelf(int(budget * share), int(MOST_EVENTS * share), latest)
            for share, latest in ((HEAD, False), (FIRST, False), (LAST, True), (REASONS, True), (TAIL, True))
        )
        self.seen = 0
        self.at_head = True  # until the head is full, or something decisive was seen
        self.kept_until = -1  # the number of the latest event kept for what decides
        self.owed = 0  # events that still belong to the last decisive one

    def feed(self, chunk: list[LogEvent]) -> None:
        together = "\n".join([event.message for event in chunk])
        deciding = [marker for marker in DECISIVE if marker in together]
        telling = [marker for marker in TELLING if marker in together]
        numbered = [(number, _short(event, self.one)) for number, event in enumerate(chunk, self.seen)]
        if deciding or self.owed or self.at_head:
            for item in numbered:
                self._weigh(item, deciding, telling)
        else:
            self.reasons.put_last([item for item in numbered if _has(item[1].message, telling)] if telling else [])
            self.tail.put_last(numbered)
        self.seen += len(chunk)

    def _weigh(self, item: Numbered, deciding: list[str], telling: list[str]) -> None:
        text = item[1].message
        if self.at_head:
            self.at_head = self.kept_until < 0 and self.head.put(item)
        if _has(text, deciding):
            missing = min(BEFORE, item[0] - self.kept_until - 1)
            for before in reversed([*islice(reversed(self.tail.kept), missing)]):
                self._keep(before)
            self._keep(item)
            opens = _has(text, OPENING) and "\n" not in text.rstrip()
            self.owed = AFTER_OPENING if opens else max(self.owed, AFTER)
        elif self.owed:
            self._keep(item)
            indented = AFTER if text[:1].isspace() else 0  # such a line never ends a traceback
            self.owed = max(self.owed - 1, indented)
        elif _has(text, telling):
            self.reasons.put(item)
        self.tail.put(item)

    def _keep(self, item: Numbered) -> None:
        if not self.first.put(item):
            self.last.put(item)
        self.kept_until = item[0]

    def result(self) -> tuple[LogEvent, ...]:
        kept = dict(
            item for shelf in (self.head, self.first, self.reasons, self.last, self.tail) for item in shelf.kept
        )
        return tuple(kept[number] for number in sorted(kept))


def condense(events: Iterable[LogEvent], budget: int = BUDGET) -> tuple[LogEvent, ...]:
    """At most about `budget` characters of the events, in their order; all of them where they fit."""
    stream = iter(events)
    start = list(_up_to(stream, budget))
    if len(start) <= MOST_EVENTS and sum(len(event.message) for event in start) <= budget:
        return tuple(start)
    condenser = _Condenser(budget)
    while start:
        condenser.feed(start[:CHUNK])
        start = start[CHUNK:] or list(islice(stream, CHUNK))
    return condenser.result()


def _up_to(stream: Iterator[LogEvent], budget: int) -> Iterator[LogEvent]:
    """Events until they are more than the budget, so that a short log passes untouched."""
    used = 0
    for count, event in enumerate(stream, 1):
        yield event
        used += len(event.message)
        if used > budget or count > MOST_EVENTS:
            return


def _short(event: LogEvent, limit: int) -> LogEvent:
    return event if len(event.message) <= limit else LogEvent(event.timestamp, shorten(event.message, limit))


def _has(text: str, markers: Iterable[str]) -> bool:
    for marker in markers:  # a loop, not any(): this runs for each event of a long log  # noqa: SIM110
        if marker in text:
            return True
    return False
