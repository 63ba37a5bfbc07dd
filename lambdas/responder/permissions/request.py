"""The request to simulate: action, resource, and the condition keys that are known of it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html. A key that is not known stays missing; the simulator then says
which policy asked for it, and nothing is called proven.
"""

from __future__ import annotations

from dataclasses import replace

from responder.evidence.refusal import Layer
from responder.permissions import arn as arns
from responder.permissions.actions import needed
from responder.permissions.findings import Decision, Findings, Verdict
from responder.permissions.proposal import Context, Proposal
from responder.permissions.resources import target
from responder.permissions.target import NoTarget

SIMULATOR = "the policy simulator"


def request_of(found: Findings, service: str | None) -> tuple[str, str] | None:
    """Action and resource; None where the log does not tell them."""
    if isinstance(found.proposal, Proposal):
        return found.proposal.action, found.proposal.asked
    action = needed(found.denial, service)
    aimed = target(action, found.denial.resource, found.place) if action else None
    if action is None or aimed is None or isinstance(aimed, NoTarget):
        return None
    return action, aimed.asked or aimed.resources[0]


def context_of(found: Findings) -> Context:
    """What is known of the refused request, then the keys that the proposal is limited by."""
    keys = {"aws:SecureTransport": "true"}
    if found.place.region:
        keys["aws:RequestedRegion"] = found.place.region
    if found.role_arn and found.principal.account:
        keys |= {"aws:PrincipalArn": found.role_arn, "aws:PrincipalAccount": found.principal.account}
    resource = arns.read(found.denial.resource)
    if resource and resource.account.isdigit():
        keys["aws:ResourceAccount"] = resource.account
    own = found.proposal.context if isinstance(found.proposal, Proposal) else ()
    first = dict(reversed(own))  # of several alternatives a request has one
    return (*sorted(keys.items()), *first.items())


def attributed(found: Findings, verdict: Verdict) -> Findings:
    """The layer that the simulator says stands in the way; what AWS itself said of the request comes first."""
    if verdict.organizations is False:
        layer = Layer.SCP
    elif verdict.boundary is False:
        layer = Layer.BOUNDARY
    elif verdict.decision is Decision.EXPLICIT_DENY:
        layer = Layer.IDENTITY
    else:
        return found
    return found if found.layer else replace(found, layer=layer, layer_by=SIMULATOR)
