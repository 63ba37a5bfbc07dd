"""Events, logs and queues reach functions as AWS delivers them, or end where AWS leaves them."""

import base64
import gzip
import json

import pytest

from cli.sandbox.world import ACCOUNT

# Writes every event it gets into a queue, so that a test sees what arrived.
RECORDS = """
import boto3, json, os
def main(event, context):
    boto3.client("sqs").send_message(QueueUrl=os.environ["SINK"], MessageBody=json.dumps(event))
"""


@pytest.fixture
def recorder(request, put_function, put_queue):
    """A function that records, and the address of the queue with its records."""
    name = request.node.name.replace("_", "-")[:40].strip("-")
    url, _ = put_queue(f"{name}-sink")
    return put_function(name, RECORDS, Environment={"Variables": {"SINK": url}}), url


@pytest.fixture
def rule(aws, request):
    """Makes a rule with one target and returns its ARN."""
    name = request.node.name.partition("[")[0][:60]

    def put(pattern, target, **more):
        events = aws.client("events")
        arn = events.put_rule(Name=name, EventPattern=json.dumps(pattern))["RuleArn"]
        events.put_targets(Rule=name, Targets=[{"Id": "1", "Arn": target, **more}])
        return arn

    put.name = name
    yield put
    aws.client("events").remove_targets(Rule=name, Ids=["1"])
    aws.client("events").delete_rule(Name=name)


def permit(aws, function, service, source):
    aws.client("lambda").add_permission(
        FunctionName=function,
        StatementId=service,
        Action="lambda:InvokeFunction",
        Principal=f"{service}.amazonaws.com",
        SourceArn=source,
    )


def event(source, detail=None):
    return {"source": source, "detail-type": "Something Happened", "detail": detail or {"state": "FAILED"}}


def test_a_rule_s_event_reaches_a_function_that_permits_it(aws, recorder, rule):
    function, sink = recorder
    permit(aws, function, "events", rule({"source": ["aws.airflow"]}, function))
    aws.put_event(event("aws.other"))
    aws.put_event({**event("aws.airflow"), "resources": ["arn:x"]})
    (arrived,) = map(json.loads, aws.waiting(sink, 1))
    assert arrived["source"] == "aws.airflow"
    assert arrived["detail"] == {"state": "FAILED"}
    assert arrived["resources"] == ["arn:x"]
    assert arrived["account"] == ACCOUNT
    assert arrived["time"].endswith("Z")


def test_a_rule_without_permission_keeps_its_event_in_the_target_s_dead_letter_queue(aws, recorder, rule, put_queue):
    function, sink = recorder
    url, queue = put_queue("rule-lost")
    arn = rule({"source": ["mine"]}, function, DeadLetterConfig={"Arn": queue})
    allow = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue,
        "Condition": {"ArnEquals": {"aws:SourceArn": arn}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    aws.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    aws.put_event(event("mine"))
    assert json.loads(aws.waiting(url, 1)[0])["source"] == "mine"
    assert aws.waiting(sink) == []


@pytest.fixture
def open_queue(aws, put_queue, request):
    """A queue that lets every rule send to it."""
    name = request.node.name.replace("_", "-").replace("[", "-").replace(" ", "-").strip("]")[:60]
    url, queue = put_queue(name)
    allow = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue,
    }
    aws.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps({"Statement": [allow]})})
    return url, queue


INPUTS = {
    "as it is": ({}, lambda body: body["detail"] == {"state": "FAILED"}),
    "a constant": ({"Input": '{"a": 1}'}, lambda body: body == {"a": 1}),
    "transformed": (
        {"InputTransformer": {"InputPathsMap": {"s": "$.detail.state"}, "InputTemplate": '{"said": "<s>"}'}},
        lambda body: body == {"said": "FAILED"},
    ),
}


@pytest.mark.parametrize(("wish", "fits"), INPUTS.values(), ids=INPUTS.keys())
def test_a_rule_s_event_reaches_a_queue(aws, open_queue, rule, wish, fits):
    url, queue = open_queue
    rule({"source": ["mine"]}, queue, **wish)
    aws.put_event(event("mine"))
    assert fits(json.loads(aws.waiting(url, 1)[0]))


