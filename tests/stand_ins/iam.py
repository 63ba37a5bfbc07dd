"""IAM, STS and S3 as an inquirer sees them, over the sandbox's evaluator: policies are what a test hands in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.exceptions import ClientError

from cli.sandbox.policy import Decision, Evaluation, Request, evaluate
from cli.sandbox.policy_document import Policy

ROLE_NAME = "AmazonMWAA-analytics-x7Yd2q"
ROLE_ARN = f"arn:aws:iam::123456789012:role/service-role/{ROLE_NAME}"
_WORST_FIRST = (Decision.EXPLICIT_DENY, Decision.IMPLICIT_DENY, Decision.ALLOWED)


def refused(operation: str, code: str = "AccessDenied") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, operation)


def document(*statements: Mapping[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


@dataclass
class FakeIam:
    """Answers from what it holds; parameters are checked against botocore's model, as boto3 would."""

    inline: dict[str, str] = field(default_factory=dict)
    boundary: str | None = None
    scp_levels: Sequence[str] = ()
    layout: str = "template"  # since July 2026; "concrete" before
    knows_exclusions: bool = True
    error: ClientError | None = None
    roles: dict[str, str] = field(default_factory=lambda: {ROLE_NAME: ROLE_ARN})
    calls: list[dict[str, Any]] = field(default_factory=list)

    def simulate_principal_policy(self, **call: Any) -> dict[str, Any]:
        self._valid(call)
        self.calls.append(call)
        if self.error:
            raise self.error
        excluded = {each["PolicyType"] for each in call.get("PolicyExclusionList", [])}
        context = {each["ContextKeyName"]: each["ContextKeyValues"] for each in call["ContextEntries"]}
        results = []
        for action in call["ActionNames"]:
            seen = {
                each: self._evaluate(call, excluded, Request.of(action, each, context)) for each in call["ResourceArns"]
            }
            results += self._results(action, seen)
        return {"EvaluationResults": results, "IsTruncated": False}

    def _valid(self, call: dict[str, Any]) -> None:
        from botocore.exceptions import ParamValidationError
        from botocore.validate import validate_parameters

        shape = _MODEL.operation_model("SimulatePrincipalPolicy").input_shape
        validate_parameters(call, shape)
        if "PolicyExclusionList" in call and not self.knows_exclusions:
            raise ParamValidationError(report='Unknown parameter in input: "PolicyExclusionList"')

    def _evaluate(self, call: dict[str, Any], excluded: set[str], request: Request) -> Evaluation:
        identity = [Policy.read(text, id=name, type="role") for name, text in self.inline.items()]
        identity += [
            Policy.read(text, id=f"PolicyInputList.{n}") for n, text in enumerate(call.get("PolicyInputList", []), 1)
        ]
        boundary = (
            None
            if self.boundary is None or "permission-boundary" in excluded
            else [Policy.read(self.boundary, id="limit")]
        )
        levels = [] if "scp" in excluded else [[Policy.read(each)] for each in self.scp_levels]
        return evaluate(request, identity, boundary=boundary, scp_levels=levels)

    def _results(self, action: str, seen: Mapping[str, Evaluation]) -> list[dict[str, Any]]:
        if self.layout == "concrete":
            return [_result(action, resource, {resource: verdict}) for resource, verdict in seen.items()]
        whole = _result(action, "arn:${Partition}:service:::${Name}", seen)
        if "*" in seen:
            return [{**whole, "EvalResourceName": "*"}]
        return [{**whole, "ResourceSpecificResults": [_specific(*each) for each in seen.items()]}]

    def get_role(self, RoleName: str) -> dict[str, Any]:  # noqa: N803 - boto3's own words
        if RoleName not in self.roles:
            raise refused("GetRole", "NoSuchEntity")
        limit = (
            {"PermissionsBoundary": {"PermissionsBoundaryArn": "arn:aws:iam::123456789012:policy/limit"}}
            if self.boundary
            else {}
        )
        return {"Role": {"Arn": self.roles[RoleName], **limit}}

    def list_role_policies(self, RoleName: str) -> dict[str, Any]:  # noqa: N803
        return {"PolicyNames": list(self.inline)}

    def get_role_policy(self, RoleName: str, PolicyName: str) -> dict[str, Any]:  # noqa: N803
        return {"PolicyDocument": json.loads(self.inline[PolicyName])}

    def list_attached_role_policies(self, RoleName: str) -> dict[str, Any]:  # noqa: N803
        return {"AttachedPolicies": []}

    def get_policy(self, PolicyArn: str) -> dict[str, Any]:  # noqa: N803
        return {"Policy": {"DefaultVersionId": "v1"}}

    def get_policy_version(self, PolicyArn: str, VersionId: str) -> dict[str, Any]:  # noqa: N803
        return {"PolicyVersion": {"Document": json.loads(self.boundary or document())}}


def _result(action: str, name: str, seen: Mapping[str, Evaluation]) -> dict[str, Any]:
    verdicts = list(seen.values())
    decision = next(each for each in _WORST_FIRST if any(verdict.decision is each for verdict in verdicts))
    found: dict[str, Any] = {
        "EvalActionName": action,
        "EvalResourceName": name,
        "EvalDecision": decision.value,
        "MatchedStatements": [
            _matched(each) for verdict in verdicts if verdict.decision is decision for each in verdict.matched
        ],
        "MissingContextValues": sorted({key for verdict in verdicts for key in verdict.missing}),
    }
    if verdicts[0].allowed_by_organizations is not None:
        found["OrganizationsDecisionDetail"] = {
            "AllowedByOrganizations": all(each.allowed_by_organizations for each in verdicts)
        }
    return found | _limit(verdicts)


def _specific(resource: str, verdict: Evaluation) -> dict[str, Any]:
    return {
        "EvalResourceName": resource,
        "EvalResourceDecision": verdict.decision.value,
        "MatchedStatements": [_matched(each) for each in verdict.matched],
        "MissingContextValues": list(verdict.missing),
        **_limit([verdict]),
    }


def _limit(verdicts: Sequence[Evaluation]) -> dict[str, Any]:
    if verdicts[0].allowed_by_boundary is None:
        return {}
    return {
        "PermissionsBoundaryDecisionDetail": {
            "AllowedByPermissionsBoundary": all(each.allowed_by_boundary for each in verdicts)
        }
    }


def _matched(matched: Any) -> dict[str, str]:
    return {"SourcePolicyId": matched.policy_id, "SourcePolicyType": matched.policy_type}


@dataclass
class FakeS3:
    """The buckets of the account."""

    buckets: Sequence[str] = ()

    def list_buckets(self, Prefix: str) -> dict[str, Any]:  # noqa: N803
        return {"Buckets": [{"Name": name} for name in self.buckets if name.startswith(Prefix)]}


@dataclass
class FakeSts:
    """Decodes to what it was given; refuses when that is nothing."""

    message: Mapping[str, Any] | None = None

    def decode_authorization_message(self, EncodedMessage: str) -> dict[str, Any]:  # noqa: N803
        if self.message is None:
            raise refused("DecodeAuthorizationMessage")
        return {"DecodedMessage": json.dumps(self.message)}


_MODEL = boto3.client(
    "iam", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x"
).meta.service_model
