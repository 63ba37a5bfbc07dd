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
CHUNK = 512  # events searched at once
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
        size = len(item[1].message)
        if not self.latest and (self.used + size > self.room or len(self.kept) >= self.count):
            return False
        self.kept.append(item)
        self.used += size
        while self.used > self.room or len(self.kept) > self.count:
            self.used -= len(self.kept.popleft()[1].message)
        return True


class _Condenser:
    """The state of one pass."""

    def __init__(self, budget: int) -> None:
        self.one = int(budget * ONE_EVENT)
        self.head, self.first, self.last, self.reasons, self.tail = (
            _Shelf(int(budget * share), int(MOST_EVENTS * share), latest)
            for share, latest in ((HEAD, False), (FIRST, False), (LAST, True), (REASONS, True), (TAIL, True))
        )
        self.seen = 0
        self.owed = 0  # events that still belong to the last decisive one

    def feed(self, chunk: list[LogEvent]) -> None:
        together = "\n".join([event.message for event in chunk])
        deciding = [marker for marker in DECISIVE if marker in together]
        telling = [marker for marker in TELLING if marker in together]
        if deciding or telling or self.owed or not self.seen:
            for number, event in enumerate(chunk, self.seen):
                self._weigh((number, _short(event, self.one)), deciding, telling)
        else:
            for index in range(_last(chunk, self.tail), len(chunk)):
                self.tail.put((self.seen + index, _short(chunk[index], self.one)))
        self.seen += len(chunk)

    def _weigh(self, item: Numbered, deciding: list[str], telling: list[str]) -> None:
        text = item[1].message
        if not self.first.used:
            self.head.put(item)
        if _has(text, deciding):
            for before in islice(self.tail.kept, max(0, len(self.tail.kept) - BEFORE), None):
                self._keep(before)
            self._keep(item)
            opens = _has(text, OPENING) and "\n" not in text.rstrip()
            self.owed = AFTER_OPENING if opens else max(self.owed, AFTER)
        elif self.owed:
            self._keep(item)
            self.owed = max(
                self.owed - 1, AFTER if text[:1].isspace() else 0
            )  # an indented line never ends a traceback
        elif _has(text, telling):
            self.reasons.put(item)
        self.tail.put(item)

    def _keep(self, item: Numbered) -> None:
        for shelf in (self.first, self.last):
            if shelf.kept and shelf.kept[-1][0] >= item[0]:
                return
        if not self.first.put(item):
            self.last.put(item)

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


def _last(chunk: list[LogEvent], shelf: _Shelf) -> int:
    """The first of a chunk's events that would still be on the shelf after the whole chunk was put there."""
    room = shelf.room
    for index in range(len(chunk) - 1, max(-1, len(chunk) - 1 - shelf.count), -1):
        room -= len(chunk[index].message)
        if room < 0:
            return index
    return max(0, len(chunk) - shelf.count)


def _short(event: LogEvent, limit: int) -> LogEvent:
    return event if len(event.message) <= limit else LogEvent(event.timestamp, shorten(event.message, limit))


def _has(text: str, markers: Iterable[str]) -> bool:
    for marker in markers:  # a loop, not any(): this runs for each event of a long log  # noqa: SIM110
        if marker in text:
            return True
    return False
