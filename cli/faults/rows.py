"""What is broken in each row of the matrix: a table. Every row plays one failure and expects one message on each channel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cli.sandbox.faults import FOREVER, Fault, Kind

CALLS_TO_THE_TABLE = (
    10  # UpdateItem calls of one announcement: lease, letter, three claims, three receipts, record, memory
)
SLOW_SECONDS = 4.0


class Played(StrEnum):
    """How the failure comes in."""

    DENIED = "a denied permission, by its log"
    MISSING = "a missing package, by its log"
    CUT_OFF = "a denied permission, by an event that lacks what the log has"
    TWICE = "the same log event, delivered three times"
    LOG_FIRST = "one attempt, by its log and then by the listener"
    EVENT_FIRST = "one attempt, by the listener and then by its log"
    REPEATED = "a denied permission in two runs, which a follow-up tells of"


LOOK_UPS = ("airflow", "iam", "s3", "logs")
LOOKED_UP = {"airflow": Played.DENIED, "iam": Played.DENIED, "s3": Played.MISSING, "logs": Played.CUT_OFF}


@dataclass(frozen=True, slots=True)
class Row:
    """`unanswered`: a channel takes the message and its answer gets lost, so that it is sent again and may come twice."""

    what: str
    faults: tuple[Fault, ...] = ()
    played: Played = Played.DENIED
    unanswered: bool = False
    redriven: bool = False  # it lasts so long that the sighting becomes a dead letter, which a person then sends back


def rows() -> Iterator[Row]:
    yield Row("nothing breaks")
    yield from _kills()
    yield from _killed_follow_ups()
    yield from _refusals()
    yield from _connections()
    yield from _slow()
    yield from _outages()
    yield Row("duplicates", played=Played.TWICE)
    yield Row("disorder: log, then event", played=Played.LOG_FIRST)
    yield Row("disorder: event, then log", played=Played.EVENT_FIRST)


def _kills() -> Iterator[Row]:
    """The function dies before the call is done; before a step's call is after the step before it."""
    yield Row("intake is killed at sqs SendMessageBatch", (Fault("sqs", "SendMessageBatch", Kind.KILL, times=1),))
    yield Row(
        "intake is killed after sqs SendMessageBatch", (Fault("sqs", "SendMessageBatch", Kind.KILL_AFTER, times=1),)
    )
    for call in ("GetItem", "PutItem", "TransactWriteItems"):
        yield Row(f"killed at dynamodb {call}", (Fault("dynamodb", call, Kind.KILL, times=1),))
    yield Row(
        "killed after dynamodb TransactWriteItems", (Fault("dynamodb", "TransactWriteItems", Kind.KILL_AFTER, times=1),)
    )
    for number in range(CALLS_TO_THE_TABLE):
        fault = Fault("dynamodb", "UpdateItem", Kind.KILL, times=1, after=number)
        yield Row(f"killed at dynamodb UpdateItem {number + 1}", (fault,))
    for service in ("airflow", "iam", "secretsmanager"):
        yield Row(f"killed at {service}", (_new_process(), Fault(service, kind=Kind.KILL, times=1)))
    for service in ("slack", "sns", "events"):
        yield Row(f"killed at {service}", (Fault(service, kind=Kind.KILL, times=1),))
        yield Row(f"killed after {service} took it", (Fault(service, kind=Kind.KILL_AFTER, times=1),))


def _killed_follow_ups() -> Iterator[Row]:
    """The function dies after the first message is out: while a repeat is counted, or while it is told of."""
    yield Row("a follow-up, nothing breaks", played=Played.REPEATED)
    for when, kind in (("before", Kind.KILL), ("after", Kind.KILL_AFTER)):
        yield Row(
            f"killed {when} a follow-up is sent on its way",
            (Fault("sqs", "SendMessage", kind, times=1),),
            Played.REPEATED,
        )
        for service in ("slack", "sns", "events"):
            fault = Fault(service, kind=kind, times=1, after=1)
            yield Row(f"killed {when} {service} takes a follow-up", (fault,), Played.REPEATED)


def _new_process() -> Fault:
    """Kills the function first: a warm one remembers what MWAA and Secrets Manager told it, and does not ask."""
    return Fault("dynamodb", "GetItem", Kind.KILL, times=1)


