"""Names the statement that denies: the simulator gives a policy's id, the document behind it has the Sid.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_Statement.html. boto3 hands documents over parsed, so the positions that the simulator
gives are of no use; the denying statements that fit the request are looked up instead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from responder.permissions.findings import Verdict

ACTIONS = (
    "iam:GetPolicy",
    "iam:GetPolicyVersion",
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListRolePolicies",
)
MOST = 5  # policies that are read for one refusal


class Role(NamedTuple):
    """What IAM says of a role."""

    arn: str
    boundary: str | None = None


def role(iam: Any, name: str) -> Role:
    """By its name, which is unique in an account whatever its path. Raises what botocore raises."""
    found = iam.get_role(RoleName=name)["Role"]
    return Role(found["Arn"], (found.get("PermissionsBoundary") or {}).get("PermissionsBoundaryArn"))


def denying(iam: Any, role_name: str, boundary: str | None, verdict: Verdict) -> tuple[str, ...]:
    """In words: `inline policy "x", statement "y"`. Raises what botocore raises."""
    named: list[str] = []
    for matched in verdict.matched[:MOST]:
        title, document = _document(iam, role_name, boundary, matched.policy)
        sids = list(_sids(document, verdict))
        where = ", ".join(f'statement "{sid}"' for sid in sids if sid)
        named.append(f"{title}{', ' + where if where else ''}")
    return tuple(dict.fromkeys(named))


def _document(iam: Any, role_name: str, boundary: str | None, policy: str) -> tuple[str, Mapping[str, Any]]:
    inline = iam.list_role_policies(RoleName=role_name).get("PolicyNames", [])
    own = next((name for name in inline if policy == name or policy.endswith(f"_{name}")), None)
    if own:
        return f'inline policy "{own}"', _parsed(
            iam.get_role_policy(RoleName=role_name, PolicyName=own)["PolicyDocument"]
        )
    attached = iam.list_attached_role_policies(RoleName=role_name).get("AttachedPolicies", [])
    arns = {each["PolicyArn"]: each["PolicyName"] for each in attached} | ({boundary: "boundary"} if boundary else {})
    arn = next((arn for arn in arns if policy in {arn, arns[arn], arn.rpartition("/")[2]}), None)
    if arn is None:
        return f'policy "{policy[:128]}"', {}
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    document = iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]
    return f"{'permissions boundary' if arn == boundary else 'policy'} {arn}", _parsed(document)


def _parsed(document: Any) -> Mapping[str, Any]:
    return json.loads(document) if isinstance(document, str) else document or {}


def _sids(document: Mapping[str, Any], verdict: Verdict) -> Iterable[str]:
    statements = document.get("Statement", [])
    for each in [statements] if isinstance(statements, dict) else statements:
        if (
            each.get("Effect") == "Deny"
            and _fits(each, "Action", verdict.action)
            and _fits(each, "Resource", verdict.resource)
        ):
            yield str(each.get("Sid", ""))[:128]


def _fits(statement: Mapping[str, Any], element: str, value: str) -> bool:
    patterns = statement.get(element)
    if patterns is not None:
        return any(_like(each, value) for each in _many(patterns))
    excluded = statement.get(f"Not{element}")
    return excluded is not None and not any(_like(each, value) for each in _many(excluded))


def _many(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _like(pattern: str, value: str) -> bool:
    """`*` and `?`, matched without backtracking over what stands between."""
    parts = [re.escape(part).replace(r"\?", ".") for part in re.split(r"\*+", pattern)]
    return re.fullmatch(".*".join(parts), value, re.IGNORECASE | re.DOTALL) is not None
