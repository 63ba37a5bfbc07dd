"""What AWS itself tells of a refused request: EC2's encoded message, and the details behind an authorization id.

https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied-authorization-id.html (a preview; older boto3 lacks the client).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from responder.evidence.refusal import Denial, Layer

ACTIONS = ("iam:GetRequestAuthorizationDetails", "sts:DecodeAuthorizationMessage")

_CHECKS = {
    "SERVICE_CONTROL_POLICY": Layer.SCP,
    "RESOURCE_CONTROL_POLICY": Layer.RCP,
    "VPC_ENDPOINT": Layer.VPC_ENDPOINT,
    "RESOURCE": Layer.RESOURCE,
    "PRINCIPAL": Layer.IDENTITY,
    "PERMISSIONS_BOUNDARY": Layer.BOUNDARY,
    "SESSION": Layer.SESSION,
}


class Checked(NamedTuple):
    """The layer that AWS's own evaluation of the request names."""

    layer: Layer
    explicit: bool
    denied_by: tuple[str, ...] = ()


def decoded(sts: Any, denial: Denial) -> Denial:
    """The denial with what its blob says where the text says nothing. Raises what botocore raises, and ValueError."""
    message = json.loads(sts.decode_authorization_message(EncodedMessage=denial.encoded)["DecodedMessage"])
    context = message.get("context") or {}
    principal = (context.get("principal") or {}).get("arn")
    explicit = bool(message.get("explicitDeny"))
    return replace(
        denial,
        principal=denial.principal or principal,
        action=denial.action or context.get("action"),
        resource=denial.resource or context.get("resource"),
        explicit=explicit if denial.explicit is None else denial.explicit,
    )


def checked(toolbox: Any, denial: Denial) -> Checked | None:
    """None where AWS's details name no check that denied. Raises what botocore raises."""
    details = toolbox.get_request_authorization_details(authorizationId=denial.authorization_id)
    for evaluation in details.get("evaluations", []):
        if found := _denying(evaluation.get("checks", [])):
            return found
    return None


def _denying(checks: Sequence[Mapping[str, Any]]) -> Checked | None:
    effects = {"EXPLICIT_DENY": True, "IMPLICIT_DENY": False}
    for explicit in (True, False):
        for check in checks:
            layer = _CHECKS.get(check.get("checkType", ""))
            if layer and effects.get(check.get("evaluatedEffect", "")) is explicit:
                return Checked(layer, explicit, tuple(_policies(check)))
    return None


def _policies(check: Mapping[str, Any]) -> Sequence[str]:
    named = []
    for policy in check.get("matchedPolicies", []):
        sids = [each.get("sid", "") for each in policy.get("matchedStatements", []) if each.get("sid")]
        named.append(
            ", ".join([f"policy {policy.get('uri', '')}"[:300], *(f'statement "{sid[:128]}"' for sid in sids)])
        )
    return named
