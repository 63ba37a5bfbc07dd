"""Advice where the refused role's own policies decide, or where the simulator finds nothing against the request."""

from __future__ import annotations

from responder.evidence.refusal import Layer
from responder.permissions import arn as arns
from responder.permissions.findings import Findings
from responder.permissions.phrases import action_of, owner_of_resource, role_of, thing_of
from responder.permissions.principal import Whose
from responder.permissions.proof import relevant
from responder.permissions.statement import Refused
from responder.permissions.words import UNCHANGED, Words


def add_statement(found: Findings) -> Words:
    role = role_of(found)
    at_once = (
        "; it applies to the running environment within seconds to minutes, without a restart or update"
        if _is_execution_role(found)
        else ""
    )
    steps = [f"Add the statement shown here to {role}{at_once}."]
    steps += _across(found)
    if action_of(found) == "iam:PassRole":
        steps.append(
            "Operators hand over several roles one after the other (ECS: the task's role and its execution role): allow each, or the next one is refused."
        )
    return Words(_why(found, role), tuple(steps), _owner_of_role(found))


def _is_execution_role(found: Findings) -> bool:
    return found.principal.whose in {Whose.EXECUTION_ROLE, Whose.UNNAMED}


def _why(found: Findings, role: str) -> str:
    """As far as the text or the simulator says so."""
    if found.denial.layer is Layer.IDENTITY or (found.before is not None and not found.before.allowed):
        return f"No identity policy of {role} allows {action_of(found)}; IAM refuses what nothing allows."
    return (
        f"AWS does not say which policy refused; most often no identity policy of {role} allows {action_of(found)}. "
        "If one does, look at the resource's own policy, at a permissions boundary and at the organisation's policies."
    )


def _across(found: Findings) -> list[str]:
    """Two accounts: both sides have to allow it."""
    resource = arns.read(found.denial.resource)
    foreign = resource and resource.account.isdigit() and resource.account != found.principal.account
    if action_of(found).startswith(("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity")):
        if resource and resource.leaf == found.principal.name:
            return [
                "It is the very role that the task has already: if it need not be assumed anew, take role_arn out of the connection or code. Else its trust policy has to name the role itself."
            ]
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
    if principal.whose in {Whose.JOB_ROLE, Whose.SERVICE_ROLE}:
        return f"whoever owns the {principal.of} job's role"
    return "whoever owns that role" if principal.whose in {Whose.CONNECTION_ROLE, Whose.OTHER_ROLE} else None


def already(found: Findings) -> Words:
    return Words(
        f"The policy simulator allows {action_of(found)} for {role_of(found)} by now, although the log says that no identity policy allowed it: "
        "the policy was corrected since, had not reached every server yet, or depends on a condition that the request did not meet.",
        (
            "Clear the failed task.",
            "If it is refused again, look for conditions in the role's statement for this action (tags, source, time).",
        ),
    )


def elsewhere(found: Findings) -> Words:
    return Words(
        f"The policies of {role_of(found)} allow {action_of(found)}, so something that the policy simulator does not look at refused: the resource's own policy, a key's policy, a VPC endpoint's policy, a resource control policy, a session policy or Lake Formation. {UNCHANGED}",
        (
            f"Look at the policy of {thing_of(found)}: a Deny there, or another account's that does not name the role.",
            "If it is encrypted with a customer managed key, look at the key's policy as well.",
            "Look at the policy of the VPC endpoint in the environment's network, and for a Deny on aws:SourceVpce or aws:SourceIp.",
        ),
        owner_of_resource(found),
    )


def head(_found: Findings) -> Words:
    return Words(
        "S3 answers a HEAD request with 403 and no details. It does so, too, when the object does not exist and the role may not list the bucket.",
        (
            "First see whether the object exists: bucket, prefix and the key's rendered template (Airflow UI > the task > Rendered Templates).",
            "The role needs s3:GetObject on the object and s3:ListBucket on the bucket; with both, a missing key is a clear 404.",
            "If both are there: look at the bucket's policy and, for an encrypted object, at kms:Decrypt on its key.",
        ),
    )


def conditional(found: Findings) -> Words:
    keys = ", ".join(relevant(found.after)) if found.after else ""
    return Words(
        f"Policies that concern this request depend on {keys}, which the log does not tell; with unknown values the simulator still denies.",
        (
            "Read the conditions of the role's and the boundary's statements for this action and compare them with the environment's network, tags and region.",
        ),
    )


def no_statement(found: Findings) -> Words:
    reason = found.proposal.reason if isinstance(found.proposal, Refused) else "the simulator gave no answer for it"
    right = action_of(found)
    return Words(
        f"Access was refused, and no ready-made policy is proposed: {reason}.",
        (
            f"Check in this order: does {role_of(found)} allow {right} on {thing_of(found)}; does the resource's own policy deny it; is a customer managed key involved.",
            "The rendered template of the task (Airflow UI > the task > Rendered Templates) shows which resource it asked for.",
        ),
    )


def explicit_identity(found: Findings) -> Words:
    by = "; ".join(found.denied_by) or found.denial.policy or "a policy attached to the role"
    return Words(
        f"A statement denies {action_of(found)} explicitly ({by}). A Deny wins over every Allow. {UNCHANGED}",
        (f"Change or narrow the Deny in {by}, with whoever put it there: it is usually there on purpose.",),
        "whoever manages the policies of the role",
    )


def explicit_unknown(found: Findings) -> Words:
    by = "; ".join(found.denied_by) or found.denial.policy or "a policy that the log does not name"
    return Words(
        f"An explicit Deny in {by} refuses {action_of(found)}; it wins over every Allow. {UNCHANGED}",
        (
            "Look for the Deny in this order: the role's policies, its permissions boundary, the organisation's policies, the resource's own policy, the VPC endpoint's.",
        ),
    )
