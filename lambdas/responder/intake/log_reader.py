"""Reads the rest of a failure's log, where the sighting's own text is not enough.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from responder.inquiry.aws_fault import in_time, told_as_could_not
from responder.inquiry.question import Budget, CouldNot
from responder.intake.admit import admit
from responder.intake.attempt import refined
from responder.intake.log_stream import Logs, group_of, read_attempt, read_group, serverless_stream_of, stream_of
from responder.intake.markers import DECISIVE
from responder.model import Failure, Kind, LogEvent

ACTIONS = ("logs:GetLogEvents",)
MOST_PAGES = 6  # of at most 1 MB or 10,000 events each
HEAD_EVENTS = 100  # of a log that is longer than these pages: its start says which try this is
AROUND_MS = 5 * 60 * 1000  # of a component's endless log: what was printed so shortly before or after belongs to it
LEAST_SECONDS = 0.2  # for one page


@dataclass(frozen=True, slots=True)
class LogReader:
    """Completes sightings from CloudWatch Logs."""

    client: Callable[[], Any]  # boto3's "logs" client

    def complete(self, failure: Failure, budget: Budget) -> Failure:
        """The failure with the text of its whole log, or of the part that matters. Raises CouldNot."""
        if failure.complete:
            return failure
        group, stream = _where(failure)
        in_time(budget)
        pages = _Pages(self.client(), group, stream, _window(failure), budget)
        with told_as_could_not(ACTIONS[0], f"the log stream {stream}"):
            read, whole = pages.read()
        if not read:
            raise CouldNot(f"the log stream {stream} is empty so far")
        events = admit(read if _decides(read) else _merged(read, failure.events))
        place = replace(failure.place, log_group=group, log_stream=stream)
        attempt = refined(failure.attempt, events) if failure.kind is Kind.TASK else failure.attempt
        return replace(failure, place=place, events=events, attempt=attempt, complete=whole)


@dataclass(slots=True)
class _Pages:
    """One stream, read backwards from its end: what ends an attempt stands there."""

    client: Any
    group: str
    stream: str
    window: dict[str, int]
    budget: Budget

    def read(self) -> tuple[list[LogEvent], bool]:
        """The events in order, and whether they are all there are."""
        pages: list[list[LogEvent]] = []
        token: str | None = None
        for _ in range(MOST_PAGES):
            if pages and self.budget.left() < LEAST_SECONDS:
                break
            given = {"nextToken": token} if token else {}
            answer = self._page(startFromHead=False, **given)
            pages.append(_events(answer))
            if answer.get("nextBackwardToken") in {None, token}:
                return _flat(reversed(pages)), not self.window
            token = answer["nextBackwardToken"]
        tail = _flat(reversed(pages))
        head = self._head() if self.budget.left() >= LEAST_SECONDS and not self.window else []
        first = tail[0].timestamp if tail else 0
        return [*(event for event in head if not tail or event.timestamp < first), *tail], False

    def _head(self) -> list[LogEvent]:
        return _events(self._page(startFromHead=True, limit=HEAD_EVENTS))

    def _page(self, **arguments: Any) -> Any:
        names = {"logGroupName": self.group, "logStreamName": self.stream}
        return self.client.get_log_events(**names, **self.window, **arguments)


def _where(failure: Failure) -> tuple[str, str]:
    """The stream of the attempt itself, also where another log or an event told of it."""
    place = failure.place
    own = place.log_stream is not None and read_attempt(place.log_stream) is not None
    if failure.kind is Kind.TASK and not own and place.environment:
        serverless = place.log_group is not None and read_group(place.log_group).logs is Logs.SERVERLESS
        stream = serverless_stream_of(failure.attempt) if serverless else stream_of(failure.attempt)
        if stream is None:
            raise CouldNot("it is not known exactly which attempt failed, so its log cannot be named")
        return (place.log_group if serverless else None) or group_of(place.environment, Logs.TASK), stream
    if place.log_group is None or place.log_stream is None:
        raise CouldNot("no log stream is known for this failure")
    return place.log_group, place.log_stream


def _window(failure: Failure) -> dict[str, int]:
    """A component's log never ends; a task's and an installation's do."""
    if failure.kind in {Kind.TASK, Kind.REQUIREMENTS} or not failure.seen_at:
        return {}
    last = max((event.timestamp for event in failure.events), default=failure.seen_at)
    return {"startTime": max(0, failure.seen_at - AROUND_MS), "endTime": max(last, failure.seen_at) + AROUND_MS}


def _events(answer: Any) -> list[LogEvent]:
    return [LogEvent(int(each["timestamp"]), str(each["message"])) for each in answer.get("events", ())]


def _flat(pages: Iterable[list[LogEvent]]) -> list[LogEvent]:
    return [event for page in pages for event in page]


def _decides(events: list[LogEvent]) -> bool:
    """The log itself tells of the failure, so what an event said of it would only be said twice."""
    return any(marker in event.message for event in events for marker in DECISIVE if marker != "Starting attempt")


def _merged(read: list[LogEvent], own: tuple[LogEvent, ...]) -> Iterator[LogEvent]:
    yield from read
    seen = {event.message for event in read}
    yield from (event for event in own if event.message not in seen)
