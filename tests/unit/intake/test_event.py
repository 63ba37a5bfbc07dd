import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.intake.event import is_event, read, read_text
from responder.intake.unreadable import UnreadableEvent
from responder.model import Attempt, EnvironmentStatus, Failure, Kind, Source

EVENTS = Path(__file__).parents[2] / "events"
TEN_O_CLOCK = 1795341600000  # 2026-11-22T10:00:00Z


def event(name: str) -> dict[str, Any]:
    return json.loads((EVENTS / f"{name}.json").read_text())


def only(raw: dict[str, Any]) -> Failure:
    (failure,) = read(raw, now_ms=1)
    return failure


def changed(name: str, **detail: Any) -> dict[str, Any]:
    raw = event(name)
    return raw | {"detail": raw["detail"] | detail}


@pytest.mark.parametrize("path", sorted(EVENTS.glob("*.json")), ids=lambda path: path.stem)
def test_every_event_shape_is_known(path: Path) -> None:
    failures = read(json.loads(path.read_text()), now_ms=1)
    assert bool(failures) is (path.stem != "log_subscription_control")
    assert is_event(json.loads(path.read_text()))


def test_a_raw_event_is_read_like_its_payload() -> None:
    assert read(event("log_subscription_raw"), now_ms=1) == read(event("log_subscription_task_airflow2"), now_ms=1)


def test_a_broken_environment_is_a_failure_with_mwaas_own_reason() -> None:
    failure = only(event("environment_status"))
    assert (failure.kind, failure.source, failure.complete) == (Kind.ENVIRONMENT, Source.ENVIRONMENT_EVENT, True)
    assert failure.status == EnvironmentStatus(
        "UPDATE_FAILED",
        "INCORRECT_CONFIGURATION",
        "You may need to check the execution role permissions policy for your environment.",
    )
    assert (failure.place.environment, failure.place.region, failure.seen_at) == ("analytics", "eu-west-1", TEN_O_CLOCK)


@pytest.mark.parametrize("status", ["AVAILABLE", "UPDATING", "CREATING_SNAPSHOT", "MAINTENANCE", "PENDING"])
def test_an_environment_that_needs_nobody_is_no_failure(status: str) -> None:
    assert read(changed("environment_status", status=status), now_ms=1) == ()


def test_an_environment_is_named_by_the_resource_where_the_detail_does_not() -> None:
    raw = event("environment_status") | {"detail": {"Status": "UNAVAILABLE"}}
    assert only(raw).place.environment == "analytics"


def test_a_serverless_task_is_known_from_its_instance_id() -> None:
    failure = only(event("serverless_task_failed"))
    assert failure.attempt == Attempt("nightly-a1b2c3d4e5", "aBcDeFgHiJ", "load_orders", None, 2, final=True)
    assert failure.place.log_group == "/aws/mwaa-serverless/nightly-a1b2c3d4e5/"
    assert "AccessDenied" in failure.events[0].message


def test_a_serverless_try_that_will_be_retried_is_not_the_last() -> None:
    raw = event("serverless_task_failed") | {"detail-type": "MWAA Serverless Task Up For Retry"}
    assert only(raw).attempt.final is False


def test_a_serverless_run_is_a_failure_only_with_a_reason_of_its_own() -> None:
    assert "TemplateSyntaxError" in only(event("serverless_run_failed")).events[0].message
    assert read(changed("serverless_run_failed", ErrorMessage="Workflow execution failed"), now_ms=1) == ()


def test_a_task_that_only_waited_for_a_failed_one_is_no_failure() -> None:
    raw = event("serverless_task_failed") | {"detail-type": "MWAA Serverless Task Upstream Failed"}
    assert read(raw, now_ms=1) == ()


def test_the_listener_gives_exact_identifiers_and_the_error_as_a_log_record() -> None:
    failure = only(event("listener_task_failed"))
    assert failure.attempt == Attempt("sales", "manual:by:hand", "load", None, 1, final=False)
    assert failure.dag_file == "/usr/local/airflow/dags/sales.py"
    assert failure.events[0].message.startswith("[2026-11-22T10:00:00.000+0000] {")
    assert failure.events[0].message.rstrip().endswith("ZeroDivisionError: division by zero")


def test_before_airflow_2_10_the_listener_cannot_know_the_state_and_tries_are_counted() -> None:
    assert only(changed("listener_task_failed", state="running", try_number=2, max_tries=1)).attempt.final is True
    assert only(changed("listener_task_failed", state="running", try_number=1, max_tries=1)).attempt.final is False


