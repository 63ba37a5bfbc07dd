"""The topic that Amazon Q Developer in chat applications posts to Slack or Teams from, in its custom notification schema.

https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html: the texts are Markdown of the chat, so that what
comes from a log has to lose its markup; `threadId` keeps follow-ups in one thread.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from responder.model import Message
from responder.notify.aws_refusal import undelivered
from responder.notify.sns import attributes
from responder.notify.sns_text import inert
from responder.report.fitting import Part, cut, fit
from responder.report.wording import headline, origin, proof, repeats
from responder.settings import ChannelName

ACTIONS = ("sns:Publish",)

MOST_IN_TITLE = 250
MOST_IN_DESCRIPTION = 3_000  # it becomes one text of the chat: Slack's limit
MOST_STEPS = 5
MOST_IN_STEP = 500
_CODE = frozenset({"artifact", "evidence"})  # parts between fences
_MARKUP = re.compile(r"[*_~`|\[\]\\<>&@#!]")
_FULL_WIDTH = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}


@dataclass(frozen=True, slots=True)
class AmazonQ:
    """Publishes to one topic."""

    topic_arn: str
    client: Callable[[], Any]
    name: ChannelName = ChannelName.AMAZON_Q

    def send(self, message: Message, _thread: str | None) -> str:
        """The message's id at SNS. Raises Undelivered."""
        from botocore.exceptions import BotoCoreError, ClientError

        body = json.dumps(notification(message), ensure_ascii=False)
        try:
            answer = self.client().publish(TopicArn=self.topic_arn, Message=body, MessageAttributes=attributes(message))
        except (BotoCoreError, ClientError) as error:
            raise undelivered("the topic did not take it", error) from error
        return str(answer["MessageId"])


def notification(message: Message) -> dict[str, Any]:
    """The custom notification."""
    remedy, diagnosis = message.remedy, message.diagnosis
    identity = f"{message.fingerprint}-{message.occurrences.first_seen}-{message.follow_up}"
    return {
        "version": "1.0",
        "source": "custom",
        "id": identity,
        "content": {
            "textType": "client-markdown",
            "title": cut(_plain(headline(message, tried=True)), MOST_IN_TITLE),
            "description": _description(message),
            "nextSteps": [cut(_plain(step), MOST_IN_STEP) for step in remedy.steps[:MOST_STEPS]],
            "keywords": [diagnosis.category.value, diagnosis.cause, remedy.proof.level.value],
        },
        "metadata": {
            "threadId": f"{message.fingerprint}-{message.occurrences.first_seen}",
            "summary": cut(_plain(remedy.summary), MOST_IN_TITLE),
            "eventType": "MwaaFailureDiagnosed",
            "relatedResources": [value for value in (_environment(message),) if value],
            "additionalContext": {"cause": diagnosis.cause, "fingerprint": message.fingerprint},
        },
    }


def _description(message: Message) -> str:
    remedy = message.remedy
    first = remedy.artifacts[0].text if remedy.artifacts else ""
    unknown = "; ".join(remedy.not_checked)
    evidence = "\n".join(message.diagnosis.evidence[:2])
    links = "  ·  ".join(f"<{link.url}|{link.label}>" for link in message.links[:3])
    parts = fit(
        (
            Part("summary", _plain(remedy.summary), 600, 0),
            Part("links", links if len(links) <= MOST_IN_DESCRIPTION // 3 else "", MOST_IN_DESCRIPTION // 3, 1),
            Part("artifact", _as_code(first), 1_400, 2),
            Part("repeats", _plain(repeats(message, 400)), 400, 3),
            Part("proof", _plain(proof(message)), 300, 4),
            Part("evidence", _as_code(evidence), 500, 5),
            Part("owner", _plain(f"Who has to act: {remedy.owner}") if remedy.owner else "", 200, 5),
            Part("not_checked", _plain(f"Not checked: {unknown}") if unknown else "", 300, 6),
            Part("notes", _plain("\n".join(message.notes)), 300, 4),
            Part("origin", _plain(origin(message)), 200, 6),
        ),
        MOST_IN_DESCRIPTION - 50,
    )
    order = ("summary", "repeats", "evidence", "owner", "artifact", "proof", "not_checked", "notes", "links", "origin")
    shown = ((name, parts[name]) for name in order if name in parts)
    return "\n\n".join(f"```\n{text}\n```" if name in _CODE else text for name, text in shown)


def _plain(text: str) -> str:
    """Characters that mean something to Slack or Teams become their full-width twins, which look alike and mean nothing."""
    return _MARKUP.sub(lambda found: found[0].translate(_FULL_WIDTH), inert(text))


def _as_code(text: str) -> str:
    """For between fences, where only the fence itself, `<`, `>` and `&` mean something."""
    return re.sub(r"[<>&`]", lambda found: found[0].translate(_FULL_WIDTH), inert(text)).strip("\n")


def _environment(message: Message) -> str | None:
    place = message.failure.place
    if not (place.environment and place.account and place.region):
        return None
    return f"arn:{place.partition}:airflow:{place.region}:{place.account}:environment/{place.environment}"
