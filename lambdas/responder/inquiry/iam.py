"""Finds out why a request was refused, and whether the proposed policy would let it through.

What is looked up, in this order: the environment's execution role, EC2's encoded message, AWS's own details where the text has an
authorization id, the role of whoever was refused, the policy simulator twice. A look-up that fails leaves a note; the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Protocol

from responder.evidence.refusal import Denial
from responder.inquiry import iam_evidence, iam_policies, iam_simulator
from responder.inquiry.aws_fault import in_time, told_as_could_not
from responder.inquiry.environment import EnvironmentFacts, EnvironmentState
from responder.inquiry.iam_simulator import Request, Simulation, Simulator
from responder.inquiry.question import Budget, CouldNot, Question
from responder.model import Failure
from responder.permissions import arn as arns
from responder.permissions.findings import Decision, Findings, Follower, Verdict
from responder.permissions.principal import NOT_SIMULATED, resolve
from responder.permissions.proposal import Proposal, propose
from responder.permissions.request import attributed, context_of, request_of
from responder.permissions.resources import Place

# `s3:ListAllMyBuckets` tells whether a bucket is the account's own: its ARN does not name an account
ACTIONS = tuple(sorted({*iam_evidence.ACTIONS, *iam_policies.ACTIONS, *iam_simulator.ACTIONS, "s3:ListAllMyBuckets"}))

# For the clients handed in: https://boto3.amazonaws.com/v1/documentation/api/latest/guide/retries.html
RETRIES = {"mode": "adaptive", "max_attempts": 4}

AWS_RECORD = "AWS's own record of the request"
_GUARDRAILS = ("scp", "permission-boundary")


@dataclass(frozen=True)
class WhyDenied(Question[Findings]):
    """Why this was refused. `service` is the client whose call it was, `operator` the task's class, where the log tells."""

    denial: Denial
    service: str | None = None
    operator: str | None = None


class Environments(Protocol):
    """The inquirer of `inquiry/environment`."""

    def answer(self, question: EnvironmentState, failure: Failure, budget: Budget) -> EnvironmentFacts: ...


