"""One message of an incident, and how far each channel has got with it: claim, then send, then confirm.

Whoever is killed between claim and confirm leaves a claim that runs out; what was confirmed is never sent again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from responder.incidents.incident import Incident
from responder.incidents.ledger import KEEP_MS, LEASE_MS
from responder.incidents.table import Item, Table, Value


class Letter(NamedTuple):
    """A message on its way. `told` is the count in it: the same for every channel and every try."""

    id: str
    told: int
    card: str  # what a follow-up needs to say it all again; "" in follow-ups
    sent: dict[str, str]  # channel -> receipt
    refused: dict[str, str]  # channel -> why, for good


@dataclass(frozen=True, slots=True)
class Outbox:
    """Kept in the ledger's table. Times are epoch milliseconds."""

    table: Table
    lease_ms: int = LEASE_MS

    def open(self, incident: Incident, number: int, told: int, card: str = "", *, now: int) -> Letter:
        """The message of this number, with what was recorded of it before; 0 is the first, n its nth follow-up."""
        update = "SET told = if_not_exists(told, :told), card = if_not_exists(card, :card), expires_at = :expires"
        values: dict[str, Value] = {":told": told, ":card": card, ":expires": (now + KEEP_MS) // 1000}
        item = self.table.update(_id(incident, number), update, None, values)
        return _letter(_id(incident, number), item or {})

    def first(self, incident: Incident, *, now: int) -> Letter | None:
        """The first message, if there is one; kept anew, for follow-ups need it as long as the incident lasts."""
        key = _id(incident, 0)
        expires: dict[str, Value] = {":expires": (now + KEEP_MS) // 1000}
        item = self.table.update(key, "SET expires_at = :expires", "attribute_exists(id)", expires)
        return _letter(key, item) if item else None

    def claim(self, letter: Letter, channel: str, *, now: int) -> bool:
        """True: this caller may send. False: it was sent, or somebody else is at it."""
        claim, sent = _name("claim", channel), _name("sent", channel)
        free = f"attribute_not_exists({claim}) OR {claim} < :now"
        ours = f"{claim} = :until"  # the answer to this very call was lost, and boto3 asks again
        condition = f"attribute_not_exists({sent}) AND ({free} OR {ours})"
        values: dict[str, Value] = {":until": now + self.lease_ms, ":now": now}
        return self.table.update(letter.id, f"SET {claim} = :until", condition, values) is not None

    def confirm(self, letter: Letter, channel: str, receipt: str) -> None:
        """The channel took it."""
        self.table.update(letter.id, f"SET {_name('sent', channel)} = :receipt", None, {":receipt": receipt})

    def give_back(self, letter: Letter, channel: str) -> None:
        """It was not sent, and may be tried again at once."""
        self.table.update(letter.id, f"SET {_name('claim', channel)} = :zero", None, {":zero": 0})

    def refuse(self, letter: Letter, channel: str, reason: str) -> None:
        """The channel will never take it."""
        self.table.update(letter.id, f"SET {_name('refused', channel)} = :reason", None, {":reason": reason[:500]})


def _id(incident: Incident, number: int) -> str:
    return f"message#{incident.fingerprint}#{incident.opened}#{number}"


def _name(state: str, channel: str) -> str:
    """An attribute's name: DynamoDB takes no dash in it without a detour."""
    return f"{state}_{channel.replace('-', '_')}"


def _letter(key: str, item: Item | dict[str, Any]) -> Letter:
    return Letter(
        id=key,
        told=int(item.get("told", {"N": "0"})["N"]),
        card=item.get("card", {"S": ""})["S"],
        sent=_states(item, "sent_"),
        refused=_states(item, "refused_"),
    )


def _states(item: Item | dict[str, Any], head: str) -> dict[str, str]:
    return {
        name.removeprefix(head).replace("_", "-"): value["S"] for name, value in item.items() if name.startswith(head)
    }