def test_an_event_for_a_function_that_is_gone_is_a_dead_letter(aws, open_queue, rule):
    url, queue = open_queue
    gone = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:gone"
    rule({"source": ["mine"]}, gone, DeadLetterConfig={"Arn": queue})
    aws.put_event(event("mine"))
    assert json.loads(aws.waiting(url, 1)[0])["source"] == "mine"


def test_a_disabled_rule_sends_nothing(aws, open_queue, rule):
    url, queue = open_queue
    rule({"source": ["mine"]}, queue)
    aws.client("events").disable_rule(Name=rule.name)
    aws.put_event(event("mine"))
    aws.settle()
    assert aws.waiting(url) == []


def test_a_filter_s_events_reach_the_function_in_their_envelope(aws, recorder):
    function, sink = recorder
    logs = aws.client("logs")
    logs.create_log_group(logGroupName="airflow-x-Task")
    permit(aws, function, "logs", f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:airflow-x-*")
    logs.put_subscription_filter(
        logGroupName="airflow-x-Task",
        filterName="f",
        filterPattern='?"Task failed" ?Traceback',
        destinationArn=function,
    )
    aws.play_log("airflow-x-Task", "dag_id=d/attempt=1.log", ["all is well", "Task failed with exception", "Traceback"])
    (arrived,) = map(json.loads, aws.waiting(sink, 1))
    payload = json.loads(gzip.decompress(base64.b64decode(arrived["awslogs"]["data"])))
    assert payload["messageType"] == "DATA_MESSAGE"
    assert payload["logGroup"] == "airflow-x-Task"
    assert payload["logStream"] == "dag_id=d/attempt=1.log"
    assert [each["message"] for each in payload["logEvents"]] == ["Task failed with exception", "Traceback"]


BATCH = """
import boto3, json, os
def main(event, context):
    print("batch of", len(event["Records"]))
    failed = []
    for record in event["Records"]:
        body = json.loads(record["body"])
        if body.get("poison"):
            failed.append({"itemIdentifier": record["messageId"]})
        else:
            boto3.client("sqs").send_message(QueueUrl=os.environ["SINK"], MessageBody=record["body"])
    return {"batchItemFailures": failed}
"""


def test_of_a_batch_only_what_failed_comes_back_and_ends_as_a_dead_letter(aws, put_function, put_queue):
    sink, _ = put_queue("batch-sink")
    dead_url, dead = put_queue("batch-dead")
    redrive = json.dumps({"deadLetterTargetArn": dead, "maxReceiveCount": 2})
    source_url, source = put_queue("batch-source", RedrivePolicy=redrive)
    aws.client("sqs").send_message_batch(
        QueueUrl=source_url,
        Entries=[
            {"Id": str(index), "MessageBody": json.dumps({"n": index, "poison": index == 1})} for index in range(3)
        ],
    )
    function = put_function("batches", BATCH, Environment={"Variables": {"SINK": sink}})
    aws.client("lambda").create_event_source_mapping(
        FunctionName=function, EventSourceArn=source, BatchSize=5, FunctionResponseTypes=["ReportBatchItemFailures"]
    )
    aws.hurry()
    assert sorted(json.loads(each)["n"] for each in aws.waiting(sink, 2)) == [0, 2]
    assert [json.loads(each)["n"] for each in aws.waiting(dead_url, 1)] == [1]
    assert aws.waiting(source_url) == []


def test_without_permission_for_the_queue_nothing_is_polled(aws, put_function, put_queue):
    source_url, source = put_queue("forbidden")
    function = put_function("forbidden", BATCH, {"Effect": "Allow", "Action": "logs:*", "Resource": "*"})
    aws.client("lambda").create_event_source_mapping(FunctionName=function, EventSourceArn=source)
    aws.client("sqs").send_message(QueueUrl=source_url, MessageBody="{}")
    assert aws._mappings.poll() is False
    assert len(aws.waiting(source_url)) == 1
