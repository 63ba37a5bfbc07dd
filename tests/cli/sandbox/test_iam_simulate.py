"""The simulator as boto3 sees it, over roles that moto holds."""

import json

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator
from moto import mock_aws

from cli.sandbox import iam_simulate
from cli.sandbox.iam_simulate import SIMULATOR, Layout
from cli.sandbox.policy_document import Policy

OBJECT = "arn:aws:s3:::lake/raw/a.csv"
OTHER = "arn:aws:s3:::lake/other"
TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})


def document(action, resource="*", effect="Allow", condition=None):
    statement = {"Effect": effect, "Action": action, "Resource": resource}
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [statement | ({"Condition": condition} if condition else {})]}
    )


@pytest.fixture
def iam():
    iam_simulate.install()
    with mock_aws():
        yield boto3.client("iam", region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
    SIMULATOR.layout, SIMULATOR.scp_levels = Layout.TEMPLATE, []


@pytest.fixture
def role(iam):
    arn = iam.create_role(RoleName="mwaa", Path="/service-role/", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    iam.put_role_policy(RoleName="mwaa", PolicyName="reads", PolicyDocument=document("s3:GetObject", OBJECT))
    return arn


def simulate(iam, role, *actions, resources=(OBJECT,), **more):
    asked = {"PolicySourceArn": role, "ActionNames": list(actions), "ResourceArns": list(resources), **more}
    answer = iam.simulate_principal_policy(**asked)
    answer.pop("ResponseMetadata")
    shape = iam.meta.service_model.operation_model("SimulatePrincipalPolicy").output_shape
    assert not ParamValidator().validate(answer, shape).has_errors()
    return answer["EvaluationResults"]


def test_a_role_s_inline_policy_allows_and_is_named(iam, role):
    (result,) = simulate(iam, role, "s3:GetObject")
    (statement,) = result["MatchedStatements"]
    assert result["EvalDecision"] == "allowed"
    assert (statement["SourcePolicyId"], statement["SourcePolicyType"]) == ("role_mwaa_reads", "role")
    assert statement["StartPosition"]["Line"] == 1


def test_what_nothing_allows_is_denied_implicitly_until_a_statement_is_added(iam, role):
    (before,) = simulate(iam, role, "s3:PutObject")
    (after,) = simulate(iam, role, "s3:PutObject", PolicyInputList=[document("s3:PutObject", OBJECT)])
    assert (before["EvalDecision"], after["EvalDecision"]) == ("implicitDeny", "allowed")
    assert after["MatchedStatements"][0]["SourcePolicyId"] == "PolicyInputList.1"


def test_one_result_an_action_with_a_template_and_the_resources_below(iam, role):
    (result,) = simulate(iam, role, "s3:GetObject", resources=(OBJECT, OTHER))
    assert result["EvalResourceName"] == "arn:${Partition}:s3:::${BucketName}/${ObjectName}"
    assert result["EvalDecision"] == "implicitDeny"
    assert {each["EvalResourceName"]: each["EvalResourceDecision"] for each in result["ResourceSpecificResults"]} == {
        OBJECT: "allowed",
        OTHER: "implicitDeny",
    }


def test_the_older_layout_has_one_result_a_resource(iam, role):
    SIMULATOR.layout = Layout.CONCRETE
    results = simulate(iam, role, "s3:GetObject", resources=(OBJECT, OTHER))
    assert [(each["EvalResourceName"], each["EvalDecision"]) for each in results] == [
        (OBJECT, "allowed"),
        (OTHER, "implicitDeny"),
    ]


def test_an_attached_policy_counts_in_its_default_version(iam, role):
    arn = iam.create_policy(PolicyName="writes", PolicyDocument=document("s3:GetObject"))["Policy"]["Arn"]
    iam.attach_role_policy(RoleName="mwaa", PolicyArn=arn)
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=document("s3:PutObject"), SetAsDefault=True)
    (result,) = simulate(iam, role, "s3:PutObject")
    assert result["MatchedStatements"][0]["SourcePolicyType"] == "user-managed"
    (without,) = simulate(iam, role, "s3:PutObject", PolicyExclusionList=[{"PolicyArn": arn}])
    assert without["EvalDecision"] == "implicitDeny"


@pytest.fixture
def bounded(iam, role):
    arn = iam.create_policy(PolicyName="limit", PolicyDocument=document("glue:*"))["Policy"]["Arn"]
    iam.put_role_permissions_boundary(RoleName="mwaa", PermissionsBoundary=arn)
    return role


def test_an_attached_boundary_denies_and_says_so(iam, bounded):
    (result,) = simulate(iam, bounded, "s3:GetObject")
    assert result["EvalDecision"] == "implicitDeny"
    assert result["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}


@pytest.mark.parametrize(
    "lifted",
    [
        {"PermissionsBoundaryPolicyInputList": [document("*")]},
        {"PolicyExclusionList": [{"PolicyType": "permission-boundary"}]},
    ],
    ids=["replaced by another", "excluded"],
)
def test_a_boundary_can_be_set_aside(iam, bounded, lifted):
    (result,) = simulate(iam, bounded, "s3:GetObject", **lifted)
    assert result["EvalDecision"] == "allowed"


def test_an_organisation_denies_and_can_be_excluded(iam, role):
    SIMULATOR.scp_levels = [[Policy.read(document("glue:*"))]]
    (result,) = simulate(iam, role, "s3:GetObject")
    (without,) = simulate(iam, role, "s3:GetObject", PolicyExclusionList=[{"PolicyType": "scp"}])
    assert result["OrganizationsDecisionDetail"] == {"AllowedByOrganizations": False}
    assert (result["EvalDecision"], without["EvalDecision"]) == ("implicitDeny", "allowed")
    assert "OrganizationsDecisionDetail" not in without


@pytest.mark.parametrize(
    "named",
    [
        {"PolicyType": "inline"},
        {"InlinePolicyIdentifier": {"PolicyName": "reads", "AttachmentType": "role", "AttachmentName": "mw*"}},
    ],
    ids=["by type", "by name"],
)
def test_an_inline_policy_can_be_excluded(iam, role, named):
    (result,) = simulate(iam, role, "s3:GetObject", PolicyExclusionList=[named])
    assert result["EvalDecision"] == "implicitDeny"


def test_context_decides_and_its_lack_is_reported(iam, role):
    tagged = document("s3:PutObject", condition={"StringEquals": {"aws:PrincipalTag/team": "data"}})
    (unknown,) = simulate(iam, role, "s3:PutObject", PolicyInputList=[tagged])
    entry = {"ContextKeyName": "aws:principaltag/Team", "ContextKeyValues": ["data"], "ContextKeyType": "string"}
    (known,) = simulate(iam, role, "s3:PutObject", PolicyInputList=[tagged], ContextEntries=[entry])
    assert unknown["ResourceSpecificResults"][0]["MissingContextValues"] == ["aws:PrincipalTag/team"]
    assert (unknown["EvalDecision"], known["EvalDecision"]) == ("implicitDeny", "allowed")
    assert known["MissingContextValues"] == []


def test_without_resources_the_call_is_for_all_of_them(iam, role):
    answer = iam.simulate_principal_policy(PolicySourceArn=role, ActionNames=["s3:GetObject"])
    assert answer["EvaluationResults"][0]["EvalDecision"] == "implicitDeny"
    assert "ResourceSpecificResults" not in answer["EvaluationResults"][0]


def test_pages(iam, role):
    pages = iam.get_paginator("simulate_principal_policy").paginate(
        PolicySourceArn=role,
        ActionNames=["s3:GetObject", "s3:PutObject", "glue:GetTable"],
        PaginationConfig={"PageSize": 2},
    )
    assert [[each["EvalActionName"] for each in page["EvaluationResults"]] for page in pages] == [
        ["s3:GetObject", "s3:PutObject"],
        ["glue:GetTable"],
    ]


def test_a_custom_simulation_weighs_only_what_it_is_given(iam):
    asked = {"ActionNames": ["s3:PutObject"], "ResourceArns": [OBJECT], "PolicyInputList": [document("s3:*")]}
    (allowed,) = iam.simulate_custom_policy(**asked)["EvaluationResults"]
    levels = [{"ServiceControlPolicyInputList": [document("*"), document("s3:Put*", effect="Deny")]}]
    (denied,) = iam.simulate_custom_policy(**asked, OrderedOrganizationPolicyInputList=levels)["EvaluationResults"]
    assert (allowed["EvalDecision"], denied["EvalDecision"]) == ("allowed", "explicitDeny")


def test_context_keys_of_a_principal_and_of_given_policies(iam, role):
    conditional = document("s3:PutObject", condition={"Bool": {"aws:SecureTransport": "true"}})
    iam.put_role_policy(RoleName="mwaa", PolicyName="secure", PolicyDocument=conditional)
    own = iam.get_context_keys_for_principal_policy(PolicySourceArn=role)
    given = iam.get_context_keys_for_custom_policy(PolicyInputList=[conditional])
    assert own["ContextKeyNames"] == given["ContextKeyNames"] == ["aws:SecureTransport"]


REFUSED = {
    "a role that does not exist": ({"PolicySourceArn": "arn:aws:iam::123456789012:role/none"}, "NoSuchEntity"),
    "a role's name without its path": ({"PolicySourceArn": "arn:aws:iam::123456789012:role/mwaa"}, "NoSuchEntity"),
    "an action that does not exist": ({"ActionNames": ["s3:FlyToTheMoon"]}, "InvalidInput"),
    "an action with a wildcard": ({"ActionNames": ["s3:Get*"]}, "InvalidInput"),
    "a policy that is none": ({"PolicyInputList": ["{}"]}, "InvalidInput"),
    "a resource policy": ({"ResourcePolicy": "{}"}, "InvalidInput"),
    "two boundaries": ({"PermissionsBoundaryPolicyInputList": [document("*")] * 2}, "InvalidInput"),
}


@pytest.mark.parametrize(("changed", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_refuses(iam, role, changed, code):
    with pytest.raises(ClientError) as refused:
        iam.simulate_principal_policy(**{"PolicySourceArn": role, "ActionNames": ["s3:GetObject"], **changed})
    assert refused.value.response["Error"]["Code"] == code
