"""What has arrived of a row's failure, on each channel: what the person, the mail box and the bus got."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from responder.notify.slack import AGAIN

from cli.sandbox.sandbox import Sandbox

CHANNELS = ("slack", "sns", "events")


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Of one failure, which is known by the name of its DAG. `followed_up`: it repeats, so a second message is due."""

    aws: Sandbox
    stack: Any
    events: str  # the address of the queue where every event of ours ends
    dag: str
    followed_up: bool

    @property
    def expected(self) -> int:
        return len(CHANNELS) * (1 + self.followed_up)

    def sent(self) -> Counter[tuple[str, bool]]:
        """How often each channel has it, the first message and the follow-up apart."""
        return Counter((*self._posts(), *self._mails(), *self._events()))

    def lost(self, *, first_only: bool = False) -> int:
        """Messages that did not arrive."""
        due = (False,) if first_only or not self.followed_up else (False, True)
        sent = self.sent()
        return sum(sent[channel, again] == 0 for channel in CHANNELS for again in due)

    def doubled(self) -> int:
        """Messages too many; a follow-up of what did not repeat is one too."""
        return sum(count - (self.followed_up or not again) for (_, again), count in self.sent().items())

    def in_doubt(self) -> int:
        """Messages that channels have, but of which no receipt is noted."""
        return max(0, self.sent().total() - self._noted())

    def complete(self, *, first_only: bool = False) -> bool:
        """All are there, and noted: a fault may be meant for the notes."""
        return not self.lost(first_only=first_only) and not self.aws.busy()

    def dead(self) -> bool:
        """Something became a dead letter."""
        return bool(
            self.aws.waiting(self.stack.outputs["DeadSightingsUrl"])
            + self.aws.waiting(self.stack.outputs["LostEventsUrl"])
        )

    def _posts(self) -> list[tuple[str, bool]]:
        posts = [json.dumps(post, ensure_ascii=False) for post in self.aws.slack.posts]
        return [("slack", AGAIN in post) for post in posts if self.dag in post]

    def _mails(self) -> list[tuple[str, bool]]:
        mails = [mail for mail in self.aws.messages() if self.dag in mail["Message"]]
        return [("sns", mail["MessageAttributes"]["follow_up"]["Value"] == "true") for mail in mails]

    def _events(self) -> list[tuple[str, bool]]:
        events = [json.loads(body)["detail"] for body in self.aws.waiting(self.events) if self.dag in body]
        return [("events", detail["follow_up"] > 0) for detail in events]

    def _noted(self) -> int:
        """The receipts in the messages' own items; a follow-up's item has the name of the first's, but for its number."""
        items = self.aws.client("dynamodb").scan(TableName=self.stack.outputs["TableName"])["Items"]
        ours = {_incident(item["id"]["S"]) for item in items if self.dag in item.get("card", {}).get("S", "")}
        return sum(name.startswith("sent_") for item in items if _incident(item["id"]["S"]) in ours for name in item)


def _incident(key: str) -> str:
    return key.rpartition("#")[0]
