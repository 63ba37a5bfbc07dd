"""The point of it all: a statement that was proven before it was posted, and that holds what it promises."""

import base64
import gzip
import json

import pytest
from botocore.exceptions import ClientError

from cli.sandbox.scenes import ANALYTICS, LAKE
from cli.sandbox.world import ACCOUNT

OBJECT = {"Bucket": LAKE, "Key": "exports/2026/orders.csv", "Body": b"1,2\n"}


def write(aws):
    return aws.as_role(ANALYTICS.role_arn(ACCOUNT), "s3").put_object(**OBJECT)


def payload(denial):
    """A subscription's payload with the traceback that Airflow 2.10 writes for this error."""
    traceback = (
        "[2026-11-22T09:45:14.503+0000] {taskinstance.py:3313} ERROR - Task failed with exception\n"
        "Traceback (most recent call last):\n"
        '  File "/usr/local/airflow/.local/lib/python3.11/site-packages/airflow/models/taskinstance.py", line 768, in _execute_task\n'
        "    result = _execute_callable(context=context, **execute_callable_kwargs)\n"
        '  File "/usr/local/airflow/dags/nightly_export.py", line 21, in export\n'
        '    s3.put_object(Bucket="acme-lake-raw", Key=f"exports/{year}/orders.csv", Body=body)\n'
        '  File "/usr/local/airflow/.local/lib/python3.11/site-packages/botocore/client.py", line 1023, in _make_api_call\n'
        "    raise error_class(parsed_response, operation_name)\n"
        f"botocore.exceptions.ClientError: {denial}"
    )
    verdict = (
        "[2026-11-22T09:45:14.599+0000] {taskinstance.py:1226} INFO - Marking task as FAILED. dag_id=nightly_export, "
        "task_id=export, run_id=scheduled__2026-11-01T00:00:00+00:00, execution_date=20261101T000000"
    )
    return {
        "messageType": "DATA_MESSAGE",
        "owner": ACCOUNT,
        "logGroup": ANALYTICS.log_group("Task"),
        "logStream": "dag_id=nightly_export/run_id=scheduled__2026-11-01T00_00_00+00_00/task_id=export/attempt=1.log",
        "subscriptionFilters": ["MwaaFailureResponder"],
        "logEvents": [
            {"id": str(index), "timestamp": 1795340714503 + index, "message": text}
            for index, text in enumerate((traceback, verdict))
        ],
    }


@pytest.fixture(scope="module")
def told(aws):
    """The role is denied, intake gets the gzipped payload, and messages arrive."""
    with pytest.raises(ClientError) as denied:
        write(aws)
    data = base64.b64encode(gzip.compress(json.dumps(payload(denied.value)).encode())).decode()
    aws.client("lambda").invoke(
        FunctionName=aws.stack.outputs["IntakeName"],
        InvocationType="Event",
        Payload=json.dumps({"awslogs": {"data": data}}),
    )
    return aws.messages(1)[0], aws.slack_posts(1)[0]


def texts(block):
    """Every text in Slack's blocks."""
    if isinstance(block, list):
        return [text for each in block for text in texts(each)]
    if isinstance(block, dict):
        return [block["text"]] if isinstance(block.get("text"), str) else texts(list(block.values()))
    return []


def test_the_mail_says_proven_and_carries_the_statement(told):
    mail, _ = told
    assert "nightly_export" in mail["Subject"]
    assert "Proven before it was posted" in mail["Message"]
    assert '"Action": "s3:PutObject"' in mail["Message"]


def test_slack_gets_the_same(told):
    _, post = told
    assert any("Proven before it was posted" in text or "PROVEN" in text for text in texts(post["blocks"]))


def test_the_statement_once_attached_makes_the_call_succeed(aws, told):
    _, post = told
    policy = next(
        json.loads(text) for text in texts(post["blocks"]) if text.lstrip().startswith("{") and '"Statement"' in text
    )
    (statement,) = policy["Statement"]
    with pytest.raises(ClientError):
        write(aws)
    aws.attach(ANALYTICS.role_name, statement)
    write(aws)
    assert statement["Action"] in ("s3:PutObject", ["s3:PutObject"])
    assert "*" not in statement["Resource"]
