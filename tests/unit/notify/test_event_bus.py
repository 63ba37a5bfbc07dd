"""The event says what the JSON contract says, fits, and a refused entry does not pass for a sent one."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from responder.model import Artifact
from responder.notify.channel import Undelivered
from responder.notify.event_bus import MOST_BYTES, EventBus, detail
from responder.report.as_json import as_json

from tests.stand_ins.samples import message, remedy


def _client() -> Any:
    return boto3.client("events", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")


def test_carries_the_contract_and_the_counts() -> None:
    said = json.loads(detail(message()))
    assert {key: said[key] for key in as_json(message())} == as_json(message())
    assert (said["occurrences"]["count"], said["follow_up"]) == (1, 0)


def test_fits_an_event() -> None:
    long = message(remedy=remedy(artifacts=(Artifact("source", "é" * 11_000),) * 30))
    assert len(detail(long)) <= MOST_BYTES


def test_puts_the_event() -> None:
    client = _client()
    entry = {
        "EventBusName": "default",
        "Source": "mwaa.failure-responder",
        "DetailType": "Failure Diagnosed",
        "Detail": detail(message()),
    }
    with Stubber(client) as stub:
        stub.add_response("put_events", {"FailedEntryCount": 0, "Entries": [{"EventId": "e-1"}]}, {"Entries": [entry]})
        assert EventBus("default", lambda: client).send(message(), None) == "e-1"


@pytest.mark.parametrize(
    ("code", "recoverable"),
    [
        ("ThrottlingException", True),
        ("InternalFailure", True),
        ("AccessDeniedException", False),
        ("MalformedDetail", False),
    ],
)
def test_a_refused_entry_is_not_sent(code: str, recoverable: bool) -> None:
    client = _client()
    with Stubber(client) as stub:
        stub.add_response("put_events", {"FailedEntryCount": 1, "Entries": [{"ErrorCode": code, "ErrorMessage": "x"}]})
        with pytest.raises(Undelivered) as refused:
            EventBus("default", lambda: client).send(message(), None)
    assert refused.value.recoverable is recoverable


def test_a_failing_call_is_not_sent() -> None:
    client = _client()
    with Stubber(client) as stub:
        stub.add_client_error("put_events", "InternalException")
        with pytest.raises(Undelivered, match="InternalException"):
            EventBus("default", lambda: client).send(message(), None)