def _refusals() -> Iterator[Row]:
    throttled, broken = "429 Too Many Requests", "503 Service Unavailable"
    yield Row("slack answers 429 twice", (Fault("slack", status=throttled, code="rate_limited", times=2),))
    yield Row("slack answers 503 twice", (Fault("slack", status=broken, times=2),))
    yield Row(
        "slack cannot read the blocks", (Fault("slack", status="400 Bad Request", code="invalid_blocks", times=1),)
    )
    yield Row("sns throttles", (Fault("sns", "Publish", status="400 Bad Request", code="Throttled", times=4),))
    yield Row("sns fails", (Fault("sns", "Publish", status=broken, times=4),))
    yield Row("events fails", (Fault("events", "PutEvents", status=broken, times=4),))
    yield Row("secretsmanager fails", (_new_process(), Fault("secretsmanager", status=broken, times=4)))
    yield Row("sqs fails at intake", (Fault("sqs", "SendMessageBatch", status=broken, times=4),))
    for call in ("GetItem", "PutItem", "UpdateItem", "TransactWriteItems"):
        code = "ProvisionedThroughputExceededException"
        yield Row(
            f"dynamodb throttles {call}", (Fault("dynamodb", call, status="400 Bad Request", code=code, times=4),)
        )
    yield Row("dynamodb fails", (Fault("dynamodb", status=broken, times=6),))
    for service in LOOK_UPS:
        throttles = Fault(service, status="400 Bad Request", code="ThrottlingException")
        yield Row(f"{service} fails all the time", (_new_process(), Fault(service, status=broken)), LOOKED_UP[service])
        yield Row(f"{service} throttles all the time", (_new_process(), throttles), LOOKED_UP[service])
    yield Row("the index fails all the time", (Fault("index", status=broken),), played=Played.MISSING)
    yield Row("the index throttles all the time", (Fault("index", status=throttled),), played=Played.MISSING)


def _connections() -> Iterator[Row]:
    for service in ("slack", "sns", "dynamodb", "events"):
        yield Row(f"{service} hangs up", (Fault(service, kind=Kind.RESET, times=2),))
    yield Row("secretsmanager hangs up", (_new_process(), Fault("secretsmanager", kind=Kind.RESET, times=2)))
    for service in LOOK_UPS:
        yield Row(
            f"{service} hangs up all the time", (_new_process(), Fault(service, kind=Kind.RESET)), LOOKED_UP[service]
        )
    yield Row("the index hangs up all the time", (Fault("index", kind=Kind.RESET),), played=Played.MISSING)
    yield Row("slack takes it and hangs up", (Fault("slack", kind=Kind.RESET_AFTER, times=1),), unanswered=True)
    yield Row("sns takes it and hangs up", (Fault("sns", "Publish", Kind.RESET_AFTER, times=1),), unanswered=True)
    yield Row(
        "events takes it and hangs up", (Fault("events", "PutEvents", Kind.RESET_AFTER, times=1),), unanswered=True
    )
    for call in ("TransactWriteItems", "UpdateItem", "PutItem"):
        yield Row(f"dynamodb does {call} and hangs up", (Fault("dynamodb", call, Kind.RESET_AFTER, times=1),))


def _slow() -> Iterator[Row]:
    for service in ("slack", "sns", "dynamodb"):
        yield Row(f"{service} is slow", (Fault(service, kind=Kind.SLOW, seconds=SLOW_SECONDS, times=1),))
    asked = ("airflow", "iam", "s3")
    everything = (_new_process(), *(Fault(each, kind=Kind.SLOW, seconds=SLOW_SECONDS) for each in asked))
    yield Row("every look-up is slow", everything)
    logs = Fault("logs", kind=Kind.SLOW, seconds=SLOW_SECONDS)
    yield Row("the rest of the log is slow", (_new_process(), logs), Played.CUT_OFF)
    yield Row(
        "the index is so slow that the function runs out of time",
        (Fault("index", kind=Kind.SLOW, seconds=SLOW_SECONDS),),
        played=Played.MISSING,
    )
    yield Row("sns hangs for a minute", (Fault("sns", "Publish", Kind.SLOW, seconds=60, times=1),), unanswered=True)


def _outages() -> Iterator[Row]:
    """Until nobody tries any more."""
    for service in ("slack", "sns", "events"):
        yield Row(
            f"{service} is down for good, then mended",
            (Fault(service, status="503 Service Unavailable", times=FOREVER),),
            redriven=True,
        )
    yield Row(
        "dynamodb is down for good, then mended",
        (Fault("dynamodb", status="500 Internal Server Error", times=FOREVER),),
        redriven=True,
    )
