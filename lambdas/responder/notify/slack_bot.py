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
    "access_denied", "accesslimited", "account_inactive", "app_access_restricted", "channel_is_archived", "channel_not_found", "deprecated_endpoint",
    "ekm_access_denied", "enterprise_is_restricted", "invalid_auth", "invalid_token", "is_archived", "messages_tab_disabled", "method_deprecated",
    "missing_scope", "no_permission", "not_allowed_token_type", "not_authed", "not_in_channel", "org_login_required", "posting_to_general_channel_denied",
    "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "send_on_behalf_not_allowed",
    "team_access_not_granted", "team_not_found", "token_expired", "token_revoked", "two_factor_setup_required", "user_is_restricted",
})  # fmt: skip
# It is the message that Slack does not like: a plain one is better than none, and if that does not go either, no other try will.
_UNREADABLE = frozenset({
    "invalid_arguments", "invalid_attachments", "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text",
})  # fmt: skip
# The thread is gone or closed: the follow-up goes to the channel.
_NO_THREAD = frozenset({
    "cannot_reply_to_message", "invalid_thread_ts", "message_not_found", "restricted_action_non_threadable_channel",
    "restricted_action_thread_locked", "thread_locked", "thread_not_found",
})  # fmt: skip


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
        if answer.get("error") in _NO_THREAD and "thread_ts" in where:
            where = {"channel": self.channel}
            answer = _called(token, where | payload(message))
        if answer.get("error") in _UNREADABLE:
            answer = _called(token, where | plain_payload(message))
        if answer.get("ok"):
            return str(answer["ts"])
        error = str(answer.get("error", "unknown"))[:60]
        for_good = error in _FOR_GOOD or error in _UNREADABLE
        raise Undelivered(
            f"Slack refused it ({error})", recoverable=not for_good, retry_after=answer.get("retry_after")
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
