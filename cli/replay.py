"""`mwaa-responder replay`: sends the events that intake failed on through it again.

The console's redrive moves dead letters back to the queue that they came from, and events come from none:
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Client = Callable[[str], Any]

ACTIONS = ("cloudformation:DescribeStacks", "sqs:ReceiveMessage", "sqs:DeleteMessage", "lambda:InvokeFunction")
DESCRIPTION = f"""Takes the events out of the queue LostEvents and calls intake with each, as the source of the event did.
Those that no version of the code could read stay where they are and are named. Needs {", ".join(ACTIONS)}."""
STACK = "MwaaFailureResponder"
HIDDEN_SECONDS = 120  # how long a letter that is not deleted stays out of sight; one run looks at each once
AT_ONCE = 10  # https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
USAGE_ERROR = 2


class OtherStack(Exception):
    """The stack of that name is not the responder's."""


def main(argv: Sequence[str], *, client: Client | None = None) -> int:
    """Prints what it did. Exit code 2, with one sentence, where the account cannot be read."""
    from botocore.exceptions import BotoCoreError, ClientError

    arguments = _arguments(argv)
    try:
        sent, kept = replay(client or _clients(arguments.region), arguments.stack)
    except (BotoCoreError, ClientError, OtherStack) as error:
        print(f"mwaa-responder replay: {error}", file=sys.stderr)
        return USAGE_ERROR
    for reason in kept:
        print(f"stays: {reason}")
    print(f"{sent} sent through intake again, {len(kept)} left in the queue")
    return 0


def replay(client: Client, stack: str) -> tuple[int, list[str]]:
    """How many were sent, and why the others were not. Raises botocore's errors and OtherStack."""
    outputs = _outputs(client("cloudformation"), stack)
    if not outputs.keys() >= {"LostEventsUrl", "IntakeName"}:
        raise OtherStack(f"{stack} is not a stack of the responder: its outputs name no queue of lost events")
    queue, function = outputs["LostEventsUrl"], outputs["IntakeName"]
    sqs, intake = client("sqs"), client("lambda")
    sent, kept = 0, []
    for letter in _letters(sqs, queue):
        reason = letter.get("MessageAttributes", {}).get("reason")
        if reason:
            kept.append(reason["StringValue"])
            continue
        intake.invoke(FunctionName=function, InvocationType="Event", Payload=letter["Body"].encode())
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=letter["ReceiptHandle"])
        sent += 1
    return sent, kept


def _letters(sqs: Any, queue: str) -> Iterator[Mapping[str, Any]]:
    while letters := sqs.receive_message(
        QueueUrl=queue,
        MaxNumberOfMessages=AT_ONCE,
        VisibilityTimeout=HIDDEN_SECONDS,
        WaitTimeSeconds=1,
        MessageAttributeNames=["reason"],
    ).get("Messages"):
        yield from letters


def _outputs(cloudformation: Any, stack: str) -> Mapping[str, str]:
    (described,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    return {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", ())}


def _clients(region: str | None) -> Client:
    import boto3

    session: Any = boto3.Session(region_name=region)
    client: Client = session.client
    return client


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mwaa-responder replay", description=DESCRIPTION)
    parser.add_argument("--stack", default=STACK, help=f"name of the stack (default: {STACK})")
    parser.add_argument("--region", help="where it is; default: the shell's")
    return parser.parse_args(argv)
