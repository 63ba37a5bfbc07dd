"""Finds out about one refused request, one look-up after the other.

In this order: the environment's execution role, EC2's encoded message, AWS's own details where the text has an authorization id, the
role of whoever was refused, the policy simulator twice. A look-up that fails leaves a note; the others go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from responder.evidence.refusal import Denial
from responder.inquiry import iam_evidence, iam_policies
from responder.inquiry.aws_fault import in_time, told_as_could_not
from responder.inquiry.environment import EnvironmentFacts, EnvironmentState
from responder.inquiry.iam_questions import WhyDenied
from responder.inquiry.iam_simulator import Request, Simulation
from responder.inquiry.question import Budget, CouldNot
from responder.model import Failure
from responder.permissions import arn as arns
from responder.permissions.findings import Decision, Findings, Follower, Verdict
from responder.permissions.principal import NOT_SIMULATED, resolve
from responder.permissions.proposal import Proposal, propose
from responder.permissions.request import attributed, context_of, request_of
from responder.permissions.resources import Place

if TYPE_CHECKING:
    from responder.inquiry.iam import IamInquirer

AWS_RECORD = "AWS's own record of the request"
_GUARDRAILS = ("scp", "permission-boundary")


@dataclass(frozen=True, slots=True)
class RefusedRequest:
    """One refusal, with whom to ask and what could not be found out so far."""

    by: IamInquirer
    question: WhyDenied
    failure: Failure
    budget: Budget
    notes: list[str] = field(default_factory=list)

    def findings(self) -> Findings:
        """Whatever could be found out."""
        facts = self._environment()
        denial = self._decoded(self.question.denial)
        principal = resolve(denial.principal, facts.execution_role_arn if facts else None)
        place = _place(self.failure, facts)
        proposal = propose(denial, self.question.service, place, self.question.operator)
        found = self._of_role(self._by_aws(Findings(denial, principal, place, proposal)))
        return replace(self._owner(self._simulated(found)), notes=tuple(dict.fromkeys(self.notes)))

    def _environment(self) -> EnvironmentFacts | None:
        try:
            return self.by.environments.answer(EnvironmentState(), self.failure, self.budget)
        except CouldNot as error:
            self.notes.append(f"the environment's execution role: {error}")
            return None

    def _decoded(self, denial: Denial) -> Denial:
        if not denial.encoded or (denial.action and denial.resource and denial.principal):
            return denial
        with self._noting("sts:DecodeAuthorizationMessage", "the encoded authorization message"):
            return iam_evidence.decoded(self.by.sts(), denial)
        return denial

    def _by_aws(self, found: Findings) -> Findings:
        """AWS's own record of the request, where the text names it."""
        if not found.denial.authorization_id:
            return found
        with self._noting("iam:GetRequestAuthorizationDetails", "the refused request"):
            checked = iam_evidence.checked(self.by.toolbox(), found.denial)
            if checked:
                denial = replace(found.denial, explicit=checked.explicit, layer=checked.layer)
                proposal = propose(denial, self.question.service, found.place, self.question.operator)
                told = {"layer": checked.layer, "layer_by": AWS_RECORD, "denied_by": checked.denied_by}
                return replace(found, denial=denial, proposal=proposal, **told)  # type: ignore[arg-type]  # fields of Findings
        return found

    def _of_role(self, found: Findings) -> Findings:
        """The role's ARN with its path, and its boundary."""
        principal = found.principal
        if principal.role_arn:
            return replace(found, role_arn=principal.role_arn)
        if principal.whose in NOT_SIMULATED:
            self.notes.append(f"the policies: {NOT_SIMULATED[principal.whose]}")
            return found
        with self._noting("iam:GetRole", f"the role {principal.name}"):
            role = iam_policies.role(self.by.iam(), principal.name or "")
            if (arn := arns.read(role.arn)) and arn.account == principal.account:
                return replace(found, role_arn=role.arn, boundary_arn=role.boundary)
            self.notes.append(f"the role {principal.name} is not one of the responder's account")
        return found

    def _simulated(self, found: Findings) -> Findings:
        request = request_of(found, self.question.service)
        if not found.role_arn or request is None:
            return found
        try:
            found = self._before_and_after(found, request)
        except CouldNot as error:
            self.notes.append(f"the policies of {found.principal.name}: {error}")
            return found
        verdict = found.after or found.before
        return found if verdict is None or verdict.allowed else self._refused(found, verdict)

    def _before_and_after(self, found: Findings, request: Request) -> Findings:
        proposal = found.proposal if isinstance(found.proposal, Proposal) else None
        followers = tuple((each.action, each.asked) for each in proposal.companions) if proposal else ()
        requests = tuple(dict.fromkeys((request, *followers)))
        as_it_is = Simulation(found.role_arn or "", requests, (), context_of(found))
        before = self.by.simulator.ask(as_it_is, self.budget)
        if proposal is None:
            return replace(found, before=before.get(request))
        policies = (proposal.policy, *([proposal.companion_policy] if proposal.companion_policy else []))
        after = self.by.simulator.ask(replace(as_it_is, policies=policies), self.budget)
        return replace(
            found,
            before=before.get(request),
            after=after.get(request),
            followers=tuple(Follower(*each, before.get(each), after.get(each)) for each in followers),
        )

    def _refused(self, found: Findings, verdict: Verdict) -> Findings:
        """Which layer stands in the way, and the statement's name."""
        found = attributed(found, verdict)
        if verdict.decision is Decision.EXPLICIT_DENY and verdict.matched and not found.denied_by:
            with self._noting("iam:GetPolicyVersion", "the policy that denies"):
                found = replace(found, denied_by=self._statements(found, verdict))
        if verdict.boundary is False or verdict.organizations is False:
            return replace(found, enough_without_guardrail=self._without(found, verdict))
        return found

    def _statements(self, found: Findings, verdict: Verdict) -> tuple[str, ...]:
        name = (found.role_arn or "").rpartition("/")[2]
        iam = self.by.iam()
        boundary = found.boundary_arn or iam_policies.role(iam, name).boundary
        return iam_policies.denying(iam, name, boundary, verdict)

    def _without(self, found: Findings, verdict: Verdict) -> bool | None:
        """Whether the statement would do but for boundary and organisation; None with a boto3 older than July 2026."""
        if not isinstance(found.proposal, Proposal):
            return None
        request, policies = (verdict.action, verdict.resource), (found.proposal.policy,)
        asked = Simulation(found.role_arn or "", (request,), policies, context_of(found), _GUARDRAILS)
        try:
            answer = self.by.simulator.ask(asked, self.budget).get(request)
        except CouldNot:
            return None
        return answer.allowed if answer else None

    def _owner(self, found: Findings) -> Findings:
        """A bucket's ARN does not say whose it is, and across accounts its own policy decides too."""
        resource = arns.read(found.after.resource if found.after else None)
        if not resource or resource.service != "s3" or resource.account or not found.after or not found.after.allowed:
            return found
        bucket = resource.rest.partition("/")[0]
        with self._noting("s3:ListAllMyBuckets", f"whether the bucket {bucket} is this account's own"):
            listed = self.by.s3().list_buckets(Prefix=bucket)
            return replace(found, owned=any(each["Name"] == bucket for each in listed.get("Buckets", [])))
        return found

    @contextmanager
    def _noting(self, action: str, subject: str) -> Iterator[None]:
        """One look-up: whatever AWS or an older boto3 answers becomes a note, and the others go on."""
        try:
            in_time(self.budget)
            with told_as_could_not(action, subject):
                yield
        except CouldNot as error:
            self.notes.append(str(error))
        except (ValueError, KeyError, TypeError) as error:
            self.notes.append(f"the answer of {action} for {subject} could not be read ({type(error).__name__})")


def _place(failure: Failure, facts: EnvironmentFacts | None) -> Place:
    place = failure.place
    if facts is None:
        return Place(place.partition, place.region, place.account)
    return Place(facts.partition, place.region or facts.region, place.account or facts.account)
