"""Errors as AWS words and wraps them, for each of its protocols."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from cli.sandbox.policy import Decision, Evaluation

StartResponse = Callable[[str, list[tuple[str, str]]], Any]
QUERY = {"iam", "sts", "sns", "cloudformation"}
# SNS has a word of its own: https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
DENIED = {"s3": "AccessDenied", "iam": "AccessDenied", "sts": "AccessDenied", "sns": "AuthorizationError"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error that a service answers with."""

    status: str
    code: str
    message: str

    def answer(self, service: str, start_response: StartResponse) -> Iterable[bytes]:
        """As WSGI wants it."""
        kind, body = self._xml(service) if service in {*QUERY, "s3"} else self._json()
        start_response(self.status, [("Content-Type", kind), ("x-amzn-ErrorType", self.code)])
        return [body.encode()]

    def _json(self) -> tuple[str, str]:
        return "application/x-amz-json-1.1", json.dumps({"__type": self.code, "message": self.message})

    def _xml(self, service: str) -> tuple[str, str]:
        error = f"<Code>{self.code}</Code><Message>{escape(self.message)}</Message>"
        if service == "s3":
            return "application/xml", f"<Error>{error}<RequestId>SANDBOX</RequestId></Error>"
        return "text/xml", (
            f"<ErrorResponse><Error><Type>Sender</Type>{error}</Error><RequestId>SANDBOX</RequestId></ErrorResponse>"
        )


def denied(caller: str, service: str, action: str, resource: str, verdict: Evaluation) -> Refusal:
    """Words: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"""
    quoted = f'"{resource}"' if service == "s3" else resource
    text = f"User: {caller} is not authorized to perform: {action} on resource: {quoted} {_why(action, verdict)}"
    return Refusal("403 Forbidden", DENIED.get(service, "AccessDeniedException"), text)


def _why(action: str, verdict: Evaluation) -> str:
    if verdict.decision is Decision.EXPLICIT_DENY:
        if verdict.allowed_by_organizations is False:
            return "with an explicit deny in a service control policy"
        boundary = verdict.allowed_by_boundary is False
        return f"with an explicit deny in {'a permissions boundary' if boundary else 'an identity-based policy'}"
    if verdict.allowed_by_organizations is False:
        return f"because no service control policy allows the {action} action"
    if verdict.allowed_by_boundary is False:
        return f"because no permissions boundary allows the {action} action"
    return f"because no identity-based policy allows the {action} action"
