"""Summing up repeats: delayed messages on the queue of sightings, chained until the follow-up is due.

SQS delays a message for 15 minutes at most, so one that is due later comes by and is sent on
(https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delay-queues.html).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from responder.incidents.incident import Incident, Rhythm
from responder.incidents.ledger import Ledger

ACTIONS = ("sqs:SendMessage",)

LONGEST_DELAY = 900  # seconds, SQS's limit
SHORTEST_DELAY = 5  # seconds; a burst that is under way is better counted to its end
LATE_MS = 30 * 60_000  # a check that is so late is lost, and another may be sent

_HEAD = '{"follow_up":'


class Check(NamedTuple):
    """One look at an incident. `number` is that of the follow-up it would send; `due` in epoch milliseconds."""

    fingerprint: str
    opened: int
    number: int
    due: int


def to_body(check: Check) -> str:
    return json.dumps({"follow_up": check._asdict()}, separators=(",", ":"))


def from_body(body: str) -> Check | None:
    """The check that a queue message holds; None for a sighting."""
    return Check(**json.loads(body)["follow_up"]) if body.startswith(_HEAD) else None


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Sends checks on their way."""

    queue_url: str
    sqs: Callable[[], Any]
    ledger: Ledger
    rhythm: Rhythm

    def arm(self, incident: Incident, *, now: int) -> None:
        """Sees to it that repeats which no message has told of will be told of. Safe to call at any time, by many."""
        if not incident.announced or incident.count <= incident.reported or incident.armed_until > now:
            return
        check = Check(incident.fingerprint, incident.opened, incident.follow_ups + 1, self.rhythm.due(incident))
        # First the check, then the note that there is one: killed in between, there are two, and the second finds nothing.
        self.send(check, now=now)
        self.ledger.armed(incident, max(check.due, now) + LATE_MS)

    def send(self, check: Check, *, now: int) -> None:
        """To the queue, to come by when it is due or as late as SQS can do."""
        delay = min(LONGEST_DELAY, max(SHORTEST_DELAY, (check.due - now) // 1000))
        self.sqs().send_message(QueueUrl=self.queue_url, MessageBody=to_body(check), DelaySeconds=delay)

    def due(self, check: Check, *, now: int) -> Incident | None:
        """The incident, if it has something to tell now; else sees to what else has to be done."""
        incident = self.ledger.read(check.fingerprint)
        if incident is None or incident.opened != check.opened:
            return None
        if incident.follow_ups >= check.number:
            self.arm(incident, now=now)
            return None
        if incident.count <= incident.reported:
            return None
        if check.due > now:
            self.send(check, now=now)
            return None
        return incident