def test_an_import_error_of_airflow_3_becomes_a_record_of_airflow_3() -> None:
    failure = only(event("listener_import_failed"))
    assert failure.kind is Kind.DAG_FILE
    assert json.loads(failure.events[0].message)["event"].startswith(
        "Failed to import: /usr/local/airflow/dags/sales.py"
    )


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param([], "not a JSON object", id="no object"),
        pytest.param({}, "no source", id="nothing in it"),
        pytest.param({"awslogs": None}, "not a string", id="no data"),
        pytest.param({"source": "aws.ec2", "detail-type": "x"}, "not known here", id="another service"),
        pytest.param({"messageType": "NEW_KIND"}, "unknown messageType", id="a new kind of payload"),
        pytest.param({"source": "aws.airflow", "detail-type": "MWAA Environment Status Change"}, "no environment", id="no detail"),
        pytest.param({"source": "mwaa.listener", "detail-type": "Airflow Task Failed", "detail": {}}, "no DAG", id="no ids"),
    ],
)  # fmt: skip
def test_says_why_an_event_can_never_be_read(raw: object, reason: str) -> None:
    with pytest.raises(UnreadableEvent, match=reason):
        read(raw, now_ms=1)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
DETAIL = st.dictionaries(
    st.sampled_from(["name", "status", "dag_id", "task_id", "run_id", "try_number", "error", "workflowArn", "taskInstanceId", "dag_file", "lastUpdate"]),
    JSON | st.sampled_from(["UPDATE_FAILED", "a/b", "ex_"]),
)  # fmt: skip


@given(
    st.fixed_dictionaries({
        "source": st.sampled_from(["aws.airflow", "aws.airflow-serverless", "mwaa.listener"]),
        "detail-type": st.sampled_from(["MWAA Environment Status Change", "MWAA Serverless Task Failed", "Airflow Task Failed", "Airflow DAG Import Failed"]),
        "detail": DETAIL,
        "time": JSON,
        "region": JSON,
        "resources": JSON,
    })
)  # fmt: skip
def test_any_bridged_event_is_read_or_refused(raw: dict[str, Any]) -> None:
    with suppress(UnreadableEvent):
        assert all(isinstance(each, Failure) for each in read(raw, now_ms=1))


TASK_LOG = """[2026-11-22T09:41:40.937+0000] {{taskinstance.py:2867}} INFO - Starting attempt 2 of 2
[2026-11-22T09:41:41.921+0000] {{taskinstance.py:3313}} ERROR - Task failed with exception
Traceback (most recent call last):
  File "/usr/local/airflow/dags/sales.py", line 9, in load
ZeroDivisionError: division by zero
[2026-11-22T09:41:41.998+0000] {{taskinstance.py:1226}} INFO - Marking task as FAILED. dag_id=sales, task_id=load, run_id=manual__1, execution_date=20261101T000000
"""
PIP_LOG = "Collecting acme-tools==9.9\nERROR: Could not find a version that satisfies the requirement acme-tools==9.9 (from versions: 1.0)\n"


def test_pasted_task_log_is_cut_into_records_and_names_its_attempt() -> None:
    (failure,) = read_text(TASK_LOG)
    assert failure.attempt == Attempt("sales", "manual__1", "load", None, 2, final=True)
    assert failure.complete  # there is nowhere to read more
    assert failure.events[1].message.endswith("ZeroDivisionError: division by zero")
    assert len(failure.events) == 3


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(PIP_LOG, Kind.REQUIREMENTS, id="what pip printed"),
        pytest.param(TASK_LOG + PIP_LOG, Kind.TASK, id="a task that called pip"),
        pytest.param("ERROR - Failed to import: /usr/local/airflow/dags/x.py", Kind.DAG_FILE, id="a DAG file"),
        pytest.param("Traceback (most recent call last):\nKeyError: 'x'", Kind.TASK, id="a bare traceback"),
        pytest.param("Status received from sidecar: RED", Kind.PROCESS, id="a component"),
    ],
)
def test_the_text_tells_what_it_is_the_log_of(text: str, kind: Kind) -> None:
    assert [each.kind for each in read_text(text)] == [kind]


def test_a_files_name_may_be_the_streams() -> None:
    (failure,) = read_text("something broke", "logs/dag_id=a/run_id=b/task_id=c/attempt=4.log")
    assert failure.attempt == Attempt("a", "b", "c", None, 4)


def test_exported_events_keep_their_times() -> None:
    (failure,) = read_text(
        '{"timestamp": 1795340467867, "message": "ERROR - no\\nTraceback"}\n{"timestamp": 1795340467868, "message": "b"}'
    )
    assert [event.timestamp for event in failure.events] == [1795340467867, 1795340467868]


@pytest.mark.parametrize("text", ["", "\n\n", "  \r\n "])
def test_a_text_without_a_word_reports_nothing(text: str) -> None:
    assert read_text(text) == ()


@given(st.text(max_size=400), st.text(max_size=60))
def test_any_text_is_read(text: str, name: str) -> None:
    assert bool(read_text(text, name)) is any(line.strip() for line in text.split("\n"))