@dataclass(frozen=True, slots=True)
class IamInquirer:
    """Clients are made when first needed. `toolbox` may raise where boto3 does not know the service yet."""

    environments: Environments
    iam: Callable[[], Any]
    sts: Callable[[], Any]
    s3: Callable[[], Any]
    toolbox: Callable[[], Any]
    simulator: Simulator

    def answer(self, question: WhyDenied, failure: Failure, budget: Budget) -> Findings:
        """Findings with whatever could be found out; what could not is in their notes."""
        notes: list[str] = []
        facts = self._environment(failure, budget, notes)
        denial = self._decoded(question.denial, budget, notes)
        principal = resolve(denial.principal, facts.execution_role_arn if facts else None)
        place = _place(failure, facts)
        found = Findings(denial, principal, place, propose(denial, question.service, place, question.operator))
        found = self._of_role(self._by_aws(found, question, budget, notes), budget, notes)
        found = self._simulated(found, question, budget, notes)
        return replace(self._owner(found, budget, notes), notes=tuple(dict.fromkeys(notes)))

    def _environment(self, failure: Failure, budget: Budget, notes: list[str]) -> EnvironmentFacts | None:
        try:
            return self.environments.answer(EnvironmentState(), failure, budget)
        except CouldNot as error:
            notes.append(f"the environment's execution role: {error}")
            return None

    def _decoded(self, denial: Denial, budget: Budget, notes: list[str]) -> Denial:
        if not denial.encoded or (denial.action and denial.resource and denial.principal):
            return denial
        with _noting(notes, budget, "sts:DecodeAuthorizationMessage", "the encoded authorization message"):
            return iam_evidence.decoded(self.sts(), denial)
        return denial

    def _by_aws(self, found: Findings, question: WhyDenied, budget: Budget, notes: list[str]) -> Findings:
        """AWS's own record of the request, where the text names it."""
        if not found.denial.authorization_id:
            return found
        with _noting(notes, budget, "iam:GetRequestAuthorizationDetails", "the refused request"):
            checked = iam_evidence.checked(self.toolbox(), found.denial)
            if checked:
                denial = replace(found.denial, explicit=checked.explicit, layer=checked.layer)
                proposal = propose(denial, question.service, found.place, question.operator)
                told = {"layer": checked.layer, "layer_by": AWS_RECORD, "denied_by": checked.denied_by}
                return replace(found, denial=denial, proposal=proposal, **told)  # type: ignore[arg-type]  # fields of Findings
        return found

    def _of_role(self, found: Findings, budget: Budget, notes: list[str]) -> Findings:
        """The role's ARN with its path, and its boundary."""
        principal = found.principal
        if principal.role_arn:
            return replace(found, role_arn=principal.role_arn)
        if principal.whose in NOT_SIMULATED:
            notes.append(f"the policies: {NOT_SIMULATED[principal.whose]}")
            return found
        with _noting(notes, budget, "iam:GetRole", f"the role {principal.name}"):
            role = iam_policies.role(self.iam(), principal.name or "")
            if (arn := arns.read(role.arn)) and arn.account == principal.account:
                return replace(found, role_arn=role.arn, boundary_arn=role.boundary)
            notes.append(f"the role {principal.name} is not one of the responder's account")
        return found

    def _simulated(self, found: Findings, question: WhyDenied, budget: Budget, notes: list[str]) -> Findings:
        request = request_of(found, question.service)
        if not found.role_arn or request is None:
            return found
        try:
            found = self._before_and_after(found, request, budget)
        except CouldNot as error:
            notes.append(f"the policies of {found.principal.name}: {error}")
            return found
        verdict = found.after or found.before
        return found if verdict is None or verdict.allowed else self._refused(found, verdict, budget, notes)

    def _before_and_after(self, found: Findings, request: Request, budget: Budget) -> Findings:
        proposal = found.proposal if isinstance(found.proposal, Proposal) else None
        followers = tuple((each.action, each.asked) for each in proposal.companions) if proposal else ()
        requests = tuple(dict.fromkeys((request, *followers)))
        as_it_is = Simulation(found.role_arn or "", requests, (), context_of(found))
        before = self.simulator.ask(as_it_is, budget)
        if proposal is None:
            return replace(found, before=before.get(request))
        policies = (proposal.policy, *([proposal.companion_policy] if proposal.companion_policy else []))
        after = self.simulator.ask(replace(as_it_is, policies=policies), budget)
        return replace(
            found,
            before=before.get(request),
            after=after.get(request),
            followers=tuple(Follower(*each, before.get(each), after.get(each)) for each in followers),
        )

    def _refused(self, found: Findings, verdict: Verdict, budget: Budget, notes: list[str]) -> Findings:
        """Which layer stands in the way, and the statement's name."""
        found = attributed(found, verdict)
        if verdict.decision is Decision.EXPLICIT_DENY and verdict.matched and not found.denied_by:
            with _noting(notes, budget, "iam:GetPolicyVersion", "the policy that denies"):
                found = replace(found, denied_by=self._statements(found, verdict))
        if verdict.boundary is False or verdict.organizations is False:
            return replace(found, enough_without_guardrail=self._without(found, verdict, budget))
        return found

    def _statements(self, found: Findings, verdict: Verdict) -> tuple[str, ...]:
        name = (found.role_arn or "").rpartition("/")[2]
        iam = self.iam()
        boundary = found.boundary_arn or iam_policies.role(iam, name).boundary
        return iam_policies.denying(iam, name, boundary, verdict)

    def _without(self, found: Findings, verdict: Verdict, budget: Budget) -> bool | None:
        """Whether the statement would do but for boundary and organisation; None with a boto3 older than July 2026."""
        if not isinstance(found.proposal, Proposal):
            return None
        request, policies = (verdict.action, verdict.resource), (found.proposal.policy,)
        asked = Simulation(found.role_arn or "", (request,), policies, context_of(found), _GUARDRAILS)
        try:
            answer = self.simulator.ask(asked, budget).get(request)
        except CouldNot:
            return None
        return answer.allowed if answer else None

    def _owner(self, found: Findings, budget: Budget, notes: list[str]) -> Findings:
        """A bucket's ARN does not say whose it is, and across accounts its own policy decides too."""
        resource = arns.read(found.after.resource if found.after else None)
        if not resource or resource.service != "s3" or resource.account or not found.after or not found.after.allowed:
            return found
        bucket = resource.rest.partition("/")[0]
        with _noting(notes, budget, "s3:ListAllMyBuckets", f"whether the bucket {bucket} is this account's own"):
            listed = self.s3().list_buckets(Prefix=bucket)
            return replace(found, owned=any(each["Name"] == bucket for each in listed.get("Buckets", [])))
        return found


def _place(failure: Failure, facts: EnvironmentFacts | None) -> Place:
    place = failure.place
    if facts is None:
        return Place(place.partition, place.region, place.account)
    return Place(facts.partition, place.region or facts.region, place.account or facts.account)


@contextmanager
def _noting(notes: list[str], budget: Budget, action: str, subject: str) -> Iterator[None]:
    """One look-up: whatever AWS or an older boto3 answers becomes a note, and the others go on."""
    try:
        in_time(budget)
        with told_as_could_not(action, subject):
            yield
    except CouldNot as error:
        notes.append(str(error))
    except (ValueError, KeyError, TypeError) as error:
        notes.append(f"the answer of {action} for {subject} could not be read ({type(error).__name__})")
