"""Slack is reached at Slack's hosts only; what it answers decides whether to try again."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from responder.notify.channel import Undelivered
from responder.notify.secret import Secret
from responder.notify.slack import payload
from responder.notify.slack_bot import SlackBot
from responder.notify.slack_webhook import SlackWebhook

from cli.sandbox.faults import Fault, Faults, Kind
from cli.sandbox.slack import BOT_TOKEN, WEBHOOK_URL, Slack
from cli.sandbox.web import Web, WebRequest, WebResponse
from tests.stand_ins.samples import message


class Vault:
    """Of Secrets Manager's client, what reads; the values come one after the other."""

    def __init__(self, *values: str) -> None:
        self.values, self.reads = list(values), 0

    def get_secret_value(self, **_: str) -> dict[str, str]:
        self.reads += 1
        return {"SecretString": self.values[min(self.reads, len(self.values)) - 1]}


def _webhook(*values: str) -> SlackWebhook:
    vault = Vault(*values)
    return SlackWebhook(Secret("arn", ("url", "webhook_url"), lambda: vault))


def _bot(*values: str) -> SlackBot:
    vault = Vault(*values)
    return SlackBot("C0123456789", Secret("arn", ("token", "bot_token"), lambda: vault))


def _refused(channel: SlackWebhook | SlackBot) -> Undelivered:
    with pytest.raises(Undelivered) as refused:
        channel.send(message(), None)
    return refused.value


@pytest.mark.parametrize("value", [WEBHOOK_URL, json.dumps({"url": WEBHOOK_URL}), f" {WEBHOOK_URL}\n"])
def test_posts_blocks_to_the_webhook(slack: Slack, value: str) -> None:
    _webhook(value).send(message(), None)
    assert slack.posts == [payload(message())]


