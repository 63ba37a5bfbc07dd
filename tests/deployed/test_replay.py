"""An outage that outlasts Lambda's own retries ends in a queue, and a person sends what is in it through again."""

import json

from cli.replay import main
from cli.sandbox.faults import Fault
from cli.sandbox.scenes import SCENES


def test_what_intake_could_not_queue_is_replayed(aws, capsys):
    lost = aws.stack.outputs["LostEventsUrl"]
    aws.client("lambda").invoke(
        FunctionName=aws.stack.outputs["IntakeName"], Payload=json.dumps({"awslogs": {"data": "%%%"}})
    )
    with aws.faults.inject(Fault("sqs", "SendMessageBatch", status="503 Service Unavailable")):
        SCENES[0].play(aws)
        aws.waiting(lost, 2)
    assert not aws.messages()
    assert main(["--region", "eu-west-1"], client=aws.client) == 0
    assert SCENES[0].cause in aws.messages(1)[0]["Subject"]
    assert capsys.readouterr().out.splitlines() == [
        "stays: awslogs.data is not base64",
        "1 sent through intake again, 1 left in the queue",
    ]
    assert len(aws.waiting(lost)) == 1


def test_a_stack_that_is_not_there_is_one_sentence(aws, capsys):
    assert main(["--stack", "Nothing"], client=aws.client) == 2
    assert "Nothing" in capsys.readouterr().err
