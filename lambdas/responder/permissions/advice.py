"""Which advice belongs to which leaf of the decision tree."""

from __future__ import annotations

from collections.abc import Callable

from responder.permissions import advice_callers as callers
from responder.permissions import advice_identity as identity
from responder.permissions import advice_layers as layers
from responder.permissions.decision import Leaf
from responder.permissions.findings import Findings
from responder.permissions.words import ORGANISATION, Words


def words(leaf: Leaf, found: Findings) -> Words:
    """The words for what was found."""
    return _WORDS[leaf](found)


_WORDS: dict[Leaf, Callable[[Findings], Words]] = {
    Leaf.ADD_STATEMENT: identity.add_statement,
    Leaf.ALREADY_ALLOWED: identity.already,
    Leaf.ELSEWHERE: identity.elsewhere,
    Leaf.OBJECT_MAY_BE_MISSING: identity.head,
    Leaf.CONDITIONAL: identity.conditional,
    Leaf.NO_STATEMENT: identity.no_statement,
    Leaf.EXPLICIT_IDENTITY: identity.explicit_identity,
    Leaf.EXPLICIT_UNKNOWN: identity.explicit_unknown,
    Leaf.BOUNDARY: layers.guardrail("The role's permissions boundary", "whoever set the role's permissions boundary", "Add the action to the boundary's policy, or remove the Deny there."),
    Leaf.SCP: layers.guardrail("A service control policy of the organisation", ORGANISATION, "Ask for an exception for this role, or use a region, service or setting that the policy lets through."),
    Leaf.RCP: layers.guardrail("A resource control policy of the organisation", ORGANISATION, "Ask for an exception: it stands above the resource, whoever asks."),
    Leaf.SESSION: layers.guardrail("The session's own policy", "whoever opens the session", "Widen the policy that is passed when the role is assumed (assume_role_kwargs of the connection, or the service that opens the session)."),
    Leaf.VPC_ENDPOINT: layers.guardrail("The policy of the VPC endpoint", "whoever owns the environment's network", "Allow the action, the resource and the role in the endpoint's policy (VPC console > Endpoints > the service's endpoint > Policy)."),
    Leaf.RESOURCE_POLICY: layers.resource_policy,
    Leaf.KMS_KEY: layers.kms_key,
    Leaf.KMS_REFERENCE: layers.kms_reference,
    Leaf.TRUST: layers.trust,
    Leaf.ROLE_LACKS: layers.role_lacks,
    Leaf.RULE_OF_AWS: layers.rule_of_aws,
    Leaf.LAKE_FORMATION: layers.lake_formation,
    Leaf.PUBLIC_ACCESS: layers.public_access,
    Leaf.BUCKET_SETTING: layers.bucket_setting,
    Leaf.MODEL_ACCESS: layers.model_access,
    Leaf.BY_DATABASE: callers.database,
    Leaf.UNSIGNED: callers.unsigned,
    Leaf.RBAC: layers.rbac,
    Leaf.OTHER_ACCOUNT: callers.other_account,
    Leaf.USER: callers.user,
    Leaf.CREDENTIALS: callers.credentials,
    Leaf.ACCOUNT: callers.account,
}  # fmt: skip
