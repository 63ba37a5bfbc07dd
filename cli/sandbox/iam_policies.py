"""The policies that moto's IAM holds for a principal, as the evaluator reads them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from moto.iam.exceptions import InvalidInput, NoSuchEntity
from moto.iam.models import IAMBackend

from cli.sandbox.policy_document import MalformedPolicy, Policy
from cli.sandbox.policy_pattern import matches_text

AWS_MANAGED, USER_MANAGED, INLINE = "aws-managed", "user-managed", "inline"
BOUNDARY, SERVICE_CONTROL = "permission-boundary", "scp"


@dataclass(frozen=True, slots=True)
class Attached:
    """A policy, and what a PolicyExclusionList can call it by."""

    policy: Policy
    kind: str
    arn: str | None = None
    name: str = ""
    holder: tuple[str, str] = ("", "")  # ("role", its name)


@dataclass(frozen=True, slots=True)
class PrincipalPolicies:
    """Everything that IAM would weigh for one principal."""

    identity: tuple[Attached, ...]
    boundary: tuple[Attached, ...] | None

    def without(self, exclusions: Iterable[dict[str, Any]]) -> PrincipalPolicies:
        """Raises InvalidInput for an exclusion that does not name exactly one thing."""
        unwanted = [_unwanted(each) for each in exclusions]

        def kept(policies: tuple[Attached, ...]) -> tuple[Attached, ...]:
            return tuple(each for each in policies if not any(test(each) for test in unwanted))

        boundary = None if self.boundary is None else kept(self.boundary)
        return PrincipalPolicies(kept(self.identity), boundary or None)


def excludes_organization(exclusions: Iterable[dict[str, Any]]) -> bool:
    return any(each.get("PolicyType") == SERVICE_CONTROL for each in exclusions)


def read_principal(backend: IAMBackend, arn: str) -> PrincipalPolicies:
    """Of a role or a user. Raises NoSuchEntity, InvalidInput."""
    kind = arn.rpartition(":")[2].partition("/")[0]
    if kind not in {"role", "user"}:
        raise InvalidInput(f"{arn} is no role and no user")
    entity = _find(backend, kind, arn)
    inline = (_inline(kind, entity.name, name, text) for name, text in entity.policies.items())
    managed = (_managed(each) for each in entity.managed_policies.values())
    boundary = getattr(entity, "permissions_boundary_arn", None)
    limits = (_managed(backend.get_policy(boundary), BOUNDARY),) if boundary else None
    return PrincipalPolicies((*inline, *managed), limits)


def read_input(texts: Iterable[str], list_name: str) -> tuple[Policy, ...]:
    """Policies that came with the call; IAM names them by the list and their place in it, from 1."""
    return tuple(parse(text, f"{list_name}.{index}", "none") for index, text in enumerate(texts, start=1))


def parse(text: str, name: str, kind: str) -> Policy:
    """Raises InvalidInput."""
    try:
        return Policy.read(text, id=name, type=kind)
    except MalformedPolicy as error:
        raise InvalidInput(f"{name}: {error}") from error


def _find(backend: IAMBackend, kind: str, arn: str) -> Any:
    found = {each.arn: each for each in (backend.roles if kind == "role" else backend.users).values()}
    if arn not in found:
        raise NoSuchEntity(f"{kind.title()} {arn} does not exist.")
    return found[arn]


def _inline(kind: str, holder: str, name: str, document: Any) -> Attached:
    text = document if isinstance(document, str) else json.dumps(document)
    return Attached(parse(text, f"{kind}_{holder}_{name}", kind), INLINE, name=name, holder=(kind, holder))


def _managed(policy: Any, kind: str | None = None) -> Attached:
    source = AWS_MANAGED if ":iam::aws:policy/" in policy.arn else USER_MANAGED
    text = next(each.document for each in policy.versions if each.version_id == policy.default_version_id)
    return Attached(parse(text, policy.name, source), kind or source, arn=policy.arn, name=policy.name)


def _unwanted(exclusion: dict[str, Any]) -> Callable[[Attached], bool]:
    if len(exclusion) != 1:
        raise InvalidInput("a policy identifier names a type, an ARN or an inline policy")
    (how, what), *_ = exclusion.items()
    if how == "PolicyType":
        return lambda each: each.kind == what
    if how == "PolicyArn":
        return lambda each: each.arn is not None and matches_text(what, each.arn, None)
    return lambda each: (
        each.kind == INLINE
        and each.name == what["PolicyName"]
        and each.holder[0] == what["AttachmentType"]
        and matches_text(what["AttachmentName"], each.holder[1], None)
    )
