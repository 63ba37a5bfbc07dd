"""The refusal that a failure rests on, and which cause of `causes/permissions` it belongs to.

The causes exclude each other by this order: the resource's own policy, any other explicit deny or guardrail, keys, assumed and passed roles, the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from responder.diagnosis.recognise import line_of
from responder.diagnosis.refusal_said import Told, told
from responder.diagnosis.rule import Match, Rule
from responder.evidence.refusal import Denial, Form, Kind, Layer
from responder.inquiry.iam_questions import BaselineRights, WhyDenied
from responder.inquiry.question import Answers, Question, Unanswered
from responder.model import Category, Evidence, Remedy, Strength

if TYPE_CHECKING:
    from responder.permissions.findings import Findings

# Those of AWS; what only asked for something, and was refused it, gives way to them
REFUSALS = ("iam-denied", "explicit-deny", "resource-policy", "kms-denied", "assume-role", "credentials")
# In the ARNs of MWAA's queue and log groups: https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-create-role.html
_MWAAS_OWN = (":airflow-celery-", ":log-group:airflow-")
# Besides sts:AssumeRole and its kin; the first two are asked for with it: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
_HANDED_OVER = frozenset({"sts:tagsession", "sts:setsourceidentity", "iam:passrole"})


@dataclass(frozen=True, slots=True)
class Refused:
    """The facts. `explicit` and `layer` as AWS words them."""

    principal: str | None
    iam_action: str | None
    resource: str | None
    error_code: str | None
    aws_operation: str | None
    aws_service: str | None
    layer: str | None
    explicit: bool | None


@dataclass(frozen=True, slots=True)
class Refusal(Match[Refused]):
    """A match that keeps the whole refusal beside its facts."""

    told: Told | None = None


def cause_of(denial: Denial, action: str) -> str:
    """Which cause: the order is that of the module's docstring."""
    if denial.kind is not Kind.PERMISSION:
        return "credentials"
    if denial.layer is Layer.RBAC:
        return "service-auth"
    key = action.startswith("kms:") or denial.form in {Form.KMS_HIDDEN, Form.KMS_REFERENCE, Form.KMS_SERVICE}
    if _is_of_resource(denial):
        return "kms-denied" if key or denial.layer is Layer.KMS_KEY else "resource-policy"
    if denial.explicit or denial.layer in {Layer.SCP, Layer.RCP, Layer.BOUNDARY, Layer.SESSION}:
        return "explicit-deny"
    return "kms-denied" if key else _of_role(denial, action)


def _of_role(denial: Denial, action: str) -> str:
    handed_over = action.startswith("sts:assumerole") or action in _HANDED_OVER
    return "assume-role" if handed_over or denial.layer is Layer.TRUST else "iam-denied"


def _is_of_resource(denial: Denial) -> bool:
    if denial.layer in {Layer.RESOURCE, Layer.KMS_KEY}:
        return True
    return denial.layer is Layer.VPC_ENDPOINT and denial.explicit is False


def recognising(cause: str) -> Callable[[Evidence], Match[Refused] | None]:
    """The recogniser of one of these causes."""

    def recognise(evidence: Evidence) -> Match[Refused] | None:
        found = told(evidence)
        if found is None:
            return None
        from responder.permissions.actions import printed_or_needed

        action = printed_or_needed(found.denial, found.service) or ""
        return _match(evidence, found, action) if cause_of(found.denial, action.lower()) == cause else None

    return recognise


def _match(evidence: Evidence, found: Told, action: str) -> Refusal:
    from responder.permissions.actions import prefix_of

    denial = found.denial
    right = denial.kind is Kind.PERMISSION  # credentials that nobody accepts lack no right
    facts = Refused(
        principal=denial.principal,
        iam_action=(action or None) if right else None,
        resource=denial.resource,
        error_code=denial.code,
        aws_operation=denial.operation,
        aws_service=found.service or prefix_of(denial.service),
        layer=denial.layer.value if right else None,
        explicit=denial.explicit,
    )
    lines = (denial.line or line_of(found.said.text, 0),)
    return Refusal(_strength(evidence, found), facts, lines, evidence.failure, found.said.raised, found)


def _strength(evidence: Evidence, found: Told) -> Strength:
    """Without any exception an earlier line is only what was logged last: a killed process has its own reason."""
    logged_before = evidence.chain is None and found.said.record is not evidence.failing
    return Strength.MESSAGE if logged_before else Strength.STRUCTURED


# ------------------------------------------------------------------------------------------- asking and advising


def _refusal(match: Match[Refused]) -> Told:
    assert isinstance(match, Refusal)  # noqa: S101 - made by `recognising`, which makes nothing else
    assert match.told  # noqa: S101
    return match.told


def why(match: Match[Refused]) -> WhyDenied:
    """The one question, named once, so that asking and reading cannot disagree."""
    found = _refusal(match)
    return WhyDenied(found.asked, found.service, found.operator)


def questions(match: Match[Refused]) -> tuple[Question[Any], ...]:
    """Why it was refused, and whether the proposed policy would let it through; of MWAA's own rights all at once."""
    return (why(match), BaselineRights()) if _is_mwaas_own(match.facts) else (why(match),)


def _is_mwaas_own(facts: Refused) -> bool:
    """What MWAA itself does with the execution role: where one such right lacks, others often do."""
    resource = facts.resource or ""
    return facts.iam_action == "airflow:PublishMetrics" or any(mark in resource for mark in _MWAAS_OWN)


def advised(match: Match[Refused], answers: Answers) -> Remedy:
    """With what was found out, or with the text alone."""
    from responder.diagnosis.refusal_remedy import remedy, with_baseline

    answer = answers[why(match)]
    found = remedy(_from_text(match, answer) if isinstance(answer, Unanswered) else answer)
    if not _is_mwaas_own(match.facts):
        return found
    lacking = answers[BaselineRights()]
    return with_baseline(found, lacking)


def _from_text(match: Match[Refused], answer: Unanswered) -> Findings:
    from responder.permissions.findings import Findings
    from responder.permissions.principal import resolve
    from responder.permissions.proposal import propose
    from responder.permissions.resources import Place

    found, place = _refusal(match), match.failure.place
    where = Place(place.partition, place.region, place.account)
    proposal = propose(found.asked, found.service, where, found.operator)
    return Findings(
        found.asked, resolve(found.asked.principal), where, proposal, notes=(f"the policies: {answer.reason}",)
    )


def rule(cause: str) -> Rule[Refused]:
    """A cause of this family. Another try cannot help: nobody changes a policy between two tries."""
    return Rule(
        category=Category.PERMISSIONS,
        cause=cause,
        may_heal=False,
        recognise=recognising(cause),
        questions=questions,
        remedy=advised,
    )
