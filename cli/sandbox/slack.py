"""Slack's incoming webhooks and `chat.postMessage`, as far as a message needs them.

https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
https://docs.slack.dev/reference/methods/chat.postMessage
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from cli.sandbox.faults import Fault, Faults, Kind
from cli.sandbox.web import Site, WebRequest, WebResponse

WEBHOOK_HOST, API_HOST = "hooks.slack.com", "slack.com"
WEBHOOK_PATH = "/services/TSANDBOX/BSANDBOX/sandbox"
WEBHOOK_URL = f"https://{WEBHOOK_HOST}{WEBHOOK_PATH}"
BOT_TOKEN = "xoxb-sandbox"  # noqa: S105 # opens nothing but this stand-in
RETRY_AFTER = {"Retry-After": "1"}


@dataclass(slots=True)
class Slack:
    """Attribute: `posts`, every message that was accepted, in order."""

    faults: Faults
    posts: list[dict[str, Any]] = field(default_factory=list)

    def sites(self) -> dict[str, Site]:
        return {WEBHOOK_HOST: self._with_faults(self._webhook), API_HOST: self._with_faults(self._api)}

    def _webhook(self, request: WebRequest) -> WebResponse:
        if request.path != WEBHOOK_PATH:
            return WebResponse(b"no_service", 404)
        return self._accept(json.loads(request.body)) or WebResponse(b"ok")

    def _api(self, request: WebRequest) -> WebResponse:
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}":
            return _json({"ok": False, "error": "invalid_auth"})
        message = _message(request)
        stamp = f"{time.time():.6f}"
        return self._accept(message) or _json({"ok": True, "channel": message.get("channel"), "ts": stamp})

    def _accept(self, message: dict[str, Any]) -> WebResponse | None:
        """None when there is nothing to complain of."""
        if not message.get("text") and not message.get("blocks"):
            return WebResponse(b"no_text", 400)
        self.posts.append(message)
        return None

    def _with_faults(self, site: Callable[[WebRequest], WebResponse]) -> Site:
        def answer(request: WebRequest) -> WebResponse:
            fault = self.faults.before("slack", request.path, request.caller)
            if fault and fault.kind is Kind.STATUS:
                return _refused(fault)
            response = site(request)
            self.faults.after(fault, request.caller)
            return response

        return answer


def _refused(fault: Fault) -> WebResponse:
    status = int(fault.status.split()[0])
    return WebResponse(fault.code.encode(), status, RETRY_AFTER if status == 429 else {})  # noqa: PLR2004 # Too Many Requests


def _message(request: WebRequest) -> dict[str, Any]:
    if request.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(request.body.decode()))
    message: dict[str, Any] = json.loads(request.body or b"{}")
    return message


def _json(answer: dict[str, Any]) -> WebResponse:
    return WebResponse(json.dumps(answer).encode(), headers={"Content-Type": "application/json"})
