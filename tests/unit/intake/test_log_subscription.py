import base64
import gzip
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.intake.log_subscription import MOST_INFLATED_BYTES, read_payload, unpack
from responder.intake.unreadable import UnreadableEvent
from responder.model import Attempt, Failure, Kind

EVENTS = Path(__file__).parents[2] / "events"


def payload(name: str) -> dict[str, Any]:
    return json.loads((EVENTS / f"log_subscription_{name}.json").read_text())


def packed(content: bytes) -> str:
    return base64.b64encode(gzip.compress(content)).decode()


def only(name: str) -> Failure:
    (failure,) = read_payload(payload(name), now_ms=1)
    return failure


def test_a_task_stream_becomes_one_attempt_with_what_its_text_adds() -> None:
    failure = only("task_airflow2")
    assert failure.kind is Kind.TASK
    assert failure.attempt == Attempt("sales", "scheduled__2026-11-01T00:00:00+00:00", "load", None, 2, final=False)
    assert (failure.place.environment, failure.place.account) == ("analytics", "123456789012")
    assert "AccessDenied" in failure.events[1].message
    assert failure.seen_at == 1795340500000


def test_a_mapped_task_of_airflow_3_keeps_its_json_whole() -> None:
    failure = only("task_airflow3")
    assert (failure.attempt.map_index, failure.attempt.final) == (2, None)
    assert json.loads(failure.events[1].message)["error_detail"][0]["exc_type"] == "ZeroDivisionError"


def test_the_path_of_a_dag_file_comes_from_the_text_where_the_stream_lost_it() -> None:
    failure = only("dag_file")
    assert (failure.kind, failure.dag_file) == (Kind.DAG_FILE, "/usr/local/airflow/dags/ml/features_daily.py")


def test_a_pip_run_is_one_failure_of_requirements() -> None:
    assert only("requirements").kind is Kind.REQUIREMENTS


def test_a_startup_script_is_a_process() -> None:
    raw = payload("requirements") | {"logStream": "startup_script_execution_ip-10-0-1-2_1795340692.1.log"}
    (failure,) = read_payload(raw, now_ms=1)
    assert failure.kind is Kind.PROCESS


def test_two_files_of_one_name_in_one_stream_are_two_failures() -> None:
    raw = payload("dag_file")
    (first,) = raw["logEvents"]
    raw["logEvents"].append(first | {"message": first["message"].replace("/dags/ml/", "/dags/old/")})
    failures = read_payload(raw, now_ms=1)
    assert [each.dag_file for each in failures] == [
        "/usr/local/airflow/dags/ml/features_daily.py",
        "/usr/local/airflow/dags/old/features_daily.py",
    ]
    assert all(len(each.events) == 1 for each in failures)


def test_a_path_of_airflow_3_comes_from_the_stream() -> None:
    raw = payload("dag_file") | {"logStream": "dag_processor/2026-11-22/dags-folder/a/b.py.log"}
    raw["logEvents"][0]["message"] = '{"event": "Process exited abnormally", "exit_code": 1}'
    (failure,) = read_payload(raw, now_ms=1)
    assert failure.dag_file == "/usr/local/airflow/dags/a/b.py"


def test_a_control_message_and_an_empty_log_report_nothing() -> None:
    assert read_payload(payload("control"), now_ms=1) == ()
    assert read_payload(payload("task_airflow2") | {"logEvents": []}, now_ms=1) == ()


def test_what_was_packed_is_read() -> None:
    raw = json.loads((EVENTS / "log_subscription_raw.json").read_text())
    assert unpack(raw["awslogs"]["data"]) == payload("task_airflow2")


def test_bytes_that_are_no_utf8_are_replaced_and_not_fatal() -> None:
    content = json.dumps(payload("task_airflow2")).encode().replace(b"acme-sales", b"acme-\xff\xfe")
    (failure,) = read_payload(unpack(packed(content)), now_ms=1)
    assert "acme-��" in failure.events[1].message


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(None, "not a string", id="nothing"),
        pytest.param("@@@@", "not base64", id="no base64"),
        pytest.param(base64.b64encode(b"plain").decode(), "not gzip", id="no gzip"),
        pytest.param(base64.b64encode(gzip.compress(b"{}" * 99)[:20]).decode(), "ends before", id="cut short"),
        pytest.param(packed(b"[" * 200_000), "does not hold JSON", id="nested too deeply"),
        pytest.param(packed(b"no json"), "does not hold JSON", id="no JSON"),
        pytest.param(packed(b"[]"), "JSON object", id="no object"),
        pytest.param(packed(b"0" * (MOST_INFLATED_BYTES + 1)), "inflates to more", id="a gzip bomb"),
    ],
)
def test_says_why_it_cannot_be_unpacked(data: object, reason: str) -> None:
    with pytest.raises(UnreadableEvent, match=reason):
        unpack(data)


@pytest.mark.parametrize("missing", ["messageType", "logGroup", "logStream", "logEvents"])
def test_a_payload_without_its_fields_can_never_be_read(missing: str) -> None:
    raw = payload("task_airflow2")
    del raw[missing]
    with pytest.raises(UnreadableEvent):
        read_payload(raw, now_ms=1)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
FIELDS = {"messageType": st.just("DATA_MESSAGE"), "logGroup": JSON, "logStream": JSON, "logEvents": JSON, "owner": JSON}


@given(st.fixed_dictionaries(FIELDS))
def test_any_payload_is_read_or_refused_with_a_reason(raw: dict[str, Any]) -> None:
    with suppress(UnreadableEvent):
        assert all(isinstance(each, Failure) for each in read_payload(raw, now_ms=1))


@given(st.binary(max_size=300) | st.binary(max_size=300).map(gzip.compress))
def test_any_bytes_are_unpacked_or_refused_with_a_reason(content: bytes) -> None:
    """Two random bytes may well be the JSON of an empty object; whatever comes out is one."""
    with suppress(UnreadableEvent):
        assert isinstance(unpack(base64.b64encode(content).decode()), dict)
