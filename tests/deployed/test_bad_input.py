"""What nobody can read is kept, and holds up nothing."""

import base64
import gzip
import json

import pytest

from cli.sandbox.scenes import SCENES


def test_a_poison_message_ends_as_a_dead_letter_and_the_others_of_its_batch_go_through(aws):
    scene = SCENES[0]
    aws.client("sqs").send_message(QueueUrl=aws.stack.outputs["QueueUrl"], MessageBody='{"poison": true}')
    scene.play(aws)
    assert scene.cause in aws.messages(1)[0]["Subject"]
    assert aws.waiting(aws.stack.outputs["DeadSightingsUrl"], 1) == ['{"poison": true}']


UNREADABLE = {
    "a payload that is no base64": {"awslogs": {"data": "%%%"}},
    "a payload that is no gzip": {"awslogs": {"data": "aGVsbG8="}},
    "an event of nobody we know": {"source": "aws.s3", "detail-type": "Object Created", "detail": {}},
    "a listener's event without a task": {
        "source": "mwaa.listener",
        "detail-type": "Airflow Task Failed",
        "account": "123456789012",
        "region": "eu-west-1",
        "time": "2026-11-24T00:00:00Z",
        "detail": {"environment": "analytics-prod"},
    },
}


@pytest.mark.parametrize("event", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_an_unreadable_event_is_kept_and_no_error(aws, event):
    lost = aws.stack.outputs["LostEventsUrl"]
    before = len(aws.waiting(lost))
    answer = aws.client("lambda").invoke(FunctionName=aws.stack.outputs["IntakeName"], Payload=json.dumps(event))
    assert "FunctionError" not in answer
    assert len(aws.waiting(lost, before + 1)) == before + 1


def test_a_control_message_is_nothing(aws):
    control = {"messageType": "CONTROL_MESSAGE", "owner": "CloudwatchLogs", "logGroup": "", "logStream": "",
               "subscriptionFilters": [], "logEvents": [{"id": "", "timestamp": 1, "message": "CWL CONTROL MESSAGE: Checking health of destination Lambda."}]}  # fmt: skip
    data = base64.b64encode(gzip.compress(json.dumps(control).encode())).decode()
    lost = len(aws.waiting(aws.stack.outputs["LostEventsUrl"]))
    answer = aws.client("lambda").invoke(
        FunctionName=aws.stack.outputs["IntakeName"], Payload=json.dumps({"awslogs": {"data": data}})
    )
    assert "FunctionError" not in answer
    assert len(aws.waiting(aws.stack.outputs["LostEventsUrl"])) == lost
