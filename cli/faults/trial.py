"""One row of the matrix: a failure is played while something is broken, and what arrives is counted."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pypi_simple import PYPI_SIMPLE_ENDPOINT

from cli.faults.arrivals import Arrivals
from cli.faults.play import dag_of, play, repeat
from cli.faults.rows import Played, Row
from cli.sandbox import scenes
from cli.sandbox.assembly import synthesise
from cli.sandbox.faults import Kind
from cli.sandbox.sandbox import SLACK_SECRET_ARN, NothingCame, Sandbox
from cli.sandbox.web import Site, WebRequest, WebResponse
from cli.sandbox.world import ACCOUNT, REGION

CHOICES = {
    "emails": ["on-call@example.com"],
    "slack_webhook_secret_arn": SLACK_SECRET_ARN,
    "event_bus": "default",
    "delay_seconds": 1,
}
TEMPLATE = "MwaaFailureResponder.template.json"
# The deployed 120, 720 and 180 seconds, in proportion, so that a killed function is missed in seconds and not in minutes.
SECONDS = 25  # the function's time, and how long a claim holds
HIDDEN_AFTERWARDS = 2  # more, until the queue shows a sighting again
UNDER_WAY_SECONDS = 1.0  # what a killed function had asked for is still done
PATIENCE_SECONDS = 200.0  # five deliveries of a sighting that fails take 135


@dataclass(frozen=True, slots=True)
class Count:
    """What became of one failure on all channels."""

    row: Row
    expected: int
    sent: int
    lost: int
    doubled: int
    in_doubt: int  # of the sent ones: accepted when the function died, and not noted yet; nobody can know better
    seconds: float
    happened: bool  # every fault of the row struck at least once

    @property
    def admitted(self) -> bool:
        """Whether each double is one that nothing can prevent."""
        return self.doubled <= self.in_doubt or self.row.unanswered

    @property
    def as_promised(self) -> bool:
        return self.happened and not self.lost and self.admitted


def assembly(folder: Path, seconds: int = SECONDS, follow_up_minutes: int = 0) -> Path:
    """The synthesised app, with its times cut down to so many seconds; 0 minutes: a repeat is told of at once."""
    made = synthesise(folder, scenes.ENVIRONMENTS, CHOICES)
    path = made / TEMPLATE
    template = json.loads(path.read_text())
    for resource in template["Resources"].values():
        _hurry(resource["Type"], resource.get("Properties", {}), seconds, follow_up_minutes)
    path.write_text(json.dumps(template))
    return made


def _hurry(kind: str, properties: dict[str, Any], seconds: int, follow_up_minutes: int) -> None:
    if kind == "AWS::Lambda::Function" and "responder_handler" in properties.get("Handler", ""):
        properties["Timeout"] = seconds
        variables = properties["Environment"]["Variables"]
        choices = json.loads(variables["RESPONDER_CHOICES"])
        variables["RESPONDER_CHOICES"] = json.dumps(
            choices | {"lease_seconds": seconds, "follow_up_minutes": follow_up_minutes}
        )
    if kind == "AWS::SQS::Queue" and "RedrivePolicy" in properties:
        properties["VisibilityTimeout"] = seconds + HIDDEN_AFTERWARDS


def prepare(aws: Sandbox, folder: Path) -> tuple[Any, str]:
    """Deploys, and puts a queue where every event of ours ends. Returns the stack and that queue."""
    scenes.prepare(aws)
    host = urlsplit(PYPI_SIMPLE_ENDPOINT).hostname or ""
    aws.web.sites[host] = _index(aws)
    (stack,) = aws.deploy(folder)
    return stack, _queue_of_events(aws)


def _queue_of_events(aws: Sandbox) -> str:
    """The address of a queue that gets every event of ours."""
    arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:diagnosed"
    let = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
    }
    policy = {"Version": "2012-10-17", "Statement": [let]}
    queue: str = aws.client("sqs").create_queue(QueueName="diagnosed", Attributes={"Policy": json.dumps(policy)})[
        "QueueUrl"
    ]
    aws.client("events").put_rule(Name="diagnosed", EventPattern=json.dumps({"source": ["mwaa.failure-responder"]}))
    aws.client("events").put_targets(Rule="diagnosed", Targets=[{"Id": "queue", "Arn": arn}])
    return queue


def run(aws: Sandbox, stack: Any, diagnosed: str, row: Row, number: int) -> Count:
    """Plays the row's failure and waits until it has arrived everywhere, or nothing moves any more."""
    began = time.monotonic()
    arrivals = Arrivals(aws, stack, diagnosed, dag_of(number), row.played is Played.REPEATED)
    with aws.faults.inject(*row.faults):
        play(aws, row, number)
        if row.played is Played.REPEATED:
            _wait(aws, lambda: arrivals.complete(first_only=True))
            repeat(aws, row, number)
        in_doubt = _in_doubt(aws, row, arrivals)
        _wait(aws, lambda: arrivals.complete() or arrivals.dead())
    if row.redriven:
        _redrive(aws, stack)
        _wait(aws, arrivals.complete)
    aws.settle(seconds=PATIENCE_SECONDS)
    return Count(
        row,
        expected=arrivals.expected,
        sent=arrivals.sent().total(),
        lost=arrivals.lost(),
        doubled=arrivals.doubled(),
        in_doubt=in_doubt,
        seconds=time.monotonic() - began,
        happened=all(fault.hits > fault.after for fault in row.faults),
    )


def _in_doubt(aws: Sandbox, row: Row, arrivals: Arrivals) -> int:
    """How many messages channels have without a note of it when the function has been killed for the last time."""
    kills = [fault for fault in row.faults if fault.kind in {Kind.KILL, Kind.KILL_AFTER}]
    if not kills:
        return 0
    _wait(aws, lambda: kills[-1].hits > kills[-1].after or arrivals.complete())
    time.sleep(UNDER_WAY_SECONDS)
    return arrivals.in_doubt()


def _wait(aws: Sandbox, done: Callable[[], bool]) -> None:
    try:
        aws.wait_for(lambda: [True] if done() else [], 1, seconds=PATIENCE_SECONDS, what="ends of the row")
    except NothingCame as late:
        print(late, file=sys.stderr)


def _redrive(aws: Sandbox, stack: Any) -> None:
    """As the console's button does."""
    queues = aws.client("sqs")
    for message in queues.receive_message(QueueUrl=stack.outputs["DeadSightingsUrl"], MaxNumberOfMessages=10).get(
        "Messages", ()
    ):
        queues.send_message(QueueUrl=stack.outputs["QueueUrl"], MessageBody=message["Body"])
        queues.delete_message(QueueUrl=stack.outputs["DeadSightingsUrl"], ReceiptHandle=message["ReceiptHandle"])


def _index(aws: Sandbox) -> Site:
    """An index that has nothing, and whatever fault is asked for."""

    def answer(request: WebRequest) -> WebResponse:
        fault = aws.faults.before("index", request.path, request.caller)
        if fault and fault.kind is Kind.STATUS:
            return WebResponse(b"", int(fault.status.split()[0]))
        return WebResponse(b"", 404)

    return answer
