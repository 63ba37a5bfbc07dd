"""From a message to confirmed delivery: the first of an incident, and its follow-ups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from responder.incidents.follow_up import Check, FollowUps
from responder.incidents.incident import Incident
from responder.incidents.ledger import Ledger
from responder.incidents.outbox import Letter, Outbox
from responder.model import Message, Occurrences
from responder.notify.channel import Channel
from responder.notify.delivery import Delivery, Postman, State
from responder.notify.routing import route
from responder.report.card import from_card, to_card
from responder.settings import Route


class NotDelivered(Exception):
    """At least one channel has to be tried again; what was confirmed is not sent again. The sighting must come back."""

    def __init__(self, delivery: Delivery) -> None:
        left = [f"{each.channel}: {each.reason}" for each in delivery.results if each.state is not State.SENT]
        super().__init__("; ".join(left) or "no channel is configured")
        self.delivery = delivery


@dataclass(frozen=True, slots=True)
class Announcer:
    """Knows the channels and the routes. Times are epoch milliseconds."""

    ledger: Ledger
    outbox: Outbox
    follow_ups: FollowUps
    postman: Postman
    channels: tuple[Channel, ...]
    routes: Sequence[Route]
    now: Callable[[], int]

    def announce(self, message: Message, incident: Incident) -> Delivery:
        """Delivers the first message of the incident. Raises NotDelivered."""
        letter = self.outbox.open(incident, 0, message.occurrences.count, to_card(message), now=self.now())
        delivery = self._deliver(message, letter, {})
        if not delivery.complete:
            self.ledger.release(incident)
            raise NotDelivered(delivery)
        told = letter.told if letter.sent else message.occurrences.count  # some may have got an earlier try's
        current = self.ledger.announced(incident, told, now=self.now())
        if current:
            self.follow_ups.arm(current, now=self.now())
        return delivery

    def repeated(self, incident: Incident) -> None:
        """A repeat was counted: a follow-up will tell."""
        self.follow_ups.arm(incident, now=self.now())

    def follow_up(self, check: Check) -> Delivery | None:
        """Delivers a follow-up if it is due and there is something to tell; None if not. Raises NotDelivered."""
        incident = self.follow_ups.due(check, now=self.now())
        first = self.outbox.first(incident, now=self.now()) if incident else None
        if incident is None or first is None:
            return None
        letter = self.outbox.open(incident, check.number, incident.count, now=self.now())
        message = self._again(from_card(first.card), incident, letter, check.number)
        delivery = self._deliver(message, letter, first.sent)
        if not delivery.complete:
            raise NotDelivered(delivery)
        current = self.ledger.followed_up(incident, check.number, letter.told, now=self.now())
        current = current or self.ledger.read(incident.fingerprint)  # the note's answer may have been lost on its way
        if current:
            self.follow_ups.arm(current, now=self.now())
        return delivery

    def _deliver(self, message: Message, letter: Letter, threads: dict[str, str]) -> Delivery:
        names = route(message, self.routes, [channel.name for channel in self.channels])
        return self.postman.deliver(message, letter, names, threads)

    def _again(self, message: Message, incident: Incident, letter: Letter, number: int) -> Message:
        occurrences: Occurrences = replace(incident.occurrences, count=letter.told)
        return replace(message, occurrences=occurrences, follow_up=number)
