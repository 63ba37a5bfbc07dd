import pytest
from responder.permissions.companions import as_statements, companions
from responder.permissions.resources import Place
from responder.permissions.statement import Refused, policy

HERE = Place("aws", "eu-west-1", "123456789012")
JOB = "arn:aws:glue:eu-west-1:123456789012:job/nightly"
TASK = "arn:aws:ecs:eu-west-1:123456789012:task-definition/score:3"


def test_the_further_calls_of_an_operator_follow_on_the_same_resource():
    found = companions("glue:StartJobRun", JOB, None, HERE)
    assert [(each.action, each.resources) for each in found] == [
        ("glue:GetJob", (JOB,)),
        ("glue:GetJobRun", (JOB,)),
        ("glue:BatchStopJobRun", (JOB,)),
    ]


def test_another_kind_of_resource_is_opened_to_the_account():
    found = {each.action: each.resources for each in companions("ecs:RunTask", TASK, None, HERE)}
    assert found == {
        "ecs:DescribeTasks": ("arn:aws:ecs:eu-west-1:123456789012:task/*/*",),
        "ecs:StopTask": ("arn:aws:ecs:eu-west-1:123456789012:task/*/*",),
    }


@pytest.mark.parametrize(
    ("action", "resource", "further"),
    [
        ("states:StartExecution", "arn:aws:states:eu-west-1:123456789012:stateMachine:load", {"states:DescribeExecution": "arn:aws:states:eu-west-1:123456789012:execution:load:*"}),
        ("emr-serverless:StartJobRun", "arn:aws:emr-serverless:eu-west-1:123456789012:/applications/00f1", {"emr-serverless:GetJobRun": "arn:aws:emr-serverless:eu-west-1:123456789012:/applications/00f1/jobruns/*"}),
        ("emr-containers:StartJobRun", "arn:aws:emr-containers:eu-west-1:123456789012:/virtualclusters/abc", {"emr-containers:DescribeJobRun": "arn:aws:emr-containers:eu-west-1:123456789012:/virtualclusters/abc/jobruns/*"}),
        ("redshift-data:ExecuteStatement", "arn:aws:redshift:eu-west-1:123456789012:cluster:dwh", {"redshift-data:BatchExecuteStatement": "arn:aws:redshift:eu-west-1:123456789012:cluster:dwh"}),
    ],
    ids=["executions", "job runs", "job runs on EKS", "the same cluster"],
)  # fmt: skip
def test_what_runs_within_the_refused_thing_is_named_by_it(action, resource, further):
    found = {each.action: each.resources for each in companions(action, resource, None, HERE)}
    assert {name: found[name] for name in further} == {name: (each,) for name, each in further.items()}


@pytest.mark.parametrize(
    "action",
    ["eks:DescribeCluster", "rds:DescribeDBInstances", "dms:DescribeReplicationTasks", "ec2:DescribeInstances", "states:DescribeExecution"],
)  # fmt: skip
def test_whoever_only_looks_is_not_given_the_right_to_start(action):
    assert companions(action, None, None, HERE) == ()


def test_a_job_is_submitted_to_a_queue_as_well():
    definition = "arn:aws:batch:eu-west-1:123456789012:job-definition/score:3"
    first = companions("batch:SubmitJob", definition, None, HERE)[0]
    assert (first.action, first.resources) == ("batch:SubmitJob", ("arn:aws:batch:eu-west-1:123456789012:job-queue/*",))


@pytest.mark.parametrize(
    ("operator", "actions"), [("S3KeySensor", ["s3:ListBucket"]), ("AwsBatchOperator", []), (None, [])]
)
def test_the_operator_decides_where_the_log_names_it(operator, actions):
    found = companions("s3:GetObject", "arn:aws:s3:::acme-lake/raw/a.csv", operator, HERE)
    assert [each.action for each in found] == actions


def test_a_second_block_is_one_statement_a_resource():
    statements = as_statements(companions("redshift-data:ExecuteStatement", None, None, HERE))
    assert not isinstance(policy(statements), Refused)
    assert [each.resources for each in statements][-1] == ("*",)
