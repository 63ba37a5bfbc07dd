"""Refusals in the words of single services: the table's wordings applied to a stretch of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from responder.evidence.denial_forms import WORDINGS, Wording
from responder.evidence.flat_text import places
from responder.evidence.lazy_pattern import lazy
from responder.evidence.refusal import Denial, Form

MOST = 25  # refusals of one text; what matters repeats itself
MESSAGE = 4_000  # characters of one message, an encoded blob aside
BLOB = 11_000  # characters of an encoded message, which has at most 10,240
LINE = 1_000  # characters of the verbatim line that is shown
BEFORE = 600  # characters before a marker that may belong to its message


def free(text: str, low: str) -> Iterator[tuple[int, Denial]]:
    """What stands in no SDK's envelope, with its place; each wording once."""
    for wording in WORDINGS:
        if not wording.free:
            continue
        for place in places(low, wording.marker, MOST):
            start, end = max(0, place - BEFORE), place + MESSAGE
            bare = Denial(line=text[max(0, place - 100) : place + LINE], form=wording.form)
            if denial := worded(text, start, end, wording, bare):
                yield place, denial
                break


def worded(text: str, start: int, end: int, wording: Wording, bare: Denial) -> Denial | None:
    """One wording, looked for in a stretch; `bare` is what the envelope says."""
    match = wording.pattern.search(text, start, end + BLOB if wording.form is Form.ENCODED else end)
    if not match:
        return None
    said = {name: value for name, value in match.groupdict().items() if value}
    denial = replace(
        bare,
        form=wording.form,
        kind=wording.kind,
        layer=wording.layer,
        explicit=wording.explicit,
        action=said.get("action") or wording.action,
        principal=said.get("principal"),
        operation=said.get("operation") or (None if wording.form is Form.ROLE_LACKS else bare.operation),
        service=said.get("service") or bare.service or wording.service,
        encoded=said.get("encoded"),
        condition=(said.get("condition") or said.get("rights") or "").strip(),
    )
    return replace(denial, resource=_resource(said) or bare.resource)


def _resource(said: dict[str, str]) -> str | None:
    if bucket := said.get("bucket"):
        key = said.get("key", "").rstrip(".")  # the point that ends the sentence
        return f"arn:aws:s3:::{bucket}/{key}" if key else f"arn:aws:s3:::{bucket}"
    if queue := said.get("queue"):
        return _queue_arn(queue)
    # a comma may be part of a role's name; before another ARN it chains two roles
    return said["resource"].partition(",arn")[0].rstrip(".,") if said.get("resource") else None


_QUEUE = lazy(
    r"(?:sqs\.(?P<new>[a-z0-9-]+)|(?P<old>[a-z0-9-]+)\.queue)\.amazonaws\.com(?:\.cn)?/(?P<account>\d{12})/(?P<name>[\w.-]+)"
)


def _queue_arn(address: str) -> str | None:
    """https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html."""
    match = _QUEUE.search(address)
    if not match:
        return None
    region = match["new"] or match["old"]
    partition = "aws-cn" if region.startswith("cn-") else "aws-us-gov" if region.startswith("us-gov-") else "aws"
    return f"arn:{partition}:sqs:{region}:{match['account']}:{match['name']}"
