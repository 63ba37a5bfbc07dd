"""A template deploys as CloudFormation would make it, or not at all."""

import json

import pytest
from botocore.exceptions import ClientError

from cli.sandbox.sandbox import Sandbox

STATEMENT = {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Sid": "mine"}
POLICY = {"Version": "2012-10-17", "Statement": [STATEMENT]}
TEMPLATE = {
    "Resources": {
        "Queue": {"Type": "AWS::SQS::Queue"},
        "Topic": {"Type": "AWS::SNS::Topic"},
        "Bucket": {"Type": "AWS::S3::Bucket"},
        "QueuePolicy": {
            "Type": "AWS::SQS::QueuePolicy",
            "Properties": {"Queues": [{"Ref": "Queue"}], "PolicyDocument": POLICY},
        },
        "TopicPolicy": {
            "Type": "AWS::SNS::TopicPolicy",
            "Properties": {"Topics": [{"Ref": "Topic"}], "PolicyDocument": POLICY},
        },
        "BucketPolicy": {
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {
                "Bucket": {"Ref": "Bucket"},
                "PolicyDocument": POLICY,
            },
        },
        "Subscription": {
            "Type": "AWS::SNS::Subscription",
            "Properties": {"TopicArn": {"Ref": "Topic"}, "Protocol": "email", "Endpoint": "a@example.com"},
        },
        "Alarm": {
            "Type": "AWS::CloudWatch::Alarm",
            "Properties": {
                "AlarmName": "too-many",
                "ComparisonOperator": "GreaterThanThreshold",
                "EvaluationPeriods": 1,
                "MetricName": "Errors",
                "Namespace": "AWS/Lambda",
                "Period": 60,
                "Statistic": "Sum",
                "Threshold": 1,
                "AlarmActions": [{"Ref": "Topic"}],
            },
        },
        "Table": {
            "Type": "AWS::DynamoDB::Table",
            "Properties": {
                "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                "BillingMode": "PAY_PER_REQUEST",
                "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True},
                "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
            },
        },
    },
    "Outputs": {name: {"Value": {"Ref": name}} for name in ("Queue", "Topic", "Bucket", "Table")},
}


def assembly(folder, template):
    """What `cdk synth` would have written."""
    (folder / "S.template.json").write_text(json.dumps(template))
    stack = {"type": "aws:cloudformation:stack", "properties": {"templateFile": "S.template.json"}}
    (folder / "manifest.json").write_text(json.dumps({"artifacts": {"S": stack}}))
    return folder


@pytest.fixture(scope="module")
def outputs(aws, tmp_path_factory):
    (stack,) = aws.deploy(assembly(tmp_path_factory.mktemp("app"), TEMPLATE))
    return stack.outputs


def test_policies_are_on_their_resources(aws, outputs):
    queue = aws.client("sqs").get_queue_attributes(QueueUrl=outputs["Queue"], AttributeNames=["Policy"])
    topic = aws.client("sns").get_topic_attributes(TopicArn=outputs["Topic"])
    bucket = aws.client("s3").get_bucket_policy(Bucket=outputs["Bucket"])
    written = (queue["Attributes"]["Policy"], topic["Attributes"]["Policy"], bucket["Policy"])
    assert [json.loads(each)["Statement"] for each in written] == [[STATEMENT]] * 3


def test_a_topic_has_its_subscriber_and_an_alarm_its_topic(aws, outputs):
    (subscription,) = aws.client("sns").list_subscriptions_by_topic(TopicArn=outputs["Topic"])["Subscriptions"]
    (alarm,) = aws.client("cloudwatch").describe_alarms(AlarmNames=["too-many"])["MetricAlarms"]
    assert subscription["Endpoint"] == "a@example.com"
    assert alarm["AlarmActions"] == [outputs["Topic"]]


def test_a_table_forgets_and_can_be_restored(aws, outputs):
    tables = aws.client("dynamodb")
    expiry = tables.describe_time_to_live(TableName=outputs["Table"])["TimeToLiveDescription"]
    backups = tables.describe_continuous_backups(TableName=outputs["Table"])["ContinuousBackupsDescription"]
    assert expiry == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"


REFUSED = {
    "a type that nobody models": {"Type": "AWS::SecretsManager::Secret"},
    "a filter on a log group that does not exist": {
        "Type": "AWS::Logs::SubscriptionFilter",
        "Properties": {
            "LogGroupName": "none",
            "FilterPattern": "",
            "DestinationArn": "arn:aws:lambda:eu-west-1:1:function:f",
        },
    },
    "a property that the service does not know": {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmName": "x",
            "EvaluationPeriods": 1,
            "ComparisonOperator": "GreaterThanThreshold",
            "Colour": "red",
        },
    },
}


@pytest.mark.parametrize("resource", REFUSED.values(), ids=REFUSED.keys())
def test_refuses(aws, tmp_path, resource):
    with pytest.raises(ClientError):
        aws.deploy(assembly(tmp_path, {"Resources": {"Odd": resource}}))


def test_one_sandbox_at_a_time(aws):
    with pytest.raises(RuntimeError), Sandbox():
        pass
    assert aws.client("s3").list_buckets()["Buckets"]
