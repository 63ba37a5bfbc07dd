"""The event `Failure Diagnosed`, for whoever wants to build on it: tickets, dashboards, automation."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from responder.model import Message
from responder.notify.aws_refusal import refusal, undelivered
from responder.report.as_json import as_json
from responder.report.shorter import fitted
from responder.settings import ChannelName

ACTIONS = ("events:PutEvents",)

SOURCE = "mwaa.failure-responder"
DETAIL_TYPE = "Failure Diagnosed"
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html: 256 KB where the larger size is not offered yet
MOST_BYTES = 250_000


@dataclass(frozen=True, slots=True)
class EventBus:
    """Puts events on one bus."""

    bus: str
    client: Callable[[], Any]
    name: ChannelName = ChannelName.EVENT_BUS

    def send(self, message: Message, _thread: str | None) -> str:
        """The event's id. Raises Undelivered; PutEvents reports a refused entry inside a good answer."""
        from botocore.exceptions import BotoCoreError, ClientError

        entry = {"EventBusName": self.bus, "Source": SOURCE, "DetailType": DETAIL_TYPE, "Detail": detail(message)}
        try:
            answer = self.client().put_events(Entries=[entry])
        except (BotoCoreError, ClientError) as error:
            raise undelivered("the event bus did not take it", error) from error
        result = answer["Entries"][0]
        if answer.get("FailedEntryCount") or "EventId" not in result:
            raise refusal("the event bus refused the event", result.get("ErrorCode", "unknown"))
        return str(result["EventId"])


def detail(message: Message) -> str:
    """The JSON of the failure, how often it was seen, and which message of the incident it is. Fits an event."""
    return fitted(message, _detail, MOST_BYTES)


def _detail(message: Message) -> str:
    seen = message.occurrences
    counted = {"count": seen.count, "first_seen": seen.first_seen, "last_seen": seen.last_seen}
    said = as_json(message) | {"occurrences": counted, "follow_up": message.follow_up}
    return json.dumps(said, separators=(",", ":"))
