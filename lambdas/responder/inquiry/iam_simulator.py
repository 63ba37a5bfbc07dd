"""Asks IAM's policy simulator, and reads both layouts of its answers.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html. Since July 2026 the top-level EvalResourceName is an ARN
template and the resource asked about stands in ResourceSpecificResults; before, each resource had a result of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from responder.inquiry.aws_fault import told_as_could_not
from responder.inquiry.question import Budget, CouldNot

if TYPE_CHECKING:
    from responder.permissions.findings import Matched, Verdict
    from responder.permissions.proposal import Context

ACTIONS = ("iam:SimulatePrincipalPolicy",)

FRESH_FOR = 90.0  # seconds that an answer is used again: a storm asks once, a corrected policy shows soon
REMEMBERED = 512  # answers of one warm function
EVERYTHING = "*"
ONE_CALL = 4.0  # seconds that a call needs at least, so that none is begun without them
PAGE = 1_000  # results of one answer, the most that the API gives
PAGES = 5

Request = tuple[str, str]  # action and resource
Verdicts = Mapping[Request, "Verdict"]


@dataclass(frozen=True, slots=True)
class Simulation:
    """One question to the simulator; equal ones are asked once."""

    role_arn: str
    requests: tuple[Request, ...]
    policies: tuple[str, ...] = ()  # beside the role's own
    context: Context = ()
    without: tuple[str, ...] = ()  # kinds of policy to leave out: scp, permission-boundary

    def as_call(self) -> dict[str, Any]:
        """The parameters; every action is evaluated on every resource."""
        call: dict[str, Any] = {
            "PolicySourceArn": self.role_arn,
            "ActionNames": list(dict.fromkeys(action for action, _ in self.requests)),
            "ResourceArns": list(dict.fromkeys(resource for _, resource in self.requests)),
            "ContextEntries": [_entry(key, value) for key, value in self.context],
            "MaxItems": PAGE,
        }
        if self.policies:
            call["PolicyInputList"] = list(self.policies)
        if self.without:
            call["PolicyExclusionList"] = [{"PolicyType": each} for each in self.without]
        return call


def _entry(key: str, value: str) -> dict[str, Any]:
    kinds = {"aws:SecureTransport": "boolean", "aws:CurrentTime": "date"}
    return {"ContextKeyName": key, "ContextKeyValues": [value], "ContextKeyType": kinds.get(key, "string")}


@dataclass(frozen=True, slots=True)
class Simulator:
    """`client` gives an IAM client; made once, when first needed."""

    client: Callable[[], Any]
    clock: Callable[[], float] = time.monotonic
    remembered: dict[Simulation, tuple[float, Verdicts]] = field(default_factory=dict, compare=False, repr=False)

    def ask(self, simulation: Simulation, budget: Budget) -> Verdicts:
        """A verdict for each request. Raises CouldNot."""
        known = self.remembered.get(simulation)
        if known and known[0] > self.clock():
            return known[1]
        verdicts = self._ask(simulation, budget)
        if len(self.remembered) >= REMEMBERED:
            self.remembered.clear()
        self.remembered[simulation] = (self.clock() + FRESH_FOR, verdicts)
        return verdicts

    def _ask(self, simulation: Simulation, budget: Budget) -> Verdicts:
        """`*` is asked about apart: among ARNs its answer would stand for all of them."""
        scoped = tuple(each for each in simulation.requests if each[1] != EVERYTHING)
        unscoped = tuple(each for each in simulation.requests if each[1] == EVERYTHING)
        verdicts: dict[Request, Verdict] = {}
        for requests in filter(None, (scoped, unscoped)):
            verdicts |= self._together(replace(simulation, requests=requests), budget)
        return verdicts

    def _together(self, simulation: Simulation, budget: Budget) -> Verdicts:
        verdicts = read(simulation, self._results(simulation.as_call(), budget))
        several = len(simulation.requests) > 1
        first = simulation.requests[0]
        # Flags are given for an action over all its resources: ask about the one alone that they may be wrong for
        if several and (first not in verdicts or verdicts[first].organizations is False):
            alone = replace(simulation, requests=(first,))
            return {**verdicts, **read(alone, self._results(alone.as_call(), budget))}
        return verdicts

    def _results(self, call: dict[str, Any], budget: Budget) -> list[Mapping[str, Any]]:
        results: list[Mapping[str, Any]] = []
        for _ in range(PAGES):
            if budget.left() < ONE_CALL:
                raise CouldNot("the time for look-ups had run out")
            with told_as_could_not(ACTIONS[0], f"the role {call['PolicySourceArn'].rpartition('/')[2]}"):
                page = self.client().simulate_principal_policy(**call)
            results += page.get("EvaluationResults", [])
            if not page.get("IsTruncated") or not page.get("Marker"):
                break
            call = {**call, "Marker": page["Marker"]}
        return results


def read(simulation: Simulation, results: Iterable[Mapping[str, Any]]) -> dict[Request, Verdict]:
    """Both layouts; what was not asked about is left out."""
    wanted = set(simulation.requests)
    resources = list(dict.fromkeys(resource for _, resource in simulation.requests))
    found: dict[Request, Verdict] = {}
    for result in results:
        for verdict in _of_result(result, resources):
            key = next((each for each in wanted if _same(each, verdict)), None)
            if key is not None:
                found[key] = verdict
    return found


def _same(request: Request, verdict: Verdict) -> bool:
    return request[0].lower() == verdict.action.lower() and request[1] == verdict.resource


def _of_result(result: Mapping[str, Any], resources: Sequence[str]) -> Iterable[Verdict]:
    specific = result.get("ResourceSpecificResults") or ()
    for each in specific:
        yield _verdict(result, each, each.get("EvalResourceName", ""), each.get("EvalResourceDecision"))
    if specific:
        return
    name = result.get("EvalResourceName", "")
    if name not in resources and len(resources) == 1:
        name = resources[0]
    yield _verdict(result, result, name, result.get("EvalDecision"))


def _verdict(result: Mapping[str, Any], own: Mapping[str, Any], resource: str, decision: Any) -> Verdict:
    """`own` is the part of the result that is about this resource alone."""
    from responder.permissions.findings import Decision, Verdict

    boundary = own.get("PermissionsBoundaryDecisionDetail") or result.get("PermissionsBoundaryDecisionDetail") or {}
    organizations = result.get("OrganizationsDecisionDetail") or {}
    return Verdict(
        action=result.get("EvalActionName", ""),
        resource=resource,
        decision=Decision(decision) if decision in set(Decision) else Decision.IMPLICIT_DENY,
        organizations=organizations.get("AllowedByOrganizations"),
        boundary=boundary.get("AllowedByPermissionsBoundary"),
        missing=tuple(own.get("MissingContextValues") or ()),
        matched=tuple(_matched(each) for each in own.get("MatchedStatements") or ()),
    )


def _matched(raw: Mapping[str, Any]) -> Matched:
    from responder.permissions.findings import Matched

    return Matched(str(raw.get("SourcePolicyId", "")), str(raw.get("SourcePolicyType", "")))
