"""Which record is the failure, what explains it, and what is none at all."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.gather import gather
from responder.model import Failure, Kind, LogEvent, Place, Source, Verdict

T = "[2026-10-05T03:00:00.123+0000]"
OWN = "/usr/local/airflow/dags/sales.py"


def line(place, level, text):
    return f"{T} {{{place}}} {level} - {text}"


def raised(exception, file=OWN):
    return f'Traceback (most recent call last):\n  File "{file}", line 9, in load\n    go()\n{exception}'


def failed(exception, file=OWN):
    return line("taskinstance.py:3313", "ERROR", f"Task failed with exception\n{raised(exception, file)}")


START = line("taskinstance.py:2867", "INFO", "Starting attempt 1 of 2")
FAILED = line("taskinstance.py:1226", "INFO", "Marking task as FAILED. dag_id=sales, task_id=load")
RETRY = FAILED.replace("FAILED", "UP_FOR_RETRY")
SUCCESS = FAILED.replace("FAILED", "SUCCESS")
WRAPPED = "airflow.exceptions.AirflowException: Bash command failed. The command returned a non-zero exit code 1."
BASH = "/x/site-packages/airflow/operators/bash.py"


def evidence(*messages, kind=Kind.TASK, group="airflow-prod-Task", source=Source.LOG):
    events = tuple(LogEvent(number, message) for number, message in enumerate(messages, 1))
    return gather(Failure(kind, Place(log_group=group), events, source=source))


def types(found):
    return [link.type for link in found.chain.links] if found.chain else []


def test_the_same_failure_printed_twice_counts_once():
    again = line(
        "standard_task_runner.py:124", "ERROR", f"Failed to execute job 3 for task load (x; 1)\n{raised('KeyError: 1')}"
    )
    assert types(evidence(START, failed("KeyError: 1"), FAILED, again)) == ["KeyError"]


def test_what_breaks_in_a_callback_afterwards_is_never_the_root():
    callback = line(
        "taskinstance.py:1568", "ERROR", f"Error in callback at index 0: tell\n{raised('RuntimeError: no webhook')}"
    )
    found = evidence(START, failed("KeyError: 'usd'"), FAILED, callback)
    assert types(found) == ["KeyError"]
    assert not any("webhook" in each.text for each in found.said)


@pytest.mark.parametrize(
    ("messages", "verdict", "is_failure"),
    [
        pytest.param([START, failed("KeyError: 1"), FAILED], Verdict.FAILED, True, id="failed"),
        pytest.param([START, failed("KeyError: 1"), RETRY], Verdict.UP_FOR_RETRY, True, id="will be tried again"),
        pytest.param([START, failed("KeyError: 1"), RETRY, START, SUCCESS], Verdict.SUCCESS, False, id="a later try succeeded"),
        pytest.param([START, line("sales.py:1", "ERROR", "row is odd"), SUCCESS], Verdict.SUCCESS, False, id="an error was logged and overcome"),
        pytest.param([START, SUCCESS, line("taskinstance.py:1", "ERROR", "Received SIGTERM. Terminating subprocesses.")], Verdict.SUCCESS, False, id="SIGTERM after success"),
        pytest.param([START, line("logging_mixin.py:190", "INFO", "Marking task as SUCCESS. dag_id=x"), failed("KeyError: 1")], Verdict.UNSEEN, True, id="a print is no verdict"),
        pytest.param([START, line("local_task_job_runner.py:1", "INFO", "Task exited with return code 100 (task deferral)")], Verdict.UNSEEN, False, id="deferred"),
        pytest.param([START, line("local_task_job_runner.py:1", "INFO", "Task exited with return code -9")], Verdict.UNSEEN, True, id="killed without a word"),
        pytest.param([START], Verdict.UNSEEN, False, id="still running"),
        pytest.param([], Verdict.UNSEEN, False, id="nothing at all"),
    ],
)  # fmt: skip
def test_the_last_verdict_counts(messages, verdict, is_failure):
    found = evidence(*messages)
    assert (found.verdict, found.failed) == (verdict, is_failure)


def test_an_event_that_reports_a_failure_is_one_whatever_the_log_holds():
    assert evidence(START, source=Source.LISTENER_EVENT).failed


def test_an_exception_that_explains_itself_is_heard_alone():
    found = evidence(START, line("sales.py:1", "ERROR", "Connection refused"), failed("ZeroDivisionError: x"), FAILED)
    assert not any("refused" in each.text for each in found.said)


def test_behind_a_wrapper_errors_come_first_then_output_then_infos():
    found = evidence(
        START,
        line("x.py:1", "INFO", "an info"),
        line("subprocess.py:106", "INFO", "an output"),
        line("hook.py:1", "ERROR", "an error"),
        failed(WRAPPED, BASH),
    )
    order = [text for each in found.said for text in ("an error", "an output", "an info") if each.text == text]
    assert order == ["an error", "an output", "an info"]


def test_a_childs_exception_is_the_root_of_the_command_that_failed():
    child = [
        line("subprocess.py:106", "INFO", each)
        for each in raised("ModuleNotFoundError: No module named 'polars'").split("\n")
    ]
    found = evidence(START, *child, failed(WRAPPED, BASH), FAILED)
    assert types(found) == ["ModuleNotFoundError", "airflow.exceptions.AirflowException"]


def test_what_a_trigger_failed_of_comes_before_the_trigger_failure():
    trigger = line("baseoperator.py:1798", "ERROR", f"Trigger failed:\n{raised('botocore.exceptions.ClientError: x')}")
    found = evidence(START, trigger, failed("airflow.exceptions.TaskDeferralError: Trigger failure", BASH), RETRY)
    assert types(found) == ["botocore.exceptions.ClientError", "airflow.exceptions.TaskDeferralError"]


def test_of_a_missing_connection_only_the_secrets_backends_answer_is_heard():
    secrets = line(
        "connection.py:479",
        "ERROR",
        f"Unable to retrieve connection from secrets backend (X). Checking subsequent secrets backend.\n{raised('ValueError: denied')}",
    )
    other = line("x.py:1", "ERROR", "something else")
    found = evidence(
        START,
        other,
        secrets,
        failed("airflow.exceptions.AirflowNotFoundException: The conn_id `x` isn't defined", BASH),
    )
    assert types(found) == ["ValueError", "airflow.exceptions.AirflowNotFoundException"]
    assert not any(each.text == "something else" for each in found.said)


def test_a_service_is_told_from_the_operation():
    (error,) = evidence(
        failed("botocore.exceptions.ClientError: An error occurred (X) when calling the StartExecution operation: no")
    ).aws_errors
    assert (error.operation, error.service) == ("StartExecution", "states")


def parse(*messages):
    return evidence(*messages, kind=Kind.DAG_FILE, group="airflow-prod-DAGProcessing")


FILLING = line("dagbag.py:588", "INFO", f"Filling up the DagBag from {OWN}")
BROKEN = line("dagbag.py:387", "ERROR", f"Failed to import: {OWN}\n{raised('SyntaxError: x')}")
GOOD = line("processor.py:925", "INFO", f"DAG(s) 'sales' retrieved from {OWN}")


@pytest.mark.parametrize(
    ("messages", "is_failure"),
    [
        pytest.param([FILLING, BROKEN], True, id="broken"),
        pytest.param([FILLING, GOOD, FILLING, BROKEN], True, id="broken since"),
        pytest.param([FILLING, BROKEN, FILLING, GOOD], False, id="repaired since"),
        pytest.param([FILLING, BROKEN, GOOD], True, id="one DAG of the file is broken, another good"),
        pytest.param(
            [FILLING, line("sales.py:4", "ERROR", "cache missing"), GOOD], False, id="the file itself logs an error"
        ),
    ],
)
def test_the_last_parse_of_a_file_counts(messages, is_failure):
    assert parse(*messages).failed is is_failure


def test_a_component_that_ends_by_an_exception_failed():
    crash = raised("sqlalchemy.exc.OperationalError: x", "/usr/local/airflow/.local/bin/airflow").replace(
        "in load", "in <module>"
    )
    assert evidence(*crash.split("\n"), kind=Kind.PROCESS, group="airflow-prod-Scheduler").failed


def test_airflow_3_reports_nothing_of_success():
    done = json.dumps({"event": "validation: 0 failed", "level": "error", "logger": "etl"})
    printed = json.dumps(
        {"event": "Task failed with exception: 0 times", "chan": "stdout", "level": "info", "logger": "task"}
    )
    found = evidence(done, printed)
    assert (found.failed, found.airflow_major) == (False, 3)


@given(
    st.lists(
        st.one_of(
            st.text(max_size=60),
            st.sampled_from([START, FAILED, SUCCESS, failed("KeyError: 1"), BROKEN, "{", '{"event": 1, "level": []}']),
        ),
        max_size=20,
    ),
    st.sampled_from(list(Kind)),
)
def test_any_log_is_gathered(messages, kind):
    found = evidence(*messages, kind=kind)
    assert sum(len(each.text) for each in found.said) <= 60_000
