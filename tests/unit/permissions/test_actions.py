import pytest
from responder.evidence.denial import read_denials
from responder.permissions.actions import known, needed, prefix_of, required, spelled
from responder.permissions.operations import OPERATIONS
from responder.permissions.operator_actions import BEHIND, OPERATORS

from tests.unit.permissions.denial_texts import boto


@pytest.mark.parametrize(
    "action",
    sorted(
        {each for row in OPERATIONS.values() for each in row}
        | {each for row in OPERATORS.values() for each in row}
        | set(BEHIND)
    ),
)
def test_every_action_of_our_own_tables_exists(action):
    assert known(action) is not None
    assert known(action).name == action


@pytest.mark.parametrize(
    ("printed", "action"),
    [
        ("sqs:sendmessage", "sqs:SendMessage"),
        ("SNS:Publish", "sns:Publish"),
        ("s3:CopyObject", "s3:PutObject"),  # an operation, printed as if it were an action
        ("s3:HeadObject", "s3:GetObject"),
        ("s3:Nonsense", None),
        ("s3:*", None),
        ("s3:Get*", None),
        ("unheardof:DoThings", "unheardof:DoThings"),
        ("nonsense", None),
        ("", None),
    ],
)
def test_an_action_gets_the_spelling_of_a_policy(printed, action):
    assert spelled(printed) == action


@pytest.mark.parametrize(
    ("service", "operation", "actions"),
    [
        ("s3", "ListObjectsV2", ("s3:ListBucket",)),
        ("s3", "HeadBucket", ("s3:ListBucket",)),
        ("s3", "CopyObject", ("s3:PutObject", "s3:GetObject")),
        ("emr", "RunJobFlow", ("elasticmapreduce:RunJobFlow",)),
        ("stepfunctions", "StartExecution", ("states:StartExecution",)),
        ("sesv2", "SendEmail", ("ses:SendEmail",)),
        ("bedrock-runtime", "Converse", ("bedrock:InvokeModel",)),
        ("mwaa", "GetEnvironment", ("airflow:GetEnvironment",)),
        ("Amazon S3", "GetObject", ("s3:GetObject",)),
        ("AWSGlue", "GetDatabase", ("glue:GetDatabase",)),
        ("AmazonElasticMapReduce", "AddJobFlowSteps", ("elasticmapreduce:AddJobFlowSteps",)),
        (None, "Invoke", ("lambda:InvokeFunction",)),
        (None, "RunJobFlow", ("elasticmapreduce:RunJobFlow",)),
        (None, "StartJobRun", ()),  # of four services
        ("sts", "GetCallerIdentity", ()),
        (None, "NoSuchOperation", ()),
    ],
)
def test_an_operation_needs_its_actions(service, operation, actions):
    assert required(service, operation) == actions


@pytest.mark.parametrize(
    ("service", "prefix"),
    [
        ("cloudwatch", "cloudwatch"),
        ("monitoring", "cloudwatch"),
        ("AWS KMS", "kms"),
        ("", None),
        ("Somebody Else", None),
    ],
)
def test_a_service_has_its_prefix_under_any_name(service, prefix):
    assert prefix_of(service) == prefix


def test_the_traceback_tells_which_service_an_operation_is_of():
    denial = read_denials(boto("AccessDeniedException", "StartJobRun", "denied"))[0]
    assert needed(denial) is None
    assert needed(denial, "databrew") == "databrew:StartJobRun"
