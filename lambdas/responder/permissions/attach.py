"""The lines that attach a statement to a role or user, and its page in the console. Everything in them was checked before."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Sequence

from responder.model import Artifact, Link
from responder.permissions.arn import ROLE_NAME
from responder.permissions.principal import Principal, Whose

# https://docs.aws.amazon.com/IAM/latest/UserGuide/console.html; other partitions have consoles of their own
_CONSOLES = {
    "aws": "https://console.aws.amazon.com",
    "aws-cn": "https://console.amazonaws.cn",
    "aws-us-gov": "https://console.amazonaws-us-gov.com",
}


def artifacts(policy: str, principal: Principal, role_arn: str | None) -> tuple[Artifact, ...]:
    """For the CDK app and for the AWS CLI; () where its name is not known."""
    name = principal.name or ""
    if not principal.account or not ROLE_NAME.fullmatch(name):
        return ()
    kind = _kind(principal)
    return (
        Artifact("cdk", _cdk(policy, kind, role_arn), f"In the CDK app that makes the {kind} (Python)"),
        Artifact("cli", _cli(policy, kind, name), "With the AWS CLI"),
    )


def _kind(principal: Principal) -> str:
    return "user" if principal.whose is Whose.USER else "role"


def console(principal: Principal) -> tuple[Link, ...]:
    """The page of the role or user."""
    name = principal.name or ""
    base = _CONSOLES.get(principal.partition)
    if base is None or not principal.account or not ROLE_NAME.fullmatch(name):
        return ()
    kind = _kind(principal)
    return (Link(f"The {kind} in IAM", f"{base}/iam/home#/{kind}s/details/{name}"),)


def _cli(policy: str, kind: str, name: str) -> str:
    """https://docs.aws.amazon.com/cli/latest/reference/iam/put-role-policy.html and put-user-policy.html."""
    document = json.loads(policy)
    compact = json.dumps(document, separators=(",", ":"))
    title = _policy_name(document["Statement"])
    return f"aws iam put-{kind}-policy --{kind}-name {shlex.quote(name)} --policy-name {title} --policy-document {shlex.quote(compact)}"


def _policy_name(statements: Sequence[dict[str, object]]) -> str:
    action = _many(statements[0]["Action"])[0]
    return "mwaa-responder-" + re.sub(r"[^A-Za-z0-9]+", "-", action)[:80].lower()


def _cdk(policy: str, kind: str, role_arn: str | None) -> str:
    """https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_iam/PolicyStatement.html."""
    lines = [f"{kind}.add_to_principal_policy({_statement(each)})" for each in json.loads(policy)["Statement"]]
    if role_arn:
        lines.insert(
            0, f'role = iam.Role.from_role_arn(self, "MwaaRole", "{role_arn}")  # or the construct that makes it'
        )
    return "\n".join(lines)


def _statement(raw: dict[str, object]) -> str:
    parts = [f"actions={json.dumps(_many(raw['Action']))}", f"resources={json.dumps(_many(raw['Resource']))}"]
    if conditions := raw.get("Condition"):
        parts.append(f"conditions={json.dumps(conditions)}")
    return f"iam.PolicyStatement({', '.join(parts)})"


def _many(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(each) for each in value] if isinstance(value, list) else []
