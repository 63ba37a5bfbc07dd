"""Slack through an incoming webhook: the address is the secret.

Answers: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from responder.model import Message
from responder.notify.channel import Undelivered
from responder.notify.secret import Secret
from responder.notify.slack import payload, plain_payload
from responder.settings import ChannelName

_OK, _BAD_REQUEST, _TIMEOUT, _TOO_MANY, _SERVER = 200, 400, 408, 429, 500


@dataclass(frozen=True, slots=True)
class SlackWebhook:
    """Posts to the channel that the webhook was made for."""

    address: Secret
    name: ChannelName = ChannelName.SLACK_WEBHOOK

    def send(self, message: Message, _thread: str | None) -> str:
        """Raises Undelivered. A refused address is read again once: it may have been replaced."""
        address = self.address.value()
        try:
            return _post(address, message)
        except Undelivered as refused:
            newer = self.address.value(newer_than=address) if not refused.recoverable else address
            if newer == address:
                raise
            return _post(newer, message)


def _post(address: str, message: Message) -> str:
    answer = _sent(address, payload(message))
    if answer.status_code == _BAD_REQUEST:  # Slack cannot read the blocks: a plain message is better than none
        answer = _sent(address, plain_payload(message))
    if answer.status_code == _OK:
        return "ok"
    passes = answer.status_code in {_TIMEOUT, _TOO_MANY} or answer.status_code >= _SERVER
    raise Undelivered(
        f"Slack answered {answer.status_code} {_word(answer.body)}", recoverable=passes, retry_after=_wait(answer)
    )


def _sent(address: str, body: dict[str, Any]) -> Any:
    from responder.notify.slack_http import TRANSPORT_ERRORS, Webhook

    client = Webhook(address)
    try:
        return client.send_dict(body)
    except TRANSPORT_ERRORS as error:
        raise Undelivered(f"Slack was not reached ({type(error).__name__})", recoverable=True) from None


def _wait(answer: Any) -> float | None:
    from responder.notify.slack_http import seconds

    return seconds(answer.headers)


def _word(body: str) -> str:
    """Slack's own short word for it; nothing else that a proxy may have put there."""
    return body if body.isascii() and body.replace("_", "").isalnum() and len(body) <= 60 else ""  # noqa: PLR2004 - the longest is about 30