@pytest.mark.parametrize(
    "address",
    [
        WEBHOOK_URL.replace("https", "http"),
        "https://hooks.slack.com.evil.example/services/x",
        "https://evil.example/hooks.slack.com",
        "https://hooks.slack.com@evil.example/services/x",
        "https://hooks.slack.com:8443/services/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_calls_no_other_host(slack: Slack, address: str) -> None:
    refusal = _refused(_webhook(address))
    assert not refusal.recoverable
    assert "evil" not in refusal.reason
    assert not slack.posts


@pytest.mark.parametrize(
    ("fault", "recoverable"),
    [
        (Fault("slack", status="429 Too Many Requests", code="rate_limited"), True),
        (Fault("slack", status="500 Internal Server Error", code="rollup_error"), True),
        (Fault("slack", status="503 Service Unavailable"), True),
        (Fault("slack", kind=Kind.RESET), True),
        (Fault("slack", status="404 Not Found", code="no_service"), False),
        (Fault("slack", status="403 Forbidden", code="action_prohibited"), False),
        (Fault("slack", status="410 Gone", code="channel_is_archived"), False),
        (Fault("slack", status="302 Found", code=""), False),
    ],
    ids=["throttled", "broken", "unavailable", "reset", "revoked", "forbidden", "archived", "redirected"],
)
def test_tells_what_passes_from_what_does_not(slack: Slack, faults: Faults, fault: Fault, recoverable: bool) -> None:
    with faults.inject(fault):
        assert _refused(_webhook(WEBHOOK_URL)).recoverable is recoverable
    assert not slack.posts


def test_hands_on_when_to_try_again(slack: Slack, faults: Faults) -> None:
    with faults.inject(Fault("slack", status="429 Too Many Requests")):
        assert _refused(_webhook(WEBHOOK_URL)).retry_after == 1.0
        assert _refused(_bot(BOT_TOKEN)).retry_after == 1.0
    assert not slack.posts


def test_a_slack_that_does_not_read_the_blocks_gets_plain_text(slack: Slack, faults: Faults) -> None:
    with faults.inject(Fault("slack", status="400 Bad Request", code="invalid_blocks", times=1)):
        _webhook(WEBHOOK_URL).send(message(), None)
    assert "blocks" not in slack.posts[0]
    assert slack.posts[0]["text"].startswith("sales.load failed in analytics")


def test_a_webhook_that_was_replaced_is_read_again(slack: Slack) -> None:
    _webhook(WEBHOOK_URL + "old", WEBHOOK_URL).send(message(), None)
    assert len(slack.posts) == 1


def test_a_secret_is_read_once_for_many_messages(slack: Slack) -> None:
    vault = Vault(WEBHOOK_URL)
    channel = SlackWebhook(Secret("arn", ("url",), lambda: vault))
    for _ in range(3):
        channel.send(message(), None)
    assert (vault.reads, len(slack.posts)) == (1, 3)


def test_the_bot_posts_to_its_channel_and_follow_ups_to_the_thread(slack: Slack) -> None:
    bot = _bot(json.dumps({"token": BOT_TOKEN}))
    stamp = bot.send(message(), None)
    bot.send(message(follow_up=1), stamp)
    first, second = slack.posts
    assert (first["channel"], first.get("thread_ts")) == ("C0123456789", None)
    assert second["thread_ts"] == stamp


def test_a_revoked_token_is_final(slack: Slack) -> None:
    refusal = _refused(_bot("xoxb-revoked"))
    assert (refusal.recoverable, "invalid_auth" in refusal.reason) == (False, True)
    assert not slack.posts


@pytest.mark.parametrize("status", ["500 Internal Server Error", "503 Service Unavailable"])
def test_a_broken_web_api_is_tried_again(slack: Slack, faults: Faults, status: str) -> None:
    with faults.inject(Fault("slack", status=status)):
        assert _refused(_bot(BOT_TOKEN)).recoverable
    assert not slack.posts


def test_no_secret_is_logged_or_told(slack: Slack, faults: Faults, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with faults.inject(Fault("slack", kind=Kind.RESET)):
        told = [_refused(_webhook(WEBHOOK_URL)).reason, _refused(_bot(BOT_TOKEN)).reason]
    _webhook(WEBHOOK_URL).send(message(), None)
    shown = caplog.text + str(told) + repr(_webhook(WEBHOOK_URL))
    assert "TSANDBOX" not in shown
    assert BOT_TOKEN not in shown
    assert slack.posts


@pytest.mark.parametrize(
    ("code", "recoverable"),
    [
        ("ResourceNotFoundException", False),
        ("AccessDeniedException", False),
        ("InternalServiceError", True),
        ("ThrottlingException", True),
    ],
)
def test_a_secret_that_cannot_be_read_is_a_reason(code: str, recoverable: bool) -> None:
    client: Any = boto3.client(
        "secretsmanager", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x"
    )
    with Stubber(client) as stub:
        stub.add_client_error("get_secret_value", code)
        refusal = _refused(SlackWebhook(Secret("arn", ("url",), lambda: client)))
    assert (refusal.recoverable, code in refusal.reason) == (recoverable, True)


@pytest.mark.parametrize("value", ['{"other": "x"}', "{broken"])
def test_a_secret_without_an_address_is_final(value: str) -> None:
    assert not _refused(_webhook(value)).recoverable


def test_follows_no_redirect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def away(_request: WebRequest) -> WebResponse:
        return WebResponse(b"", 302, {"Location": "https://elsewhere.example/collect"})

    def trap(request: WebRequest) -> WebResponse:
        asked.append(request.path)
        return WebResponse(b"ok")

    web = Web({"hooks.slack.com": away, "slack.com": away, "elsewhere.example": trap}, scratch=tmp_path, internet=False)
    for name, value in web.environ("tester").items():
        monkeypatch.setenv(name, value)
    assert not _refused(_webhook(WEBHOOK_URL)).recoverable
    _refused(_bot(BOT_TOKEN))
    web.stop()
    assert asked == []


class Api:
    """Slack's Web API that answers with one error after the other, then takes everything."""

    def __init__(self, *errors: str) -> None:
        self.errors, self.posts = list(errors), list[dict[str, Any]]()

    def __call__(self, request: WebRequest) -> WebResponse:
        if self.errors:
            return _answer({"ok": False, "error": self.errors.pop(0)})
        self.posts.append(json.loads(request.body))
        return _answer({"ok": True, "channel": "C0123456789", "ts": "1.2"})


def _answer(said: dict[str, Any]) -> WebResponse:
    return WebResponse(json.dumps(said).encode(), headers={"Content-Type": "application/json"})


@pytest.fixture
def api(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    site = Api()
    web = Web({"slack.com": site}, scratch=tmp_path, internet=False)
    for name, value in web.environ("tester").items():
        monkeypatch.setenv(name, value)
    yield site
    web.stop()


@pytest.mark.parametrize(
    ("error", "recoverable"),
    [
        ("ratelimited", True),
        ("rate_limited", True),
        ("fatal_error", True),
        ("internal_error", True),
        ("service_unavailable", True),
        ("request_timeout", True),
        ("team_added_to_org", True),
        ("an_error_that_is_new", True),
        ("channel_not_found", False),
        ("not_in_channel", False),
        ("is_archived", False),
        ("token_revoked", False),
        ("token_expired", False),
        ("account_inactive", False),
        ("missing_scope", False),
        ("restricted_action", False),
        ("restricted_action_thread_only_channel", False),
        ("messages_tab_disabled", False),
        ("app_access_restricted", False),
        ("accesslimited", False),
    ],
)
def test_the_words_of_the_web_api_tell_what_passes(api: Api, error: str, recoverable: bool) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage#errors."""
    api.errors = [error] * 9
    refusal = _refused(_bot(BOT_TOKEN))
    assert (refusal.recoverable, error in refusal.reason) == (recoverable, True)


@pytest.mark.parametrize("error", ["msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_arguments"])
def test_what_slack_cannot_read_goes_as_plain_text_and_else_to_the_others(api: Api, error: str) -> None:
    api.errors = [error]
    _bot(BOT_TOKEN).send(message(), None)
    assert "blocks" not in api.posts[0]
    api.errors = [error] * 9
    assert not _refused(_bot(BOT_TOKEN)).recoverable


@pytest.mark.parametrize(
    "error",
    [
        "thread_not_found",
        "message_not_found",
        "cannot_reply_to_message",
        "restricted_action_thread_locked",
        "thread_locked",
    ],
)
def test_a_follow_up_whose_thread_is_gone_goes_to_the_channel(api: Api, error: str) -> None:
    api.errors = [error]
    _bot(BOT_TOKEN).send(message(follow_up=1), "1.1")
    assert "thread_ts" not in api.posts[0]
