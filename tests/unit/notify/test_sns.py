"""E-mail, text message and filters: each gets what it can take."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber
from hypothesis import given
from responder.model import Artifact, Message
from responder.notify.channel import Undelivered
from responder.notify.sns import Sns, attributes, body
from responder.notify.sns_text import MOST_IN_SMS, MOST_IN_SUBJECT, inert, sms, subject, text

from tests.stand_ins.samples import STATEMENT, failure, message, messages, remedy

TOPIC = "arn:aws:sns:eu-west-1:123456789012:failures"


@given(messages())
def test_the_subject_is_what_sns_takes(said: Message) -> None:
    line = subject(said)
    assert 0 < len(line) <= MOST_IN_SUBJECT
    assert line.isascii()
    assert line.isprintable()
    assert line[0] == "M"


@given(messages())
def test_the_text_message_is_one(said: Message) -> None:
    assert len(sms(said)) <= MOST_IN_SMS
    assert sms(said).isascii()
    assert sms(said).isprintable()


@given(messages())
def test_all_forms_together_fit(said: Message) -> None:
    assert len(body(said).encode()) + sum(len(str(each)) for each in attributes(said).values()) <= 256 * 1024 - 100


@pytest.mark.parametrize(
    "letter", ["ж", "注", "🔴", '"', "\x01"], ids=["Cyrillic", "Chinese", "emoji", "quotes", "control"]
)
def test_a_long_message_fits_in_any_script(letter: str) -> None:
    long = remedy(artifacts=(Artifact("source", letter * 12_000),) * 5, steps=(letter * 2_000,) * 8)
    whole = body(message(remedy=long))
    assert len(whole) <= 250_000
    assert json.loads(whole)["default"].startswith("sales.load failed in analytics")


def test_an_e_mail_gets_the_whole_message() -> None:
    """By the default: said twice, it would count twice against the limit."""
    assert json.loads(body(message())) == {"default": text(message()), "sms": sms(message())}


@given(messages())
def test_the_filters_are_what_sns_takes(said: Message) -> None:
    values = [each["StringValue"] for each in attributes(said).values()]
    assert all(value.strip() and len(value) <= 256 and "\x00" not in value for value in values)


@pytest.mark.parametrize(
    "address", ["https://evil.example/x", "HTTP://evil.example", "ftp://evil.example", "www.evil.example"]
)
def test_no_mail_reader_makes_a_link_of_a_log(address: str) -> None:
    assert address not in inert(f"see {address} now")


def test_the_subject_names_thing_place_and_cause() -> None:
    assert subject(message()) == "MWAA: sales.load failed in analytics (iam-denied)"


def test_accents_do_not_break_the_subject() -> None:
    seen = failure(attempt=failure().attempt.__class__("übung", "r", "läuft", None, 1, None))
    assert subject(message(failure=seen)) == "MWAA: ubung.lauft failed in analytics (iam-denied)"


def test_what_failed_and_why_are_the_first_two_lines() -> None:
    lines = text(message()).split("\n")
    assert lines[:2] == [
        "sales.load failed in analytics (try 1, the last one)",
        "The execution role is not allowed to do s3:PutObject on arn:aws:s3:::acme-lake/sales/2026.csv.",
    ]
    assert STATEMENT in text(message())


def test_publishes_with_a_form_for_each_and_filters() -> None:
    client = _client()
    expected = {
        "TopicArn": TOPIC,
        "Subject": subject(message()),
        "Message": ANY,
        "MessageStructure": "json",
        "MessageAttributes": attributes(message()),
    }
    with Stubber(client) as stub:
        stub.add_response("publish", {"MessageId": "m-1"}, expected)
        assert Sns(TOPIC, lambda: client).send(message(), None) == "m-1"


@pytest.mark.parametrize(
    ("code", "recoverable"),
    [
        ("NotFound", False),
        ("AuthorizationError", False),
        ("KMSAccessDenied", False),
        ("Throttled", True),
        ("InternalError", True),
        ("ServiceUnavailable", True),
    ],
)
def test_tells_what_passes_from_what_does_not(code: str, recoverable: bool) -> None:
    client = _client()
    with Stubber(client) as stub:
        stub.add_client_error("publish", code)
        with pytest.raises(Undelivered) as refused:
            Sns(TOPIC, lambda: client).send(message(), None)
    assert refused.value.recoverable is recoverable
    assert code in refused.value.reason


def _client() -> Any:
    return boto3.client("sns", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
