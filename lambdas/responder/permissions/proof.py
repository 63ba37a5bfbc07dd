"""What may be called proven, and what stands in the way of it.

PROVEN: IAM's policy simulator denies the very request as the role is, and allows it with the statement, and nothing that the simulator does
not look at has a say. Its limits: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html.
"""

from __future__ import annotations

from collections.abc import Iterator

from responder.evidence.refusal import Form, Layer
from responder.model import Proof, ProofLevel
from responder.permissions import arn as arns
from responder.permissions.actions import known
from responder.permissions.findings import Decision, Findings, Verdict
from responder.permissions.principal import Whose
from responder.permissions.proposal import Proposal
from responder.permissions.resources import EVERYTHING

DECIDES = {
    Decision.ALLOWED: "allows",
    Decision.IMPLICIT_DENY: "denies",
    Decision.EXPLICIT_DENY: "explicitly denies",
}
NOT_SEEN = "it looks at identity policies, the boundary and service control policies, at nothing else"
# Services whose resources have policies of their own, which may deny what an old-style text does not say
_OWN_POLICIES = frozenset(
    {"s3", "sqs", "sns", "secretsmanager", "lambda", "ecr", "es", "events", "kinesis", "dynamodb", "execute-api"}
)
# What else has a say, and is not simulated
_BESIDES = {
    "sts": "the trust policy of the role to be assumed is not simulated",
    "kms": "the key's own policy is not simulated and always has a say",
    "bedrock": "the account has to have access to the model besides",
}
# Kinds that the reference calls required and that stand for each other: an execution is a standard or an express one
_EITHER = ("states:",)
_ALSO = {"ssm:SendCommand": ("document", "instance")}
_CATALOG = ("catalog", "database/", "table/")
_ASIDE = ("iam:", "aws:")


def proof(found: Findings) -> Proof:
    """The level of a proposed statement, and how it was reached."""
    before, after = found.before, found.after
    if before is None or after is None:
        return Proof(ProofLevel.SUSPECTED, "read from the log's text; the policy simulator could not be asked")
    said = f"IAM's policy simulator {DECIDES[before.decision]} {after.action} on {after.resource} as the role is, and {DECIDES[after.decision]} it with this statement"
    spots = tuple(blind_spots(found))
    if before.decision is Decision.IMPLICIT_DENY and after.allowed and not spots:
        return Proof(ProofLevel.PROVEN, f"{said} ({NOT_SEEN})")
    return Proof(
        ProofLevel.CHECKED, f"{said}. Not proven: {spots[0] if spots else 'the two answers do not show a fix'}"
    )


def blind_spots(found: Findings) -> Iterator[str]:
    """Every reason why an answer of the simulator might not be AWS's; the most telling first."""
    yield from _of_text(found)
    yield from _of_principal(found)
    yield from _of_resource(found)
    for verdict in (found.before, found.after):
        yield from _of_verdict(verdict)


def _of_text(found: Findings) -> Iterator[str]:
    denial = found.denial
    if denial.explicit or (found.layer or denial.layer) not in {Layer.IDENTITY, Layer.UNKNOWN}:
        yield f"the refusal came from another layer ({(found.layer or denial.layer).value})"
    if denial.form not in {Form.SENTENCE, Form.ENCODED}:
        yield "the log gives no details of the refused request"
    if not denial.principal:
        yield "the log does not say who was refused; the environment's execution role is assumed"
    if denial.form is Form.ENCODED and not (denial.action and denial.resource):
        yield "the encoded message could not be decoded"


def _of_principal(found: Findings) -> Iterator[str]:
    whose = found.principal.whose
    if whose is Whose.EXECUTION_ROLE and not found.principal.role_arn:
        yield "MWAA could not be asked whether this is the environment's execution role"
    elif whose is Whose.CONNECTION_ROLE:
        yield "a connection may open its session with a policy of its own"
    elif whose in {Whose.JOB_ROLE, Whose.SERVICE_ROLE, Whose.OTHER_ROLE}:
        yield "the service or code that assumed the role may have narrowed its session"
    elif whose is not Whose.EXECUTION_ROLE and found.denial.principal:
        yield "it was not a role of this account that was refused"


def _of_resource(found: Findings) -> Iterator[str]:
    proposal = found.proposal
    if not isinstance(proposal, Proposal):
        yield "there is no statement"
        return
    prefix = proposal.action.partition(":")[0]
    yield from _of_action(proposal, prefix)
    yield from _of_owner(found, proposal, prefix)
    if prefix in _OWN_POLICIES and found.denial.layer is Layer.UNKNOWN and found.layer is None:
        yield "the log does not say which policy refused, and the resource's own may deny as well"


def _of_action(proposal: Proposal, prefix: str) -> Iterator[str]:
    if prefix in _BESIDES:
        yield _BESIDES[prefix]
    if len({key for key, _ in proposal.context}) < len(proposal.context):
        yield "the log does not say which of several services the role was to be handed to"
    if others := _others(proposal.action):
        yield f"the call needs rights on other resources as well ({others}), which the log does not name"
    if proposal.target.asked is None:
        yield "the log does not name one resource, so a wildcard was simulated"


def _others(action: str) -> str:
    """Kinds of resource that one request of this action names together."""
    found = known(action)
    kinds = _ALSO.get(action) or (found.required if found else ())
    return ", ".join(kinds) if len(kinds) > 1 and not action.startswith(_EITHER) else ""


def _of_owner(found: Findings, proposal: Proposal, prefix: str) -> Iterator[str]:
    resource = arns.read(proposal.asked)
    if resource is None:
        if proposal.asked != EVERYTHING:
            yield "the resource is not one that can be simulated"
        return
    if prefix == "glue" and resource.rest.startswith(_CATALOG):
        yield "Lake Formation may govern the catalog and is not simulated"
    if resource.account.isdigit() and resource.account != found.principal.account:
        yield f"the resource belongs to account {resource.account}, whose own policy has to allow it too"
    if resource.service == "s3" and not resource.account and found.owned is not True:
        yield "the bucket is not this account's own" if found.owned is False else "it is not known whose bucket it is"


def _of_verdict(verdict: Verdict | None) -> Iterator[str]:
    if verdict is None:
        yield "the simulator was not asked"
        return
    if verdict.organizations is False:
        yield "a service control policy does not let the request through"
    if verdict.boundary is False:
        yield "the permissions boundary does not let the request through"
    if missing := relevant(verdict):
        yield f"policies depend on what is not known of the request: {', '.join(missing)}"


def relevant(verdict: Verdict) -> tuple[str, ...]:
    """Missing keys that the request can have: a service's keys come with requests to that service only."""
    prefix = verdict.action.partition(":")[0].lower() + ":"
    return tuple(key for key in verdict.missing if key.lower().startswith((*_ASIDE, prefix)))
