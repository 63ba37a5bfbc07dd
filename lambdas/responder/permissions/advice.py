"""What each leaf of the decision tree means for people: who has to act, why, and what to change where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from responder.evidence.refusal import Form
from responder.permissions import arn as arns
from responder.permissions.decision import Leaf
from responder.permissions.findings import Findings
from responder.permissions.phrases import action_of, named, owner_of_resource, role_of, thing_of, whose_role
from responder.permissions.principal import Whose
from responder.permissions.proof import relevant
from responder.permissions.statement import Refused

ORGANISATION = "whoever administers the AWS organisation"
UNCHANGED = "An Allow on the role does not help here, so none is proposed."


@dataclass(frozen=True, slots=True)
class Words:
    """For one leaf."""

    explanation: str
    steps: tuple[str, ...]
    owner: str | None = None


def words(leaf: Leaf, found: Findings) -> Words:
    """The words for what was found."""
    return _WORDS[leaf](found)


def _add_statement(found: Findings) -> Words:
    role = role_of(found)
    steps = [
        f"Add the statement below to {role}; a role's policies apply to a running environment within seconds to minutes, without a restart or update."
    ]
    steps += _across(found)
    if action_of(found) == "iam:PassRole":
        steps.append(
            "Operators hand over several roles one after the other (a task's role and its execution role): allow each, or the next one is refused next."
        )
    steps.append("Clear the failed task.")
    return Words(
        f"No identity policy of {role} allows {action_of(found)}; IAM refuses what nothing allows.",
        tuple(steps),
        _owner_of_role(found),
    )


def _across(found: Findings) -> list[str]:
    """Two accounts: both sides have to allow it."""
    resource = arns.read(found.denial.resource)
    foreign = resource and resource.account.isdigit() and resource.account != found.principal.account
    if action_of(found).startswith("sts:AssumeRole"):
        return [
            f"The trust policy of {resource.leaf if resource else 'the role to be assumed'} has to name {role_of(found)} as a principal too, whichever account it is in; its owner has to do that."
        ]
    if (foreign and resource) or found.owned is False:
        whose = f"account {resource.account}" if resource and resource.account else "its account"
        return [
            f"The resource belongs to another account: its own policy has to allow {role_of(found)} as well; ask {whose}'s owner."
        ]
    return []


def _owner_of_role(found: Findings) -> str | None:
    principal = found.principal
    if principal.whose is Whose.JOB_ROLE:
        return f"whoever owns the {principal.of} job's role"
    return "whoever owns that role" if principal.whose in {Whose.CONNECTION_ROLE, Whose.OTHER_ROLE} else None


def _already(found: Findings) -> Words:
    return Words(
        f"The policy simulator allows {action_of(found)} for {role_of(found)} by now, although the log says that no identity policy allowed it: "
        "the policy was corrected since, had not reached every server yet, or depends on a condition that the request did not meet.",
        (
            "Clear the failed task.",
            "If it is refused again, look for conditions in the role's statement for this action (tags, source, time).",
        ),
    )


def _elsewhere(found: Findings) -> Words:
    return Words(
        f"The policies of {role_of(found)} allow {action_of(found)}, so something that the policy simulator does not look at refused: the resource's own policy, a key's policy, a VPC endpoint's policy, a resource control policy, a session policy or Lake Formation.",
        (
            f"Look at the policy of {thing_of(found)}: a Deny there, or another account's that does not name the role.",
            "If it is encrypted with a customer managed key, look at the key's policy as well.",
            "Look at the policy of the VPC endpoint in the environment's network, and for a Deny on aws:SourceVpce or aws:SourceIp.",
            f"{UNCHANGED}",
        ),
        owner_of_resource(found),
    )


def _head(_found: Findings) -> Words:
    return Words(
        "S3 answers a HEAD request with 403 and no details. It does so, too, when the object does not exist and the role may not list the bucket.",
        (
            "First see whether the object exists: bucket, prefix and the key's rendered template (Airflow UI > the task > Rendered Template).",
            "The role needs s3:GetObject on the object and s3:ListBucket on the bucket; with both, a missing key is a clear 404.",
            "If both are there: look at the bucket's policy and, for an encrypted object, at kms:Decrypt on its key.",
        ),
    )


def _conditional(found: Findings) -> Words:
    keys = ", ".join(relevant(found.after)) if found.after else ""
    return Words(
        f"Policies that concern this request depend on {keys}, which the log does not tell; with unknown values the simulator still denies.",
        (
            "Read the conditions of the role's and the boundary's statements for this action and compare them with the environment's network, tags and region.",
        ),
    )


def _no_statement(found: Findings) -> Words:
    reason = found.proposal.reason if isinstance(found.proposal, Refused) else "the simulator gave no answer for it"
    right = action_of(found)
    return Words(
        f"Access was refused, and no ready-made policy is proposed: {reason}.",
        (
            f"Check in this order: does {role_of(found)} allow {right} on {thing_of(found)}; does the resource's own policy deny it; is a customer managed key involved.",
            "The rendered template of the task (Airflow UI > the task > Rendered Template) shows which resource it asked for.",
        ),
    )


def _explicit_identity(found: Findings) -> Words:
    by = "; ".join(found.denied_by) or found.denial.policy or "a policy attached to the role"
    return Words(
        f"A statement denies {action_of(found)} explicitly ({by}). A Deny wins over every Allow.",
        (
            f"Change or narrow the Deny in {by}, with whoever put it there: it is usually there on purpose.",
            f"{UNCHANGED}",
        ),
        "whoever manages the policies of the role",
    )


def _explicit_unknown(found: Findings) -> Words:
    by = "; ".join(found.denied_by) or found.denial.policy or "a policy that the log does not name"
    return Words(
        f"An explicit Deny in {by} refuses {action_of(found)}; it wins over every Allow.",
        (
            "Look for the Deny in this order: the role's policies, its permissions boundary, the organisation's policies, the resource's own policy, the VPC endpoint's.",
            UNCHANGED,
        ),
    )


def _guardrail(name: str, owner: str, *steps: str) -> Callable[[Findings], Words]:
    def told(found: Findings) -> Words:
        by = found.denial.policy or "; ".join(found.denied_by)
        kind = (
            "denies"
            if found.denial.explicit or (not found.denial.explicit and found.denied_by)
            else "does not let through"
        )
        also: tuple[str, ...] = ()
        if found.enough_without_guardrail is not None:
            also = (
                f"Once that is changed, the role's own policies {'would do with the statement that the log asks for' if found.enough_without_guardrail else 'are refused for another reason next'}.",
            )
        elif found.before is not None and found.before.allowed:
            also = ("The role's own policies allow it already.",)
        return Words(
            f"{name} {kind} {action_of(found)} on {thing_of(found)}{f' ({by})' if by else ''}. {UNCHANGED}",
            (*steps, *also),
            owner,
        )

    return told


def _resource_policy(found: Findings) -> Words:
    thing = thing_of(found)
    verb = "denies" if found.denial.explicit else "does not allow"
    return Words(
        f"The policy of {thing} itself {verb} {action_of(found)} for {role_of(found)}. {UNCHANGED}",
        (
            f"In the resource's own policy {'narrow the Deny' if found.denial.explicit else 'allow'} {action_of(found)} for the principal {named(found)}.",
            "Across accounts both sides have to allow it: check the role's policies too.",
        ),
        owner_of_resource(found),
    )


def _kms_key(found: Findings) -> Words:
    return Words(
        f"The key's own policy does not let {role_of(found)} use it ({action_of(found)}); a key's policy has a say even within one account.",
        (
            f"In the policy of {thing_of(found)} allow {action_of(found)} for the principal {named(found)}, or for the account as a whole and then in the role's policies.",
            "If the key is in another account, both its policy and the role's policies have to allow it. Check as well that the key is in this region and enabled.",
        ),
        "whoever administers the key",
    )


def _kms_reference(_found: Findings) -> Words:
    return Words(
        "KMS does not tell a key that does not exist from one in another region or one that may not be used.",
        (
            "See whether the key still exists, in this region, and is enabled.",
            "If so, allow kms:Decrypt on it for the role, in the role's policies and in the key's own.",
        ),
        "whoever administers the key",
    )


def _trust(found: Findings) -> Words:
    resource = arns.read(found.denial.resource)
    role = f"the role {resource.leaf}" if resource and resource.leaf else "the role that is to be assumed"
    if found.denial.form is Form.ROLE_UNUSABLE:
        return Words(
            f"A service cannot use {role}: its trust policy does not name the service, or the role lacks what the service needs. It is not the execution role that lacks a right.",
            (
                f"In the trust policy of {role} allow sts:AssumeRole for the service's principal (for instance glue.amazonaws.com).",
                "See that the role exists, in this account, and that its own policies cover the job.",
            ),
            "whoever owns that role",
        )
    return Words(
        f"The trust policy of {role} does not let {role_of(found)} assume it. {UNCHANGED}",
        (
            f"In the trust policy of {role} allow sts:AssumeRole for the principal {named(found)}; an external id, if it asks for one, belongs into the connection's extra.",
            "The caller's own policies have to allow sts:AssumeRole on it as well.",
        ),
        "whoever owns the role to be assumed",
    )


def _role_lacks(found: Findings) -> Words:
    return Words(
        f"The role that was handed to a service lacks {action_of(found)}. It is not the execution role that was refused.",
        (f"Allow {action_of(found)} in the policies of the service's own role.",),
        "whoever owns the service's role",
    )


def _lake_formation(found: Findings) -> Words:
    right = f" ({found.denial.condition})" if found.denial.condition else ""
    return Words(
        f"Lake Formation governs the table and has not granted the right{right}. IAM policies cannot replace its grants.",
        (
            f"Lake Formation console > Data permissions > Grant: principal {named(found)}, the database and table, and the permission that the log names.",
            "If a job does the reading, grant it to the job's role.",
        ),
        "whoever administers Lake Formation",
    )


def _public_access(found: Findings) -> Words:
    return Words(
        f"S3 refuses it {'because ' + found.denial.condition if found.denial.condition else 'by Block Public Access'}: the call would have made something public.",
        (
            "Leave out the ACL or the public statement: with Object Ownership set to bucket owner enforced no ACL is needed (operators: acl_policy=None).",
            UNCHANGED,
        ),
        owner_of_resource(found),
    )


def _bucket_setting(found: Findings) -> Words:
    return Words(
        f"A setting of the bucket refuses it: {found.denial.condition}.",
        ("Send the request without ACL and without customer-provided keys, or change the bucket's setting.", UNCHANGED),
        owner_of_resource(found),
    )


def _model_access(_found: Findings) -> Words:
    return Words(
        "Access to the model is not switched on in this account and region; that is a setting of Bedrock, not of IAM.",
        (
            "Bedrock console > Model access, in the region that the task calls: request the model.",
            "Check the model id and region in the DAG.",
            UNCHANGED,
        ),
        "whoever administers Bedrock in the account",
    )


def _copy(_found: Findings) -> Words:
    return Words(
        "Redshift was refused by S3 when it copied. It works with the role or the credentials that the COPY or UNLOAD statement names, or with those of the connection.",
        (
            "If the statement names an IAM role: allow it s3:GetObject and s3:ListBucket (COPY) or s3:PutObject (UNLOAD) on the bucket.",
            "Without one, operators of the amazon provider pass the execution role's own credentials: the same rights are needed there.",
        ),
        "whoever owns the role that the statement names",
    )


def _rbac(found: Findings) -> Words:
    return Words(
        f"Kubernetes refuses it: {found.denial.condition or 'the identity is not known to the cluster or has no role there'}. IAM has let the role through.",
        (
            "Give the identity a Role and RoleBinding in that namespace; for EKS, an access entry (or a line in the aws-auth ConfigMap) that maps the execution role to it.",
        ),
        "whoever administers the Kubernetes cluster",
    )


def _other_account(found: Findings) -> Words:
    account = found.principal.account
    return Words(
        f"{whose_role(found)} was refused; its policies cannot be seen from here.",
        (
            f"Have {action_of(found)} on {thing_of(found)} allowed for the role {found.principal.name} in account {account}.",
        ),
        f"whoever manages account {account}",
    )


def _user(found: Findings) -> Words:
    return Words(
        f"The task works with the keys of the IAM user {found.principal.name}, not with the execution role.",
        (
            "Take the access keys out of the connection (or variable): the task then uses the execution role, and keys need no rotation.",
            f"Then allow {action_of(found)} on {thing_of(found)} for the execution role. If the keys must stay, allow it for the user.",
        ),
        "whoever made the connection",
    )


def _credentials(_found: Findings) -> Words:
    return Words(
        "AWS did not accept the credentials.", ("Use the execution role: leave the AWS connection's keys empty.",)
    )


def _account(_found: Findings) -> Words:
    return Words(
        "The account as a whole may not use the service or the region.",
        ("Open the region or the service for the account.", UNCHANGED),
        "whoever administers the AWS account",
    )


_WORDS: dict[Leaf, Callable[[Findings], Words]] = {
    Leaf.ADD_STATEMENT: _add_statement,
    Leaf.ALREADY_ALLOWED: _already,
    Leaf.ELSEWHERE: _elsewhere,
    Leaf.OBJECT_MAY_BE_MISSING: _head,
    Leaf.CONDITIONAL: _conditional,
    Leaf.NO_STATEMENT: _no_statement,
    Leaf.EXPLICIT_IDENTITY: _explicit_identity,
    Leaf.EXPLICIT_UNKNOWN: _explicit_unknown,
    Leaf.BOUNDARY: _guardrail("The role's permissions boundary", "whoever set the role's permissions boundary", "Add the action to the boundary's policy, or remove the Deny there."),
    Leaf.SCP: _guardrail("A service control policy of the organisation", ORGANISATION, "Ask for an exception for this role, or use a region, service or setting that the policy lets through."),
    Leaf.RCP: _guardrail("A resource control policy of the organisation", ORGANISATION, "Ask for an exception: it stands above the resource, whoever asks."),
    Leaf.SESSION: _guardrail("The session's own policy", "whoever opens the session", "Widen the policy that is passed when the role is assumed (assume_role_kwargs of the connection, or the service that opens the session)."),
    Leaf.VPC_ENDPOINT: _guardrail("The policy of the VPC endpoint", "whoever owns the environment's network", "Allow the action, the resource and the role in the endpoint's policy (VPC console > Endpoints > the service's endpoint > Policy)."),
    Leaf.RESOURCE_POLICY: _resource_policy,
    Leaf.KMS_KEY: _kms_key,
    Leaf.KMS_REFERENCE: _kms_reference,
    Leaf.TRUST: _trust,
    Leaf.ROLE_LACKS: _role_lacks,
    Leaf.LAKE_FORMATION: _lake_formation,
    Leaf.PUBLIC_ACCESS: _public_access,
    Leaf.BUCKET_SETTING: _bucket_setting,
    Leaf.MODEL_ACCESS: _model_access,
    Leaf.REDSHIFT_COPY: _copy,
    Leaf.RBAC: _rbac,
    Leaf.OTHER_ACCOUNT: _other_account,
    Leaf.USER: _user,
    Leaf.CREDENTIALS: _credentials,
    Leaf.ACCOUNT: _account,
}  # fmt: skip
