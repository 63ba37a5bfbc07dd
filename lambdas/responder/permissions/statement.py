"""The smallest policy that allows what was refused, or the reason why none is proposed.

Nothing that a log says reaches a policy unchecked: actions and ARNs match as a whole or not at all. No wildcard action, no `*` for what can
be scoped, and nothing that would let a task raise its own rights
(https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from responder.evidence.lazy_pattern import lazy
from responder.permissions import arn as arns
from responder.permissions.actions import ACTION, known
from responder.permissions.resources import EVERYTHING, may_be_everything, only_everything

# Characters without white space of an inline policy's share; all of a role's together may have 10,240, a managed policy 6,144:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
SIZE_BUDGET = 6_144
VERSION = "2012-10-17"

_IAM_ALLOWED = frozenset({"iam:PassRole", "iam:GetRole", "iam:CreateServiceLinkedRole"})
_KMS_ALLOWED = frozenset(
    {
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
    }
)
# "Permissions management" in AWS's reference, and still what an operator does with one object
_MANAGES_NO_MORE = frozenset({"s3:PutObjectAcl"})
_NEVER = ("organizations:", "account:", "sso:", "sso-admin:", "identitystore:", "iam:", "kms:")
_RAISES_RIGHTS = lazy(
    r"[a-z0-9-]+:(?:(?:Put|Attach|Set|Create|Delete|Update|Detach|Add)\w*(?:Policy|Permission|Permissions|Grant|Acl)|Grant\w*|Revoke\w*)"
)
_CONDITION_VALUE = lazy(r"(?i)[a-z0-9.:/*_-]{1,200}")

Conditions = Mapping[str, Mapping[str, str | tuple[str, ...]]]  # operator to key to value, or to several


@dataclass(frozen=True, slots=True)
class Statement:
    """One Allow."""

    actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: Conditions = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """In the shape and order of a policy, without the Sid, which is optional and one more line on a telephone."""
        shown: dict[str, object] = {"Effect": "Allow", "Action": _one_or_many(self.actions)}
        shown["Resource"] = _one_or_many(self.resources)
        return shown | ({"Condition": self.conditions} if self.conditions else {})


class Refused(NamedTuple):
    """No policy is proposed, and why, in words for the reader."""

    reason: str


def policy(statements: Sequence[Statement], *, indent: int | None = None) -> str | Refused:
    """A whole document, ASCII only, ready to paste; Refused when one of the statements must not be proposed."""
    for each in statements:
        if refused := refusal(each):
            return refused
    document = {
        "Version": VERSION,
        "Statement": [each.as_dict() for each in statements],
    }
    text = json.dumps(document, indent=indent, ensure_ascii=True)
    if len("".join(text.split())) > SIZE_BUDGET:
        return Refused(f"it would be larger than the {SIZE_BUDGET} characters that a policy may have")
    return text


def refusal(statement: Statement) -> Refused | None:
    """Why this statement must not be proposed; None when it may."""
    for action in statement.actions:
        if reason := _against_action(action) or _against_resources(action, statement.resources):
            return Refused(reason)
    given = (value for keys in statement.conditions.values() for value in keys.values())
    values = (each for value in given for each in ((value,) if isinstance(value, str) else value))
    if not all(_CONDITION_VALUE.fullmatch(each) for each in values):
        return Refused("a condition holds characters that none should")
    return None


def _against_action(action: str) -> str | None:
    if not ACTION.fullmatch(action):
        return "the log's action is not spelled like one"
    if action in _IAM_ALLOWED | _KMS_ALLOWED | _MANAGES_NO_MORE:
        return None
    if action.startswith(_NEVER):
        return (
            f"{action} lets a role change who may do what, or what protects data; an administrator has to decide that"
        )
    found = known(action)
    manages = found.level == "P" if found else bool(_RAISES_RIGHTS.fullmatch(action))
    return f"{action} manages permissions; an administrator has to decide that" if manages else None


def _against_resources(action: str, resources: Sequence[str]) -> str | None:
    for resource in resources:
        if resource == EVERYTHING:
            if not (only_everything(action) or may_be_everything(action)):
                return f"{action} can be limited to a resource, and the log does not say which one"
            continue
        arn = arns.read(resource)
        if arn is None:
            return "the log's resource is not one that can stand in a policy"
        if _is_too_wide(action, arn):
            return f"{action} on {resource} would allow more than what was refused"
    return None if resources else "the log does not name the resource"


def _is_too_wide(action: str, arn: arns.Arn) -> bool:
    """A wildcard where the name of the thing would begin, for what gives access to other people's data or rights."""
    wild = bool(arns.WILD.search(arn.rest))
    if not wild:
        return False
    if action.startswith(("iam:", "sts:", "kms:")):
        return not arn.rest.startswith("role/aws-service-role/")
    return arn.rest.startswith(("*", "?")) or (arn.service == "s3" and "*" in arn.rest.partition("/")[0])


def _one_or_many(values: Sequence[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)
