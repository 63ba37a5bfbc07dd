"""What the policy on a resource lets a service do: the half of the wiring that an identity policy does not show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cli.sandbox.policy import Decision, Request, evaluate
from cli.sandbox.policy_document import Policy


def lets_service(document: Any, service: str, *, action: str, resource: str, source_arn: str) -> bool:
    """Whether `service` (such as events.amazonaws.com), acting for `source_arn`, may do it by this policy."""
    if not document:
        return False
    raw = json.loads(document) if isinstance(document, str) else document
    mine = [_without_principal(each) for each in raw["Statement"] if _names(each.get("Principal"), service)]
    if not mine:
        return False
    policy = Policy.read(json.dumps({"Version": raw.get("Version", "2012-10-17"), "Statement": mine}))
    return evaluate(Request.of(action, resource, _context(source_arn)), [policy]).decision is Decision.ALLOWED


def _context(source_arn: str) -> Mapping[str, str]:
    return {
        "aws:SourceArn": source_arn,
        "aws:SourceAccount": source_arn.split(":")[4],
        "aws:SecureTransport": "true",
        "aws:PrincipalIsAWSService": "true",
    }


def _names(principal: Any, service: str) -> bool:
    if principal == "*":
        return True
    if not isinstance(principal, dict):
        return False
    named: str | list[str] = principal.get("Service") or principal.get("AWS") or []
    listed = [named] if isinstance(named, str) else named
    return service in listed or "*" in listed


def _without_principal(statement: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in statement.items() if key != "Principal"}
