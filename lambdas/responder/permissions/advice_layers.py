"""Advice where another layer than the role's own policies decides: who has to act, and what to change where."""

from __future__ import annotations

from collections.abc import Callable

from responder.evidence.refusal import Form
from responder.permissions import arn as arns
from responder.permissions.findings import Findings
from responder.permissions.phrases import action_of, named, owner_of_resource, role_of, thing_of
from responder.permissions.words import UNCHANGED, Words


def guardrail(name: str, owner: str, *steps: str) -> Callable[[Findings], Words]:
    """Something that stands above the role: only whoever owns it can let the request through."""

    def told(found: Findings) -> Words:
        by = found.denial.policy or "; ".join(found.denied_by)
        return Words(
            f"{name}{f' ({by})' if by else ''} has a say besides the role's own policies. {UNCHANGED}",
            (*steps, *_beneath(found)),
            owner,
        )

    return told


def _beneath(found: Findings) -> tuple[str, ...]:
    """What the role's own policies would say, were it not for the guardrail."""
    if found.enough_without_guardrail:
        return ("Once that is changed, the role's own policies still need the statement that the log asks for.",)
    if found.enough_without_guardrail is False:
        return ("Once that is changed, the role's own policies refuse it for another reason.",)
    return ("The role's own policies allow it already.",) if found.before is not None and found.before.allowed else ()


def resource_policy(found: Findings) -> Words:
    change = (
        f"narrow the Deny so that it leaves out {action_of(found)}"
        if found.denial.explicit
        else f"allow {action_of(found)}"
    )
    return Words(
        f"The resource's own policy decides here, not only the role's. {UNCHANGED}",
        (
            f"In the policy of {thing_of(found)} {change} for the principal {named(found)}.",
            "Across accounts both sides have to allow it: check the role's policies too.",
        ),
        owner_of_resource(found),
    )


def kms_key(found: Findings) -> Words:
    return Words(
        f"The key's own policy does not let {role_of(found)} use it ({action_of(found)}); a key's policy has a say even within one account.",
        (
            f"In the policy of {thing_of(found)} allow {action_of(found)} for the principal {named(found)}, or for the account as a whole and then in the role's policies.",
            "If the key is in another account, both its policy and the role's policies have to allow it. Check as well that the key is in this region and enabled.",
        ),
        "whoever administers the key",
    )


def kms_reference(_found: Findings) -> Words:
    return Words(
        "KMS does not tell a key that does not exist from one in another region or one that may not be used.",
        (
            "See whether the key still exists, in this region, and is enabled.",
            "If so, allow kms:Decrypt on it for the role, in the role's policies and in the key's own.",
            "Where a service works with the key (CloudWatch Logs with logs.<region>.amazonaws.com), the key's own policy has to name that service.",
        ),
        "whoever administers the key",
    )


def trust(found: Findings) -> Words:
    resource = arns.read(found.denial.resource)
    role = f"the role {resource.leaf}" if resource and resource.leaf else "the role that is to be assumed"
    if found.denial.form is Form.ROLE_UNUSABLE:
        return Words(
            f"The task hands {role} to the service, which has to assume it. It is not the execution role that lacks a right.",
            (
                f"In the trust policy of {role} allow sts:AssumeRole for the service's principal (for instance glue.amazonaws.com).",
                "See that the role exists, in this account, and that its own policies cover the job.",
            ),
            "whoever owns that role",
        )
    return Words(
        f"Who may assume a role is written in that role's own trust policy. {UNCHANGED}",
        _by_web_identity(role)
        if "WebIdentity" in action_of(found)
        else (
            f"In the trust policy of {role} allow sts:AssumeRole for the principal {named(found)}; an external id, if it asks for one, belongs in the connection's Extra.",
            f"The policies of {role_of(found)} have to allow sts:AssumeRole on it as well.",
        ),
        "whoever owns the role to be assumed",
    )


def _by_web_identity(role: str) -> tuple[str, ...]:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html."""
    return (
        f"In the trust policy of {role} allow sts:AssumeRoleWithWebIdentity for the identity provider (Principal: Federated), with conditions on aud and sub that fit this token.",
        "Check that IAM > Identity providers has the token's issuer in that account, and that the token has not expired.",
    )


def role_lacks(found: Findings) -> Words:
    return Words(
        f"The role that was handed to a service lacks {action_of(found)}. It is not the execution role that was refused.",
        (f"Allow {action_of(found)} in the policies of the service's own role.",),
        "whoever owns the service's role",
    )


def rule_of_aws(_found: Findings) -> Words:
    return Words(
        f"No policy decides here. {UNCHANGED}",
        (
            "Change what the task asks for: a role of the caller's own account, credentials of a role instead of the root user's or a session's, a customer managed key instead of the service's own.",
        ),
    )


def lake_formation(found: Findings) -> Words:
    right = f" ({found.denial.condition})" if found.denial.condition else ""
    return Words(
        f"Lake Formation governs the table and has not granted the right{right}. IAM policies cannot replace its grants.",
        (
            f"Lake Formation console > Data permissions > Grant: principal {named(found)}, the database and table, and the permission that the log names.",
            "If a job does the reading, grant it to the job's role.",
        ),
        "whoever administers Lake Formation",
    )


def public_access(found: Findings) -> Words:
    return Words(
        f"Block Public Access stands above all policies{f' ({found.denial.condition})' if found.denial.condition else ''}. {UNCHANGED}",
        (
            "Leave out the ACL or the public statement: with Object Ownership set to bucket owner enforced no ACL is needed (operators: acl_policy=None).",
        ),
        owner_of_resource(found),
    )


def bucket_setting(found: Findings) -> Words:
    return Words(
        f"It is the bucket's own setting, not a policy, that decides here. {UNCHANGED}",
        (
            "Send the request without an ACL (acl_policy=None, no ACL in ExtraArgs) and without customer-provided keys, or have the bucket's setting changed (S3 console > the bucket > Permissions > Object Ownership).",
        ),
        owner_of_resource(found),
    )


# https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html
def model_access(_found: Findings) -> Words:
    return Words(
        "Models of other makers are subscribed to in AWS Marketplace, which Bedrock does by itself at the first call: it fails where that call's role may not subscribe, "
        "where Anthropic's form was never filled in, or where the model is not offered in the region.",
        (
            "Check the model id (or inference profile) and the region in the DAG: Bedrock console > Model catalog, in the region that the task calls.",
            "Open the model there once with a role that has aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions (for Anthropic: fill in the form), wait a few minutes, then clear the task.",
        ),
        "whoever administers Bedrock in the account",
    )


def rbac(found: Findings) -> Words:
    return Words(
        f"Kubernetes refuses it: {found.denial.condition or 'the identity is not known to the cluster or has no role there'}. IAM has let the role through.",
        (
            "Give the identity a Role and RoleBinding in that namespace; for EKS, an access entry (or a line in the aws-auth ConfigMap) that maps the execution role to it.",
        ),
        "whoever administers the Kubernetes cluster",
    )
