"""What the ledger knows of one incident, and when its follow-ups are due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from responder.model import Occurrences

LISTED_TASKS = 20  # names; a message that lists more is not read
MINUTE = 60_000  # milliseconds


class Role(StrEnum):
    """What the one who saw a failure has to do about it."""

    ANNOUNCE = "announce"  # it is the first, or takes up what the first one left undone
    COUNTED = "counted"  # the incident is known; a follow-up will tell
    BUSY = "busy"  # somebody is at it, and if they are killed this sighting has to take over: try again later


@dataclass(frozen=True, slots=True)
class Incident:
    """One problem, from its first sighting until it was quiet for the window. Times are epoch milliseconds."""

    fingerprint: str
    opened: int  # with the fingerprint, its identity
    opened_by: str  # key of the attempt that was seen first
    count: int
    last_seen: int
    tasks: tuple[str, ...]  # at most LISTED_TASKS
    distinct_tasks: int
    announced: bool  # the first message is confirmed
    reported: int  # the count that the last message told
    reported_at: int
    follow_ups: int  # how many were sent
    armed_until: int  # a check is under way that will come by then; 0: none
    worked_on_by: str  # key of the attempt whose sighting announces it, or tried to

    @property
    def occurrences(self) -> Occurrences:
        return Occurrences(
            count=self.count,
            first_seen=self.opened,
            last_seen=self.last_seen,
            tasks=self.tasks,
            more_tasks=max(0, self.distinct_tasks - len(self.tasks)),
        )


class Sighting(NamedTuple):
    """An incident as it stands, and what is to be done."""

    incident: Incident
    role: Role


class Rhythm(NamedTuple):
    """When an incident is told of again, and when it is over. Minutes."""

    follow_up: int  # the first one; each later one after twice the time
    quiet: int

    def is_over(self, incident: Incident, now: int) -> bool:
        """It was quiet for the window, and all of it was told: what was not is told with whatever comes next."""
        told = incident.announced and incident.count <= incident.reported
        return told and now - incident.last_seen > self.quiet * MINUTE

    def due(self, incident: Incident) -> int:
        """When the next follow-up is due: never later than half the quiet window, so that it comes before the end."""
        minutes = min(self.follow_up << min(incident.follow_ups, 20), max(self.follow_up, self.quiet // 2))
        return incident.reported_at + minutes * MINUTE


def from_item(item: Mapping[str, Any]) -> Incident:
    """Reads the table's item."""
    return Incident(
        fingerprint=item["fingerprint"]["S"],
        opened=int(item["opened"]["N"]),
        opened_by=item["opened_by"]["S"],
        count=int(item["occurrences"]["N"]),
        last_seen=int(item["last_seen"]["N"]),
        tasks=tuple(sorted(item["tasks"]["SS"])),
        distinct_tasks=int(item["distinct_tasks"]["N"]),
        announced="announced" in item,
        reported=_number(item, "reported"),
        reported_at=_number(item, "reported_at"),
        follow_ups=_number(item, "follow_ups"),
        armed_until=_number(item, "armed_until"),
        worked_on_by=item["worked_on_by"]["S"],
    )


def _number(item: Mapping[str, Any], name: str) -> int:
    value: str = item.get(name, {"N": "0"})["N"]
    return int(value)
