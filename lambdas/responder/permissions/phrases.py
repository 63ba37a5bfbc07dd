"""How the refused action, the refused one and the resource are called in a sentence."""

from __future__ import annotations

from responder.evidence.refusal import Layer
from responder.permissions import arn as arns
from responder.permissions.actions import needed
from responder.permissions.findings import Findings
from responder.permissions.principal import Whose
from responder.permissions.proposal import Proposal

LONGEST = 300  # characters of a name that comes from a log


def action_of(found: Findings) -> str:
    """As a policy spells it, else as printed, else in words."""
    if isinstance(found.proposal, Proposal):
        return found.proposal.action
    return needed(found.denial) or found.denial.action or found.denial.operation or "the request"


def thing_of(found: Findings) -> str:
    """The resource as printed."""
    return (found.denial.resource or "the resource")[:LONGEST]


def role_of(found: Findings) -> str:
    """The refused role in words."""
    principal = found.principal
    name = principal.name or ""
    told = {
        Whose.EXECUTION_ROLE: f"the execution role {name}",
        Whose.UNNAMED: f"the execution role {name}".rstrip(),
        Whose.CONNECTION_ROLE: f"the role {name} that the connection {principal.of} assumes",
        Whose.JOB_ROLE: f"the role {name} of the {principal.of} job",
        Whose.SERVICE_ROLE: f"the role that {principal.of} works with",
        Whose.OTHER_ROLE: f"the role {name}".rstrip(),
        Whose.OTHER_ACCOUNT: f"the role {name} of account {principal.account}",
        Whose.USER: f"the user {name}",
    }
    return told.get(principal.whose) or name[:LONGEST] or "the caller"


def whose_role(found: Findings) -> str:
    """At the beginning of a sentence."""
    text = role_of(found)
    return text[:1].upper() + text[1:]


def named(found: Findings) -> str:
    """The principal as a policy names it."""
    principal = found.principal
    if found.role_arn:
        return found.role_arn
    if principal.account and principal.name and principal.is_role:
        return (
            f"arn:{principal.partition}:iam::{principal.account}:role/{principal.name} (with its path, if it has one)"
        )
    return (found.denial.principal or "of the execution role")[:LONGEST]


def owner_of_resource(found: Findings) -> str:
    """Who can change the resource's own policy."""
    resource = arns.read(found.denial.resource)
    kind = {
        "s3": "bucket",
        "sqs": "queue",
        "sns": "topic",
        "secretsmanager": "secret",
        "kms": "key",
        "lambda": "function",
    }
    what = kind.get(resource.service, "resource") if resource else "resource"
    foreign = resource and resource.account.isdigit() and resource.account != found.principal.account
    if resource and foreign:
        return f"whoever owns the {what} in account {resource.account}"
    return f"whoever owns the {what}"


def summary(found: Findings, layer: Layer) -> str:
    """What was refused to whom, by what."""
    who, what = whose_role(found), action_of(found)
    on = f" on {found.denial.resource[:LONGEST]}" if found.denial.resource else ""
    by = {
        Layer.IDENTITY: "its own policies",
        Layer.RESOURCE: "the resource's policy",
        Layer.KMS_KEY: "the key's policy",
        Layer.SCP: "a service control policy",
        Layer.RCP: "a resource control policy",
        Layer.BOUNDARY: "its permissions boundary",
        Layer.SESSION: "its session's policy",
        Layer.VPC_ENDPOINT: "the VPC endpoint's policy",
        Layer.TRUST: "a role's trust policy",
        Layer.LAKE_FORMATION: "Lake Formation",
        Layer.RBAC: "Kubernetes",
    }.get(layer)
    kind = " explicitly" if found.denial.explicit else ""
    return f"{who} may not do {what}{on}{f': refused{kind} by {by}' if by else ''}."
