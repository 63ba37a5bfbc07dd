"""What every EventBridge event has around its detail.

https://docs.aws.amazon.com/eventbridge/latest/ref/events-structure.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from responder.intake.fields import mapping, text
from responder.intake.unreadable import UnreadableEvent

ARN_PARTS = 6  # arn:partition:service:region:account:resource


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event's own words, of the right types."""

    source: str
    detail_type: str
    detail: Mapping[str, Any]
    account: str | None
    region: str | None
    time_ms: int  # epoch milliseconds; when it was received, where the event does not say
    resources: tuple[str, ...] = ()

    @property
    def partition(self) -> str:
        """From the region's name: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html."""
        region = self.region or ""
        if region.startswith("cn-"):
            return "aws-cn"
        return "aws-us-gov" if region.startswith("us-gov-") else "aws"

    def resource_name(self, kind: str) -> str | None:
        """The name in the first resource that is a `kind/name`."""
        for arn in self.resources:
            found, separator, name = arn.split(":", ARN_PARTS - 1)[-1].partition("/")
            if separator and found == kind and name:
                return name
        return None


def read_envelope(raw: Mapping[str, Any], *, now_ms: int) -> Envelope:
    """Raises UnreadableEvent where it is no EventBridge event."""
    source, detail_type = text(raw, "source"), text(raw, "detail-type")
    if source is None or detail_type is None:
        raise UnreadableEvent("the event has no source or no detail-type")
    resources = raw.get("resources")
    return Envelope(
        source=source,
        detail_type=detail_type,
        detail=mapping(raw, "detail"),
        account=text(raw, "account"),
        region=text(raw, "region"),
        time_ms=_epoch_ms(text(raw, "time")) or now_ms,
        resources=tuple(each for each in resources if isinstance(each, str)) if isinstance(resources, list) else (),
    )


def _epoch_ms(time: str | None) -> int | None:
    try:
        return int(datetime.fromisoformat(time or "").timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
