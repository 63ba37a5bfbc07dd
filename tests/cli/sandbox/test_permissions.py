"""What a role may not do is denied at the door, in AWS's words, to boto3 and to functions alike."""

import json

import boto3
import pytest
from botocore.exceptions import ClientError

from cli.sandbox.environment import MwaaEnvironment
from cli.sandbox.iam_simulate import SIMULATOR
from cli.sandbox.policy_document import Policy
from cli.sandbox.world import ACCOUNT

ROLE = f"arn:aws:iam::{ACCOUNT}:role/service-role/prod-execution"
WRITE = {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::airflow-prod/out/*"}


@pytest.fixture(scope="module", autouse=True)
def environment(aws):
    aws.put_environment(MwaaEnvironment(name="prod", files={"dags/a.py": "print()"}, requirements="pandas\n"))


def refused(call, **asked):
    with pytest.raises(ClientError) as refusal:
        call(**asked)
    return refusal.value.response["Error"]


def test_a_call_is_denied_without_its_statement_and_goes_through_with_it(aws):
    put = {"Bucket": "airflow-prod", "Key": "out/a.csv", "Body": b"1"}
    error = refused(aws.as_role(ROLE, "s3").put_object, **put)
    assert error["Code"] == "AccessDenied"
    assert error["Message"] == (
        f"User: arn:aws:sts::{ACCOUNT}:assumed-role/prod-execution/airflow is not authorized to perform: s3:PutObject "
        'on resource: "arn:aws:s3:::airflow-prod/out/a.csv" because no identity-based policy allows the s3:PutObject action'
    )
    aws.attach("prod-execution", WRITE)
    aws.as_role(ROLE, "s3").put_object(**put)
    assert refused(aws.as_role(ROLE, "s3").put_object, **{**put, "Key": "elsewhere"})["Code"] == "AccessDenied"


# What is called, with which parameters, and the action and resource that IAM is asked for.
CALLS = [
    ("s3", "get_object", {"Bucket": "b", "Key": "k/x"}, "s3:GetObject", "arn:aws:s3:::b/k/x"),
    ("s3", "get_object", {"Bucket": "b", "Key": "k", "VersionId": "v"}, "s3:GetObjectVersion", "arn:aws:s3:::b/k"),
    ("s3", "list_objects_v2", {"Bucket": "b"}, "s3:ListBucket", "arn:aws:s3:::b"),
    ("s3", "list_buckets", {}, "s3:ListAllMyBuckets", "*"),
    ("s3", "list_object_versions", {"Bucket": "b"}, "s3:ListBucketVersions", "arn:aws:s3:::b"),
    ("s3", "delete_object", {"Bucket": "b", "Key": "k"}, "s3:DeleteObject", "arn:aws:s3:::b/k"),
    ("sqs", "send_message_batch", {"QueueUrl": f"http://x/{ACCOUNT}/q", "Entries": [{"Id": "1", "MessageBody": "x"}]}, "sqs:SendMessage", f"arn:aws:sqs:eu-west-1:{ACCOUNT}:q"),
    ("dynamodb", "get_item", {"TableName": "t", "Key": {"id": {"S": "x"}}}, "dynamodb:GetItem", f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/t"),
    ("dynamodb", "transact_write_items", {"TransactItems": [{"Delete": {"TableName": "t", "Key": {"id": {"S": "x"}}}}]}, "dynamodb:DeleteItem", f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/t"),
    ("sns", "publish", {"TopicArn": "arn:aws:sns:eu-west-1:1:t", "Message": "x"}, "sns:Publish", "arn:aws:sns:eu-west-1:1:t"),
    ("logs", "get_log_events", {"logGroupName": "g", "logStreamName": "s"}, "logs:GetLogEvents", f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:g:log-stream:s"),
    ("logs", "describe_log_streams", {"logGroupName": "g"}, "logs:DescribeLogStreams", f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:g:log-stream:"),
    ("events", "put_events", {"Entries": [{"Source": "a", "DetailType": "b", "Detail": "{}"}]}, "events:PutEvents", f"arn:aws:events:eu-west-1:{ACCOUNT}:event-bus/default"),
    ("secretsmanager", "get_secret_value", {"SecretId": "arn:aws:secretsmanager:eu-west-1:1:secret:s"}, "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:1:secret:s"),
    ("iam", "simulate_principal_policy", {"PolicySourceArn": ROLE, "ActionNames": ["s3:GetObject"]}, "iam:SimulatePrincipalPolicy", ROLE),
    ("mwaa", "get_environment", {"Name": "prod"}, "airflow:GetEnvironment", f"arn:aws:airflow:eu-west-1:{ACCOUNT}:environment/prod"),
    ("mwaa", "list_environments", {}, "airflow:ListEnvironments", "*"),
    ("kms", "decrypt", {"KeyId": "arn:aws:kms:eu-west-1:1:key/k", "CiphertextBlob": b"x"}, "kms:Decrypt", "arn:aws:kms:eu-west-1:1:key/k"),
    ("cloudwatch", "list_metrics", {}, "cloudwatch:ListMetrics", "*"),
]  # fmt: skip


@pytest.mark.parametrize("call", CALLS, ids=[row[1] + "-" + row[3] for row in CALLS])
def test_every_service_is_denied_in_its_own_protocol(aws, put_role, call):
    service, operation, asked, action, resource = call
    role = put_role(f"nobody-{action.replace(':', '-')}")
    error = refused(getattr(aws.as_role(role, service), operation), **asked)
    assert error["Code"] in {"AccessDenied", "AccessDeniedException", "AuthorizationError"}
    assert f"perform: {action} on resource: " in error["Message"]
    assert resource in error["Message"]


def test_an_encrypted_topic_asks_for_its_key_too(aws, put_role):
    key = aws.client("kms").create_key()["KeyMetadata"]["Arn"]
    topic = aws.client("sns").create_topic(Name="sealed", Attributes={"KmsMasterKeyId": key})["TopicArn"]
    role = put_role("publisher", {"Effect": "Allow", "Action": "sns:Publish", "Resource": topic})
    error = refused(aws.as_role(role, "sns").publish, TopicArn=topic, Message="x")
    assert "kms:GenerateDataKey" in error["Message"]


LAYERS = [
    ("an identity policy that denies", {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}, None, None, "with an explicit deny in an identity-based policy"),
    ("a boundary that is silent", None, "glue:*", None, "because no permissions boundary allows the s3:GetObject action"),
    ("an organisation that is silent", None, None, "glue:*", "because no service control policy allows the s3:GetObject action"),
]  # fmt: skip


@pytest.mark.parametrize("layer", [row[1:] for row in LAYERS], ids=[row[0] for row in LAYERS])
def test_the_denial_names_its_layer(aws, put_role, request, layer):
    own, boundary, organization, words = layer
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    name = f"layer-{len(words)}"
    role = put_role(name, everything, *([own] if own else []))
    document = {"Version": "2012-10-17", "Statement": {**everything, "Action": boundary or organization or "*"}}
    if boundary:
        policy = aws.client("iam").create_policy(PolicyName=name, PolicyDocument=json.dumps(document))["Policy"]["Arn"]
        aws.client("iam").put_role_permissions_boundary(RoleName=name, PermissionsBoundary=policy)
    if organization:
        request.addfinalizer(SIMULATOR.scp_levels.clear)
        SIMULATOR.scp_levels.append([Policy.read(json.dumps(document))])
    error = refused(aws.as_role(role, "s3").get_object, Bucket="airflow-prod", Key="dags/a.py")
    assert error["Message"].endswith(words)


def test_a_function_is_its_role(aws, put_function):
    source = "import boto3\ndef main(event, context):\n    boto3.client('sqs').list_queues()\n"
    function = put_function("bounded", source, {"Effect": "Allow", "Action": "logs:*", "Resource": "*"})
    answer = aws.client("lambda").invoke(FunctionName=function)
    assert (
        "assumed-role/bounded-role/bounded is not authorized to perform: sqs:ListQueues"
        in answer["Payload"].read().decode()
    )
    assert ("sqs", "ListQueues") in aws.calls


def test_anybody_may_ask_who_they_are(aws):
    assert aws.as_role(ROLE, "sts").get_caller_identity()["Arn"].endswith("assumed-role/prod-execution/airflow")


def test_the_administrator_may_do_everything(aws):
    session = boto3.Session(aws_access_key_id=aws.environ["AWS_ACCESS_KEY_ID"], aws_secret_access_key="x")
    buckets = session.client("s3", endpoint_url=aws.endpoint, region_name="eu-west-1").list_buckets()["Buckets"]
    assert "airflow-prod" in {each["Name"] for each in buckets}
