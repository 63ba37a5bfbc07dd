"""The refusal that a failure rests on, and which cause of `causes/permissions` it belongs to.

The causes exclude each other by this order: the resource's own policy, any other explicit deny or guardrail, keys, assumed and passed roles, the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from responder.diagnosis.decisive import decisive, records_before
from responder.diagnosis.recognise import line_of
from responder.diagnosis.refusal_remedy import remedy
from responder.diagnosis.rule import Match, Rule
from responder.evidence.denial import read_denials
from responder.evidence.lazy_pattern import lazy
from responder.evidence.refusal import Denial, Form, Kind, Layer
from responder.evidence.remote_job import read_job
from responder.evidence.said import exception_text
from responder.inquiry.iam import WhyDenied
from responder.inquiry.question import Answers, Question, Unanswered
from responder.model import Category, Evidence, Record, Remedy, Said, Strength
from responder.permissions.actions import prefix_of, printed_or_needed
from responder.permissions.findings import Findings
from responder.permissions.principal import resolve
from responder.permissions.proposal import propose
from responder.permissions.resources import Place

_NOT_THERE = lazy(r"isn't defined|does not exist|_NOT_FOUND|not found")
# ECS could not even fetch image or secret: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
_NEVER_STARTED = lazy(r"ResourceInitializationError|CannotPullContainerError|EcsTaskFailToStart")
# Athena, Lake Formation and COPY work with the caller's rights; a role that cannot be used stops the call itself
_OURS = frozenset({Form.ATHENA, Form.LAKE_FORMATION, Form.REDSHIFT_COPY, Form.ROLE_UNUSABLE, Form.CREDENTIALS})
_BACKEND = "secrets backend"
_OPERATOR = lazy(r"<Task\((?P<name>\w{1,100})\)")
_BUCKET = lazy(
    r"(?:[Bb]ucket[: ]{1,2}[\"']?|s3a?n?://)(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(?P<key>[^\s\"',;)]{1,1024}))?"
)
_HINTS = 400  # records looked through for a bucket's name


@dataclass(frozen=True, slots=True)
class Told:
    """One refusal, where it was said, and what the log tells around it."""

    denial: Denial
    said: Said
    service: str | None
    operator: str | None
    asked: Denial  # with the resource that other lines name


@dataclass(frozen=True, slots=True)
class Refused:
    """The facts. `explicit` and `layer` as AWS words them."""

    principal: str | None
    iam_action: str | None
    resource: str | None
    error_code: str | None
    aws_operation: str | None
    aws_service: str | None
    layer: str
    explicit: bool | None


@dataclass(frozen=True, slots=True)
class Refusal(Match[Refused]):
    """A match that keeps the whole refusal beside its facts."""

    told: Told | None = None


# ------------------------------------------------------------------------------------------------- recognising


def told(evidence: Evidence) -> Told | None:
    """The refusal that the failure rests on: its own words first, then what the secrets backend was refused before."""
    for said in (*decisive(evidence), *_behind_the_backend(evidence)):
        for denial in read_denials(said.text):
            if not _of_the_job(said, denial):
                return _told(evidence, said, denial)
    return None


def _of_the_job(said: Said, denial: Denial) -> bool:
    """A job that started and then failed is another cause, whatever its own code was refused."""
    if denial.operation or denial.waiter or denial.form in _OURS or _NEVER_STARTED.search(said.text):
        return False
    job = read_job(said.text)
    return job is not None and job.service != "athena"


def _behind_the_backend(evidence: Evidence) -> Iterator[Said]:
    """`The conn_id x isn't defined` after the backend was refused: the refusal is the reason."""
    if not any(_NOT_THERE.search(said.text) for said in decisive(evidence)):
        return
    for record in records_before(evidence):
        if _BACKEND in record.text:
            yield from _texts(record)


def _texts(record: Record) -> Iterator[Said]:
    for raised in record.chain.links if record.chain else ():
        yield Said(exception_text(raised), None, record)
    yield Said(record.text, None, record)


def _told(evidence: Evidence, said: Said, denial: Denial) -> Told:
    errors = [each for each in evidence.aws_errors if each.code == denial.code and each.operation == denial.operation]
    service = next((each.service for each in errors if each.service), None)
    asked = denial if denial.resource or denial.form not in {Form.PLAIN, Form.HEAD} else _with_bucket(evidence, denial)
    return Told(denial, said, service, _operator(evidence), asked)


def _operator(evidence: Evidence) -> str | None:
    for record in evidence.records[:_HINTS]:
        if "<Task(" in record.text and (match := _OPERATOR.search(record.text[:2_000])):
            return match["name"]
    return None


def _with_bucket(evidence: Evidence, denial: Denial) -> Denial:
    """The one bucket that the log speaks of; several would be a guess."""
    found = {}
    for record in evidence.records[-_HINTS:]:
        for match in _BUCKET.finditer(record.text[:2_000]):
            found[match["bucket"]] = f"{match['bucket']}/{match['key']}" if match["key"] else match["bucket"]
    return replace(denial, resource=f"arn:aws:s3:::{next(iter(found.values()))}") if len(found) == 1 else denial


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
    handed_over = action.startswith("sts:assumerole") or action == "iam:passrole"
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
        action = printed_or_needed(found.denial, found.service) or ""
        return _match(evidence, found, action) if cause_of(found.denial, action.lower()) == cause else None

    return recognise


def _match(evidence: Evidence, found: Told, action: str) -> Refusal:
    denial = found.denial
    facts = Refused(
        principal=denial.principal,
        iam_action=action or None,
        resource=denial.resource,
        error_code=denial.code,
        aws_operation=denial.operation,
        aws_service=found.service or prefix_of(denial.service),
        layer=denial.layer.value,
        explicit=denial.explicit,
    )
    lines = (denial.line or line_of(found.said.text, 0),)
    return Refusal(Strength.STRUCTURED, facts, lines, evidence.failure, found.said.raised, found)


# ------------------------------------------------------------------------------------------- asking and advising


def _refusal(match: Match[Refused]) -> Told:
    assert isinstance(match, Refusal)  # noqa: S101 - made by `recognising`, which makes nothing else
    assert match.told  # noqa: S101
    return match.told


def why(match: Match[Refused]) -> WhyDenied:
    """The one question, named once, so that asking and reading cannot disagree."""
    found = _refusal(match)
    return WhyDenied(found.asked, found.service, found.operator)


def questions(match: Match[Refused]) -> tuple[Question[Findings], ...]:
    """Why it was refused, and whether the proposed policy would let it through."""
    return (why(match),)


def advised(match: Match[Refused], answers: Answers) -> Remedy:
    """With what was found out, or with the text alone."""
    answer = answers[why(match)]
    return remedy(_from_text(match, answer) if isinstance(answer, Unanswered) else answer)


def _from_text(match: Match[Refused], answer: Unanswered) -> Findings:
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
