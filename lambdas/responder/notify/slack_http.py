"""Slack's own clients, kept to Slack's own hosts: https only, no redirect followed, nothing logged."""

from __future__ import annotations

import logging
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

from slack_sdk.errors import SlackClientError
from slack_sdk.web import WebClient
from slack_sdk.webhook import WebhookClient, WebhookResponse

from responder.notify.channel import Undelivered

# https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and https://docs.slack.dev/govslack
WEBHOOK_HOSTS = frozenset({"hooks.slack.com", "hooks.slack-gov.com"})
TIMEOUT = 8  # seconds for one try; all of them have to fit the delivery's budget
_QUIET = logging.getLogger("responder.slack")  # the clients would log addresses and bodies
_QUIET.setLevel(logging.CRITICAL)
_QUIET.disabled = True

TRANSPORT_ERRORS = (OSError, HTTPException, SlackClientError, ValueError)  # ValueError: an answer that is no JSON


class _NoRedirect(HTTPRedirectHandler):
    """A redirect of a message would be somebody else's host."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Webhook(WebhookClient):
    """Raises Undelivered for an address that is not Slack's."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" or parts.hostname not in WEBHOOK_HOSTS or parts.port not in {None, 443}:
            raise Undelivered("the secret holds no https address of Slack", recoverable=False)
        super().__init__(url, timeout=TIMEOUT, logger=_QUIET, retry_handlers=[])

    def _perform_http_request_internal(self, url: str, req: Request) -> WebhookResponse:
        with _opener(self).open(req, timeout=self.timeout) as answer:
            return WebhookResponse(
                url=url,
                status_code=answer.status,
                body=answer.read(1000).decode(errors="replace"),
                headers=dict(answer.headers),
            )


class Web(WebClient):
    """The Web API at its one address."""

    def __init__(self, token: str) -> None:
        super().__init__(token=token, timeout=TIMEOUT, logger=_QUIET, retry_handlers=[])

    def _perform_urllib_http_request_internal(self, _url: str, req: Request) -> dict[str, Any]:
        with _opener(self).open(req, timeout=self.timeout) as answer:
            return {"status": answer.status, "headers": answer.headers, "body": answer.read().decode(errors="replace")}


def _opener(client: WebhookClient | WebClient) -> OpenerDirector:
    proxies = ProxyHandler({"https": client.proxy} if client.proxy else {})
    return build_opener(proxies, HTTPSHandler(context=client.ssl), _NoRedirect())


def seconds(headers: Any) -> float | None:
    """What `Retry-After` says; at least a second, so that a zero cannot make a loop."""
    raw = str((headers or {}).get("Retry-After") or (headers or {}).get("retry-after") or "")
    return max(1.0, float(raw)) if raw.isdigit() else None
