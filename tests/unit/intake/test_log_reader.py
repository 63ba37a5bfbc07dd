from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from responder.inquiry.ask import Deadline
from responder.inquiry.question import CouldNot
from responder.intake.log_reader import MOST_PAGES, LogReader
from responder.model import Attempt, Failure, Kind, LogEvent, Place, Source

STREAM = "dag_id=sales/run_id=manual__1/task_id=load/attempt=1.log"
ATTEMPT = Attempt("sales", "manual__1", "load", None, 1)
FAILED = (
    "[ts] {taskinstance.py:1} ERROR - Task failed with exception\nTraceback (most recent call last):\nKeyError: 'x'"
)
TIME = Deadline(60, clock=lambda: 0.0)


def sighting(**other: Any) -> Failure:
    given = {
        "kind": Kind.TASK,
        "place": Place("analytics"),
        "events": (LogEvent(5, "said by an event"),),
        "attempt": ATTEMPT,
    }
    return Failure(**(given | other))


def page(*messages: str, at: int = 10, token: str = "b/1") -> dict[str, Any]:
    return {
        "events": [{"timestamp": at + number, "message": text} for number, text in enumerate(messages)],
        "nextBackwardToken": token,
        "nextForwardToken": "f/1",
    }


def read(failure: Failure, *answers: tuple[dict[str, Any], dict[str, Any]], error: str | None = None) -> Failure:
    client = boto3.client("logs", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
    with Stubber(client) as stub:
        for asked, answer in answers:
            stub.add_response("get_log_events", answer, asked)
        if error:
            stub.add_client_error("get_log_events", error)
        completed = LogReader(lambda: client).complete(failure, TIME)
        stub.assert_no_pending_responses()
    return completed


def asked(group: str = "airflow-analytics-Task", stream: str = STREAM, **more: Any) -> dict[str, Any]:
    return {"logGroupName": group, "logStreamName": stream, "startFromHead": False} | more


def test_the_log_of_the_attempt_is_read_to_its_start() -> None:
    completed = read(
        sighting(source=Source.LISTENER_EVENT),
        (asked(), page(FAILED, "Marking task as FAILED. dag_id=sales", at=20, token="b/2")),
        (asked(nextToken="b/2"), page("Starting attempt 1 of 1", token="b/3")),
        (asked(nextToken="b/3"), page(token="b/3")),
    )
    assert [event.message for event in completed.events] == [
        "Starting attempt 1 of 1",
        FAILED,
        "Marking task as FAILED. dag_id=sales",
    ]
    assert (completed.complete, completed.attempt.final, completed.place.log_stream) == (True, True, STREAM)


def test_a_longer_log_is_read_from_both_ends() -> None:
    pages = [
        (asked(**({"nextToken": f"b/{n}"} if n else {})), page(f"{FAILED} {n}", at=900 - n, token=f"b/{n + 1}"))
        for n in range(MOST_PAGES)
    ]
    head = (
        {"logGroupName": "airflow-analytics-Task", "logStreamName": STREAM, "startFromHead": True, "limit": 100},
        page("Starting attempt 1 of 2", at=1),
    )
    completed = read(sighting(), *pages, head)
    assert completed.events[0].message == "Starting attempt 1 of 2"
    assert (completed.complete, completed.attempt.final) == (False, False)


def test_what_only_the_event_said_is_kept_beside_a_log_that_tells_nothing() -> None:
    completed = read(
        sighting(), (asked(), page("INFO - hello", token="b/1")), (asked(nextToken="b/1"), page(token="b/1"))
    )
    assert [event.message for event in completed.events] == ["INFO - hello", "said by an event"]


def test_a_components_log_is_read_around_the_failure_only() -> None:
    place = Place("analytics", log_group="airflow-analytics-Scheduler", log_stream="scheduler_x_1.log")
    failure = sighting(kind=Kind.PROCESS, place=place, attempt=Attempt(), seen_at=1_000_000)
    window = {"startTime": 700_000, "endTime": 1_300_000}
    completed = read(failure, (asked(place.log_group or "", "scheduler_x_1.log", **window), page("Traceback (most recent call last)", token="b/1")),
        (asked(place.log_group or "", "scheduler_x_1.log", nextToken="b/1", **window), page(token="b/1")))  # fmt: skip
    assert completed.complete is False


def test_a_task_that_a_scheduler_named_is_read_from_its_own_stream() -> None:
    place = Place("analytics", log_group="airflow-analytics-Scheduler", log_stream="scheduler_x_1.log")
    completed = read(
        sighting(place=place), (asked(), page(FAILED, token="b/1")), (asked(nextToken="b/1"), page(token="b/1"))
    )
    assert completed.place.log_group == "airflow-analytics-Task"


def test_a_serverless_task_is_read_from_the_workflows_group() -> None:
    group = "/aws/mwaa-serverless/nightly-a1/"
    failure = sighting(place=Place("nightly-a1", log_group=group), attempt=Attempt("nightly-a1", "R", "load", None, 1))
    stream = "workflow_id=nightly-a1/run_id=R/task_id=load/attempt=1.log"
    answers = [
        (asked(group, stream), page(FAILED, token="b/1")),
        (asked(group, stream, nextToken="b/1"), page(token="b/1")),
    ]
    assert read(failure, *answers).events[0].message == FAILED


def test_a_complete_failure_is_not_read_again() -> None:
    failure = sighting(complete=True)
    assert read(failure) == failure


@pytest.mark.parametrize(
    ("failure", "error", "reason"),
    [
        pytest.param(sighting(), "ResourceNotFoundException", "does not exist", id="no stream yet"),
        pytest.param(sighting(), "AccessDeniedException", "may not call logs:GetLogEvents", id="refused"),
        pytest.param(sighting(), "ThrottlingException", "throttled", id="throttled"),
        pytest.param(sighting(attempt=Attempt("sales")), None, "not known exactly", id="no try number"),
        pytest.param(sighting(place=Place()), None, "no log stream", id="no environment"),
    ],
)
def test_says_why_the_log_could_not_be_read(failure: Failure, error: str | None, reason: str) -> None:
    with pytest.raises(CouldNot, match=reason):
        read(failure, error=error)


def test_an_empty_stream_is_a_reason() -> None:
    with pytest.raises(CouldNot, match="empty so far"):
        read(sighting(), (asked(), page(token="b/1")), (asked(nextToken="b/1"), page(token="b/1")))


def test_nothing_is_asked_when_the_time_is_over() -> None:
    with pytest.raises(CouldNot, match="run out"):
        LogReader(lambda: pytest.fail("no client is needed")).complete(sighting(), Deadline(0, clock=lambda: 1.0))
