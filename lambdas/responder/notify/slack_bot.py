"""Slack through a bot: `chat.postMessage`, follow-ups in the thread of the first message.

https://docs.slack.dev/reference/methods/chat.postMessage
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from responder.model import Message
from responder.notify.channel import Undelivered
from responder.notify.secret import Secret
from responder.notify.slack import payload, plain_payload
from responder.settings import ChannelName

# Everything else passes or is new; it is tried again, and ends among the dead letters at worst.
_FOR_GOOD = frozenset({
    "access_denied", "account_inactive", "channel_not_found", "ekm_access_denied", "enterprise_is_restricted", "invalid_auth", "is_archived",
    "missing_scope", "no_permission", "not_allowed_token_type", "not_authed", "not_in_channel", "org_login_required", "restricted_action",
    "restricted_action_read_only_channel", "team_access_not_granted", "team_not_found", "token_expired", "token_revoked", "two_factor_setup_required",
})  # fmt: skip
_UNREADABLE = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long"})


@dataclass(frozen=True, slots=True)
class SlackBot:
    """Posts to one channel, by its id."""

    channel: str
    token: Secret
    name: ChannelName = ChannelName.SLACK_BOT

    def send(self, message: Message, thread: str | None) -> str:
        """The message's time stamp, by which its thread is known. Raises Undelivered. A refused token is read again once."""
        token = self.token.value()
        try:
            return self._post(token, message, thread)
        except Undelivered as refused:
            newer = self.token.value(newer_than=token) if not refused.recoverable else token
            if newer == token:
                raise
            return self._post(newer, message, thread)

    def _post(self, token: str, message: Message, thread: str | None) -> str:
        where = {"channel": self.channel} | ({"thread_ts": thread} if thread and message.follow_up else {})
        answer = _called(token, where | payload(message))
        if answer.get("error") in _UNREADABLE:
            answer = _called(token, where | plain_payload(message))
        if answer.get("ok"):
            return str(answer["ts"])
        error = str(answer.get("error", "unknown"))[:60]
        raise Undelivered(
            f"Slack refused it ({error})", recoverable=error not in _FOR_GOOD, retry_after=answer.get("retry_after")
        )


def _called(token: str, body: dict[str, Any]) -> dict[str, Any]:
    """Slack's answer, also where its client makes an exception of it."""
    from slack_sdk.errors import SlackApiError

    from responder.notify.slack_http import TRANSPORT_ERRORS, Web, seconds

    try:
        answer = Web(token).chat_postMessage(**body)
    except SlackApiError as refused:
        data = refused.response.data if isinstance(refused.response.data, dict) else {}
        return {
            "ok": False,
            "error": data.get("error", f"status {refused.response.status_code}"),
            "retry_after": seconds(refused.response.headers),
        }
    except TRANSPORT_ERRORS as error:
        raise Undelivered(f"Slack was not reached ({type(error).__name__})", recoverable=True) from None
    return {"ok": True, "ts": answer["ts"]}
