import pytest
from responder.permissions.resources import Place, target
from responder.permissions.target import NoTarget

HERE = Place("aws", "eu-west-1", "123456789012")
S3 = "arn:aws:s3:::acme-lake"


def arn(service, rest, partition="aws"):
    return f"arn:{partition}:{service}:eu-west-1:123456789012:{rest}"


EXACT = {
    "an object": ("s3:PutObject", f"{S3}/exports/orders.csv"),
    "a year alone": ("s3:PutObject", f"{S3}/exports/2026/orders.csv"),
    "a bucket": ("s3:ListBucket", S3),
    "a job": ("glue:StartJobRun", arn("glue", "job/nightly")),
    "an index": ("dynamodb:Query", arn("dynamodb", "table/stock/index/day")),
    "a model of AWS": ("bedrock:InvokeModel", "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"),
    "a role of another account": ("sts:AssumeRole", "arn:aws:iam::444455556666:role/reader"),
    "a state machine": ("states:StartExecution", arn("states", "stateMachine:load")),
    "another partition": ("sqs:SendMessage", arn("sqs", "orders", "aws-cn")),
}
WIDENED = {
    "a date in the key": ("s3:PutObject", f"{S3}/exports/2026/11/22/a.csv", (f"{S3}/exports/*",)),
    "a partition in the key": ("s3:PutObject", f"{S3}/exports/dt=2026-11-22/a.csv", (f"{S3}/exports/*",)),
    "an id in the key": ("s3:GetObject", f"{S3}/x/0d4f5c1b-2a3e-4d5f-8a9b-0c1d2e3f4a5b.json", (f"{S3}/x/*",)),
    "a space in the key": ("s3:PutObject", f"{S3}/raw/my orders.csv", (f"{S3}/raw/*",)),
    "a variable in the key": ("s3:GetObject", f"{S3}/raw/${{aws:username}}/a.csv", (f"{S3}/*",)),
    "a key in another alphabet": ("s3:GetObject", f"{S3}/raw/größe.csv", (f"{S3}/raw/*",)),
    "the bucket for an object": ("s3:GetObject", S3, (f"{S3}/*",)),
    "a task": ("ecs:DescribeTasks", arn("ecs", "task/media/0d4f5c1b"), (arn("ecs", "task/media/*"),)),
    "a revision": ("ecs:RunTask", arn("ecs", "task-definition/score:12"), (arn("ecs", "task-definition/score:*"),)),
    "an execution": ("states:DescribeExecution", arn("states", "execution:load:run-1"), (arn("states", "execution:load:*"),)),
    "a secret": ("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:dwh-AbCdEf"), (arn("secretsmanager", "secret:dwh-??????"),)),
    "a secret by its name": ("secretsmanager:GetSecretValue", "airflow/connections/dwh", (arn("secretsmanager", "secret:airflow/connections/dwh-??????"),)),
    "a table": ("glue:GetTable", arn("glue", "table/sales/orders"), (arn("glue", "catalog"), arn("glue", "database/sales"), arn("glue", "table/sales/orders"))),
    "a secret without its end": ("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:dwh-master"), (arn("secretsmanager", "secret:dwh-master"), arn("secretsmanager", "secret:dwh-master-??????"))),
    "a definition without its revision": ("batch:SubmitJob", arn("batch", "job-definition/score"), (arn("batch", "job-definition/score"), arn("batch", "job-definition/score:*"))),
    "an empty tail": ("batch:SubmitJob", arn("batch", "job-definition/"), (arn("batch", "job-definition/*"),)),
    "nothing": ("glue:StartJobRun", None, (arn("glue", "job/*"),)),
    "a log stream": ("logs:GetLogEvents", arn("logs", "log-group:/aws-glue/jobs/output:log-stream:jr_1"), (arn("logs", "log-group:/aws-glue/jobs/output:*"),)),
}  # fmt: skip
NOT_NAMED = [
    "translate:TranslateText",  # with a terminology, with parallel data, or with neither
    "execute-api:Invoke",
    "s3:GetObject",
    "kms:Decrypt",
    "secretsmanager:GetSecretValue",
    "iam:PassRole",
    "sts:AssumeRole",
    "ssm:GetParameter",
    "unheardof:DoThings",
]


@pytest.mark.parametrize(("action", "resource"), EXACT.values(), ids=EXACT)
def test_what_was_refused_is_what_is_named(action, resource):
    found = target(action, resource, HERE)
    assert (found.resources, found.asked, found.widened) == ((resource,), resource, None)


@pytest.mark.parametrize(("action", "resource", "wide"), WIDENED.values(), ids=WIDENED)
def test_what_is_wider_says_why(action, resource, wide):
    found = target(action, resource, HERE)
    assert found.resources == wide
    assert found.widened


@pytest.mark.parametrize("action", NOT_NAMED)
def test_nobody_else_s_things_are_named_for_want_of_a_name(action):
    assert isinstance(target(action, None, HERE), NoTarget)


@pytest.mark.parametrize(
    "action",
    ["elasticmapreduce:RunJobFlow", "batch:DescribeJobs", "ec2:DescribeInstances", "textract:StartDocumentAnalysis"],
)
def test_what_aws_cannot_scope_is_everything(action):
    assert target(action, "arn:aws:x:eu-west-1:123456789012:y/*", HERE).resources == ("*",)


def test_an_object_where_a_bucket_belongs_becomes_its_bucket():
    assert target("s3:ListBucket", f"{S3}/raw/a.csv", HERE).resources == (S3,)


def test_a_place_that_is_not_known_stays_open_and_is_said():
    found = target("glue:StartJobRun", None, Place())
    assert found.resources == ("arn:aws:glue:*:*:job/*",)
    assert found.widened
