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

from cli.cases import read_case
from cli.faults.rows import Played, Row, rows
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
PATIENCE_SECONDS = 200.0  # five deliveries of a sighting that fails take 135
UNDER_WAY_SECONDS = 1.0  # what a killed function had asked for is still done
CHANNELS = 3
# One for each row that needs one: two failures of one package would be one incident.
MODULES = ("xgboost", "lightgbm", "catboost", "geopandas", "prophet", "shap")


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


def assembly(folder: Path, seconds: int = SECONDS) -> Path:
    """The synthesised app, with its times cut down to so many seconds."""
    made = synthesise(folder, scenes.ENVIRONMENTS, CHOICES)
    path = made / TEMPLATE
    template = json.loads(path.read_text())
    for resource in template["Resources"].values():
        _hurry(resource["Type"], resource.get("Properties", {}), seconds)
    path.write_text(json.dumps(template))
    return made


def _hurry(kind: str, properties: dict[str, Any], seconds: int) -> None:
    if kind == "AWS::Lambda::Function" and "responder_handler" in properties.get("Handler", ""):
        properties["Timeout"] = seconds
        variables = properties["Environment"]["Variables"]
        variables["RESPONDER_CHOICES"] = json.dumps(
            {**json.loads(variables["RESPONDER_CHOICES"]), "lease_seconds": seconds}
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
    sign = _dag(number)
    with aws.faults.inject(*row.faults):
        _play(aws, row, number)
        in_doubt = _in_doubt(aws, stack, diagnosed, row, sign)
        _wait(aws, lambda: _done(aws, diagnosed, sign) or bool(_dead(aws, stack)))
    if row.redriven:
        _redrive(aws, stack)
        _wait(aws, lambda: not _missing(aws, diagnosed, sign))
    aws.settle(seconds=PATIENCE_SECONDS)
    arrived = _arrived(aws, diagnosed, sign)
    lost = sum(count == 0 for count in arrived)
    doubled = sum(max(0, count - 1) for count in arrived)
    happened = all(fault.hits > fault.after for fault in row.faults)
    return Count(row, CHANNELS, sum(arrived), lost, doubled, in_doubt, time.monotonic() - began, happened)


def _in_doubt(aws: Sandbox, stack: Any, diagnosed: str, row: Row, sign: str) -> int:
    """How many channels have it without a note of it when the function has been killed for the last time."""
    kills = [fault for fault in row.faults if fault.kind in {Kind.KILL, Kind.KILL_AFTER}]
    if not kills:
        return 0
    _wait(aws, lambda: kills[-1].hits > kills[-1].after or _done(aws, diagnosed, sign))
    time.sleep(UNDER_WAY_SECONDS)
    return max(0, sum(_arrived(aws, diagnosed, sign)) - _noted(aws, stack, sign))


def _noted(aws: Sandbox, stack: Any, sign: str) -> int:
    """The receipts in the message's own item."""
    items = aws.client("dynamodb").scan(TableName=stack.outputs["TableName"])["Items"]
    letters = [item for item in items if sign in item.get("card", {}).get("S", "")]
    return sum(name.startswith("sent_") for item in letters for name in item)


def _wait(aws: Sandbox, done: Callable[[], bool]) -> None:
    try:
        aws.wait_for(lambda: [True] if done() else [], 1, seconds=PATIENCE_SECONDS, what="ends of the row")
    except NothingCame as late:
        print(late, file=sys.stderr)


def _arrived(aws: Sandbox, diagnosed: str, sign: str) -> tuple[int, int, int]:
    chat = sum(sign in json.dumps(post) for post in aws.slack.posts)
    mail = sum(sign in message["Message"] for message in aws.messages())
    events = sum(sign in body for body in aws.waiting(diagnosed))
    return chat, mail, events


def _done(aws: Sandbox, diagnosed: str, sign: str) -> bool:
    """It is everywhere, and noted: a fault may be meant for the notes."""
    return not _missing(aws, diagnosed, sign) and not aws.busy()


def _missing(aws: Sandbox, diagnosed: str, sign: str) -> bool:
    return not all(_arrived(aws, diagnosed, sign))


def _dead(aws: Sandbox, stack: Any) -> list[str]:
    return aws.waiting(stack.outputs["DeadSightingsUrl"]) + aws.waiting(stack.outputs["LostEventsUrl"])


def _redrive(aws: Sandbox, stack: Any) -> None:
    """As the console's button does."""
    queues = aws.client("sqs")
    for message in queues.receive_message(QueueUrl=stack.outputs["DeadSightingsUrl"], MaxNumberOfMessages=10).get(
        "Messages", ()
    ):
        queues.send_message(QueueUrl=stack.outputs["QueueUrl"], MessageBody=message["Body"])
        queues.delete_message(QueueUrl=stack.outputs["DeadSightingsUrl"], ReceiptHandle=message["ReceiptHandle"])


def _dag(number: int) -> str:
    return f"export_{number:03}"


def _play(aws: Sandbox, row: Row, number: int) -> None:
    group = scenes.ANALYTICS.log_group("Task")
    dag = _dag(number)
    stream = f"dag_id={dag}/run_id=scheduled__2026-11-01T00_00_00+00_00/task_id=put/attempt=1.log"
    messages = _log(row, number, dag)
    steps: dict[Played, tuple[Callable[[], None], ...]] = {
        Played.TWICE: (lambda: aws.play_log(group, stream, messages, at_ms=_now()),) * 3,
        Played.CUT_OFF: (lambda: _tell(aws, dag, None),),
        Played.LOG_FIRST: (lambda: aws.play_log(group, stream, messages), lambda: _tell(aws, dag, messages)),
        Played.EVENT_FIRST: (lambda: _tell(aws, dag, messages), lambda: aws.play_log(group, stream, messages)),
    }
    for step in steps.get(row.played, (lambda: aws.play_log(group, stream, messages),)):
        step()


def _log(row: Row, number: int, dag: str) -> list[str]:
    if row.played is Played.MISSING:
        new = {
            "xgboost": MODULES[_order(row)],
            "train_model.fit": f"{dag}.put",
            "train_model": dag,
            "task_id=fit": "task_id=put",
        }
        return _messages("real-af2-task-train-model", new)
    return _messages("real-af2-task-export-to-lake", {"acme-lake-raw": f"acme-lake-{number:03}", "export_to_lake": dag})


def _order(row: Row) -> int:
    return [each.what for each in rows() if each.played is Played.MISSING].index(row.what)


def _messages(case: str, new: dict[str, str]) -> list[str]:
    """The log of a labelled case, with other names."""
    messages: list[str] = [each["message"] for each in read_case(scenes.CASES / case).payload["logEvents"]]
    for old, name in new.items():
        messages = [message.replace(old, name) for message in messages]
    return messages


def _tell(aws: Sandbox, dag: str, messages: list[str] | None) -> None:
    """What the listener plugin says of the same attempt; before Airflow 2.10 it is told no error."""
    headline = "Task failed with exception\n"
    error = {"error": next(each.partition(headline)[2] for each in messages if headline in each)} if messages else {}
    detail = {
        "environment": scenes.ANALYTICS.name,
        "airflow_version": "2.10.3",
        "dag_id": dag,
        "run_id": "scheduled__2026-11-01T00:00:00+00:00",
        "task_id": "put",
        "map_index": -1,
        "try_number": 1,
        "max_tries": 0,
        "state": "failed",
        **error,
    }
    aws.put_event({"source": "mwaa.listener", "detail-type": "Airflow Task Failed", "detail": detail})


def _now() -> int:
    return int(time.time() * 1000) // 60_000 * 60_000  # the same for the same event


def _index(aws: Sandbox) -> Site:
    """An index that has nothing, and whatever fault is asked for."""

    def answer(request: WebRequest) -> WebResponse:
        fault = aws.faults.before("index", request.path, request.caller)
        if fault and fault.kind is Kind.STATUS:
            return WebResponse(b"", int(fault.status.split()[0]))
        return WebResponse(b"", 404)

    return answer
