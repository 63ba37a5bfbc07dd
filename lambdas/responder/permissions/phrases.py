"""How the refused action, the refused one and the resource are called in a sentence."""

from __future__ import annotations

from collections.abc import Callable

from responder.evidence.refusal import Form, Layer
from responder.permissions import arn as arns
from responder.permissions.actions import needed
from responder.permissions.findings import Findings
from responder.permissions.principal import Whose
from responder.permissions.proposal import Proposal

# What has a policy of its own
_THINGS = {
    "s3": "bucket",
    "sqs": "queue",
    "sns": "topic",
    "secretsmanager": "secret",
    "kms": "key",
    "lambda": "function",
    "glue": "catalog",
    "ecr": "repository",
    "es": "domain",
    "dynamodb": "table",
    "kinesis": "stream",
    "events": "event bus",
    "execute-api": "API",
}
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
    return (found.denial.principal or "<the execution role's ARN>")[:LONGEST]


def owner_of_resource(found: Findings) -> str:
    """Who can change the resource's own policy."""
    resource = arns.read(found.denial.resource)
    service = resource.service if resource else action_of(found).partition(":")[0]
    what = _THINGS.get(service, "resource")
    foreign = resource and resource.account.isdigit() and resource.account != found.principal.account
    if resource and foreign:
        return f"whoever owns the {what} in account {resource.account}"
    return f"whoever owns the {what}"


def summary(found: Findings, layer: Layer) -> str:
    """What was refused to whom, by what."""
    if told := _BY_FORM.get(found.denial.form):
        return told(found)
    who, what = whose_role(found), action_of(found)
    on = f" on {found.denial.resource[:LONGEST]}" if found.denial.resource else ""
    return f"{who} is not allowed to do {what}{on}{_because(layer, explicit=bool(found.denial.explicit))}."


def _because(layer: Layer, *, explicit: bool) -> str:
    by = _WHICH.get(layer)
    if layer is Layer.IDENTITY:
        return ": one of its own policies denies it" if explicit else ": none of its policies allows it"
    if layer is Layer.LAKE_FORMATION:
        return ": Lake Formation has not granted it"
    if by is None:
        return ": a policy denies it explicitly" if explicit else ""
    return f": {by} {'denies' if explicit else 'does not allow'} it"


_WHICH = {
    Layer.RESOURCE: "the resource's own policy",
    Layer.KMS_KEY: "the key's own policy",
    Layer.SCP: "a service control policy of the organisation",
    Layer.RCP: "a resource control policy of the organisation",
    Layer.BOUNDARY: "its permissions boundary",
    Layer.SESSION: "the policy of its session",
    Layer.VPC_ENDPOINT: "the policy of the VPC endpoint",
    Layer.TRUST: "the trust policy of that role",
    Layer.RBAC: "Kubernetes",
}


def _role_asked_for(found: Findings) -> str:
    resource = arns.read(found.denial.resource)
    return f"the role {resource.leaf}" if resource and resource.leaf else "the role that it was given"


def _with_condition(found: Findings, what: str) -> str:
    said = found.denial.condition
    return f"{what}: {said.rstrip('.')}." if said else f"{what}."


# Where it is no right of the caller's that is missing, in words of their own
_BY_FORM: dict[Form, Callable[[Findings], str]] = {
    Form.ROLE_UNUSABLE: lambda found: (
        f"A service cannot use {_role_asked_for(found)}: its trust policy does not name the service, or it lacks what the service needs."
    ),
    Form.PUBLIC_ACCESS: lambda _found: "S3 blocks what would make the bucket or object public.",
    Form.BUCKET_SETTING: lambda found: _with_condition(found, "A setting of the bucket refuses the request"),
    Form.KMS_REFERENCE: lambda _found: (
        "The KMS key does not exist, is in another region, or may not be used by the task's role."
    ),
    Form.MODEL_ACCESS: lambda _found: "The account has no access to the Bedrock model that the task calls.",
    Form.BY_DATABASE: lambda _found: "S3 refuses the database that reads or writes there for the task.",
    Form.UNSIGNED: lambda found: f"S3 refuses the plain HTTP request for {thing_of(found)}.",
    Form.RULE_OF_AWS: lambda found: _with_condition(found, "AWS does not allow the request, whatever the policies say"),
}
