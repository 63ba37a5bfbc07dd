"""The way to the web, Slack's stand-in, and faults on demand."""

import json

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

from cli.sandbox.faults import Fault, Kind
from cli.sandbox.slack import BOT_TOKEN, WEBHOOK_URL

POSTS = """
import json, urllib.error, urllib.request
def main(event, context):
    request = urllib.request.Request(event["url"], json.dumps(event.get("body", {})).encode(), event.get("headers", {}))
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Retry-After")
    except OSError as error:
        return 0, str(error)
"""


@pytest.fixture(scope="module")
def post(aws, put_function):
    function = put_function("posts", POSTS)

    def posted(url, body=None, **headers):
        payload = json.dumps({"url": url, "body": body or {"text": "hello"}, "headers": headers})
        answer = aws.client("lambda").invoke(FunctionName=function, Payload=payload)
        return json.loads(answer["Payload"].read())

    return posted


def test_a_webhook_takes_a_message_under_its_real_name(aws, post):
    assert post(WEBHOOK_URL, {"text": "to the webhook"}) == [200, "ok"]
    assert aws.slack_posts(1)[-1] == {"text": "to the webhook"}


def test_a_bot_posts_and_gets_the_message_s_time(aws, post):
    body = {"channel": "C1", "text": "by the bot"}
    bot = {"Authorization": f"Bearer {BOT_TOKEN}", "Content-Type": "application/json"}
    status, answer = post("https://slack.com/api/chat.postMessage", body, **bot)
    assert (status, json.loads(answer)["ok"], json.loads(answer)["channel"]) == (200, True, "C1")
    assert aws.slack_posts(1)[-1] == body


def test_a_wrong_address_and_a_wrong_token_are_refused(post):
    assert post(WEBHOOK_URL + "x")[0] == 404
    assert json.loads(post("https://slack.com/api/chat.postMessage")[1])["error"] == "invalid_auth"


def test_no_other_host_is_reached(aws, post):
    status, why = post("https://evil.example.com/")
    assert status == 0
    assert "502" in why
    assert "evil.example.com" in aws.web.refused


def test_slack_throttles(aws, post):
    with aws.faults.inject(Fault("slack", status="429 Too Many Requests", times=1)):
        assert post(WEBHOOK_URL) == [429, "1"]
        assert post(WEBHOOK_URL) == [200, "ok"]


def test_slack_hangs_up(aws, post):
    before = len(aws.slack_posts())
    with aws.faults.inject(Fault("slack", kind=Kind.RESET, times=1)):
        assert post(WEBHOOK_URL)[0] == 0
    assert len(aws.slack_posts()) == before
    with aws.faults.inject(Fault("slack", kind=Kind.RESET_AFTER, times=1)):
        assert post(WEBHOOK_URL)[0] == 0
    assert len(aws.slack_posts()) == before + 1


@pytest.fixture(scope="module")
def role(put_role):
    return put_role("everything", {"Effect": "Allow", "Action": "*", "Resource": "*"})


@pytest.mark.parametrize("service", ["sqs", "sns", "dynamodb", "iam", "logs", "mwaa", "secretsmanager", "events"])
def test_a_service_fails_in_its_own_protocol(aws, role, service):
    client = aws.as_role(role, service)
    operation = {"sqs": "list_queues", "sns": "list_topics", "dynamodb": "list_tables", "iam": "list_roles",
                 "logs": "describe_log_groups", "mwaa": "list_environments", "secretsmanager": "list_secrets", "events": "list_rules"}[service]  # fmt: skip
    name = "airflow" if service == "mwaa" else service
    with (
        aws.faults.inject(Fault(name, status="400 Bad Request", code="ThrottlingException")),
        pytest.raises(ClientError) as failed,
    ):
        getattr(client, operation)()
    assert failed.value.response["Error"]["Code"] == "ThrottlingException"
    getattr(client, operation)()


def test_the_first_calls_can_go_well(aws, role):
    client = aws.as_role(role, "sqs")
    with aws.faults.inject(Fault("sqs", "ListQueues", kind=Kind.RESET, after=1)):
        client.list_queues()
        with pytest.raises(ConnectionClosedError):
            client.list_queues()


KILLED = """
import boto3
def main(event, context):
    print("try")
    boto3.client("sqs").create_queue(QueueName="made-before-death")
    return "done"
"""


@pytest.mark.parametrize(("kind", "made"), [(Kind.KILL, False), (Kind.KILL_AFTER, True)])
def test_a_function_dies_in_the_middle_of_a_call(aws, put_function, kind, made):
    function = put_function(f"dies-{kind}", KILLED)
    with aws.faults.inject(Fault("sqs", "CreateQueue", kind=kind, times=1)):
        answer = aws.client("lambda").invoke(FunctionName=function)
    assert json.loads(answer["Payload"].read())["errorType"] == "Runtime.ExitError"
    queues = aws.client("sqs").list_queues().get("QueueUrls", [])
    assert any("made-before-death" in each for each in queues) is made
    for url in queues:
        aws.client("sqs").delete_queue(QueueUrl=url)
    assert aws.client("lambda").invoke(FunctionName=function)["Payload"].read() == b'"done"'
    aws.client("sqs").delete_queue(QueueUrl=aws.client("sqs").list_queues()["QueueUrls"][0])
