"""What Amazon Q Developer is sent keeps to its schema, and has no markup out of a log."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import jsonschema
from botocore.stub import Stubber
from hypothesis import given
from responder.model import Message
from responder.notify.amazon_q import AmazonQ, notification
from responder.notify.sns import attributes

from tests.stand_ins.samples import message, messages

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "amazon_q_custom_notification.json").read_text())
TOPIC = "arn:aws:sns:eu-west-1:123456789012:chat"


@given(messages())
def test_keeps_to_the_schema(said: Message) -> None:
    jsonschema.validate(notification(said), SCHEMA)


@given(messages())
def test_nothing_of_a_log_is_markup(said: Message) -> None:
    content = notification(said)["content"]
    outside = re.sub(r"```\n.*?\n```", "", content["description"], flags=re.DOTALL)
    addresses = {f"<{link.url}|{link.label}>" for link in said.links}
    for address in addresses:
        outside = outside.replace(address, "")
    texts = [content["title"], outside, *content["nextSteps"]]
    assert not [text for text in texts if set(text) & set("<>*_~`|@#!")]
    inside = "".join(re.findall(r"```\n(.*?)\n```", content["description"], flags=re.DOTALL))
    assert not set(inside) & set("<>")


def test_a_follow_up_joins_the_thread_of_the_first() -> None:
    first, later = notification(message()), notification(message(follow_up=1))
    assert first["metadata"]["threadId"] == later["metadata"]["threadId"]
    assert first["id"] != later["id"]


def test_shows_the_statement_as_code() -> None:
    assert '```\n{\n  "Effect": "Allow"' in notification(message())["content"]["description"]


def test_publishes_to_its_topic() -> None:
    client: Any = boto3.client("sns", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
    body = json.dumps(notification(message()), ensure_ascii=False)
    with Stubber(client) as stub:
        stub.add_response(
            "publish",
            {"MessageId": "m-1"},
            {"TopicArn": TOPIC, "Message": body, "MessageAttributes": attributes(message())},
        )
        assert AmazonQ(TOPIC, lambda: client).send(message(), None) == "m-1"


def test_says_why_it_came_here() -> None:
    said = replace(message(), notes=("It came here because sns refuses it: NotFound.",))
    assert "It came here because sns refuses it" in notification(said)["content"]["description"]
