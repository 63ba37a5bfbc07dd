import json

import pytest
from responder.evidence.denial import read_denials
from responder.permissions.passed_role import passed_to
from responder.permissions.proposal import propose
from responder.permissions.resources import Place
from responder.permissions.statement import Refused

from tests.unit.permissions.denial_texts import identity

HERE = Place("aws", "eu-west-1", "123456789012")


@pytest.mark.parametrize(
    ("service", "operation", "principals"),
    [
        ("ecs", "RunTask", ("ecs-tasks.amazonaws.com",)),
        (None, "RunTask", ("ecs-tasks.amazonaws.com",)),
        ("emr", "RunJobFlow", ("elasticmapreduce.amazonaws.com", "ec2.amazonaws.com")),
        ("glue", "CreateJob", ("glue.amazonaws.com",)),
        ("sagemaker", "CreateTrainingJob", ("sagemaker.amazonaws.com",)),
        ("redshift", "CreateCluster", ("redshift.amazonaws.com",)),
        ("eks", "CreateCluster", ("eks.amazonaws.com",)),
        ("s3", "GetObject", ()),
        ("ecs", None, ()),
    ],
)
def test_a_role_is_handed_to_the_services_of_the_call(service, operation, principals):
    assert passed_to(service, operation) == principals


def test_a_role_is_never_passed_without_that_limit():
    denial = read_denials(identity("iam:PassRole", "arn:aws:iam::123456789012:role/x", "DoSomethingNew"))[0]
    assert isinstance(propose(denial, None, HERE), Refused)


def test_a_service_linked_role_is_limited_to_its_service():
    linked = "arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
    proposal = propose(read_denials(identity("iam:CreateServiceLinkedRole", linked, "CreateCluster"))[0], None, HERE)
    assert '"iam:AWSServiceName": "ecs.amazonaws.com"' in proposal.policy


def test_several_services_are_alternatives_of_one_condition():
    role = "arn:aws:iam::123456789012:role/EMR_EC2_DefaultRole"
    proposal = propose(read_denials(identity("iam:PassRole", role, "RunJobFlow"))[0], None, HERE)
    (statement,) = json.loads(proposal.policy)["Statement"]
    assert statement["Condition"] == {
        "StringEquals": {"iam:PassedToService": ["elasticmapreduce.amazonaws.com", "ec2.amazonaws.com"]}
    }
