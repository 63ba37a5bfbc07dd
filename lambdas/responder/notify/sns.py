"""The topic that people subscribe to: e-mail gets the whole message, a telephone one line, others may filter."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from responder.model import Message
from responder.notify.aws_refusal import undelivered
from responder.notify.sns_text import MOST_IN_TEXT, sms, subject, text
from responder.report.fitting import cut
from responder.settings import ChannelName

ACTIONS = ("sns:Publish",)

# https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html: no empty values, no control characters
_CONTROL = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd]")
MOST_BYTES = 250_000  # of the 256 KB that a message may have with its attributes and subject
MOST_IN_ATTRIBUTE = 256  # characters; filters compare no more


@dataclass(frozen=True, slots=True)
class Sns:
    """Publishes to one topic."""

    topic_arn: str
    client: Callable[[], Any]
    name: ChannelName = ChannelName.SNS

    def send(self, message: Message, _thread: str | None) -> str:
        """The message's id at SNS. Raises Undelivered."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            answer = self.client().publish(
                TopicArn=self.topic_arn,
                Subject=subject(message),
                Message=body(message),
                MessageStructure="json",
                MessageAttributes=attributes(message),
            )
        except (BotoCoreError, ClientError) as error:
            raise undelivered("the topic did not take it", error) from error
        return str(answer["MessageId"])


def body(message: Message) -> str:
    """The forms as JSON, within what SNS takes. Who has no form of their own, an e-mail too, gets the default."""
    said, most = text(message), MOST_IN_TEXT
    while True:
        forms = json.dumps({"default": cut(said, most), "sms": sms(message)})
        if len(forms) <= MOST_BYTES:
            return forms
        most -= MOST_IN_TEXT // 10  # a letter that is not Latin takes six bytes of it


def attributes(message: Message) -> dict[str, dict[str, str]]:
    """What a subscription's filter policy can go by."""
    failure, diagnosis = message.failure, message.diagnosis
    values = {
        "environment": failure.place.environment,
        "kind": failure.kind,
        "dag_id": failure.attempt.dag_id,
        "category": diagnosis.category,
        "cause": diagnosis.cause,
        "proof": message.remedy.proof.level,
        "follow_up": "true" if message.follow_up else "false",
    }
    clean = {name: _CONTROL.sub("", value or "")[:MOST_IN_ATTRIBUTE] for name, value in values.items()}
    return {name: {"DataType": "String", "StringValue": value} for name, value in clean.items() if value.strip()}
