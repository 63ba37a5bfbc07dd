import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.intake.log_stream import (
    GroupName,
    Logs,
    Stream,
    read_group,
    read_stream,
    restored,
    serverless_stream_of,
    stream_of,
)
from responder.model import Attempt

HOST = "ip-10-0-1-2.eu-west-1.compute.internal_1795340873.054"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("airflow-analytics-Task", GroupName("analytics", Logs.TASK), id="task logs"),
        pytest.param("airflow-data-eng-DAGProcessing", GroupName("data-eng", Logs.DAG_PROCESSING), id="a dash in the name"),
        pytest.param("airflow-a-Task-Task", GroupName("a-Task", Logs.TASK), id="a name that ends like a log type"),
        pytest.param("/aws/mwaa-serverless/nightly-a1b2c3d4e5/", GroupName("nightly-a1b2c3d4e5", Logs.SERVERLESS), id="serverless"),
        pytest.param("/aws/lambda/airflow-x-Task", GroupName(None, None), id="leaves another service alone"),
        pytest.param("airflow-1x-Task", GroupName(None, None), id="leaves a name alone that MWAA forbids"),
    ],
)  # fmt: skip
def test_reads_group_names(name: str, expected: GroupName) -> None:
    assert read_group(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(
            "dag_id=sales/run_id=scheduled__2026-11-01T00_00_00+00_00/task_id=load/attempt=1.log",
            Attempt("sales", "scheduled__2026-11-01T00:00:00+00:00", "load", None, 1),
            id="colons of the time come back",
        ),
        pytest.param(
            "dag_id=s/run_id=manual__2026-11-22T09_47_47.873335+00_00/task_id=g.load/map_index=12/attempt=3.log",
            Attempt("s", "manual__2026-11-22T09:47:47.873335+00:00", "g.load", 12, 3),
            id="a mapped task in a group",
        ),
        pytest.param(
            "dag_id=s/run_id=my_own_run/task_id=t/attempt=1.log.trigger.77.log",
            Attempt("s", "my_own_run", "t", None, 1),
            id="the triggerer's part of a deferred task",
        ),
        pytest.param(
            "purge_dlq/purge/2022-10-06T06_00_00+00_00/1.log",
            Attempt("purge_dlq", "2022-10-06T06:00:00+00:00", "purge", None, 1),
            id="the old layout",
        ),
        pytest.param(
            "//aws/mwaa-serverless/n//workflow_id=n-1/run_id=R/task_id=t/attempt=2.log",
            Attempt("n-1", "R", "t", None, 2),
            id="serverless, as its API prints it",
        ),
    ],
)
def test_reads_the_attempt_of_a_task_stream(name: str, expected: Attempt) -> None:
    assert read_stream(name, Logs.TASK).attempt == expected


@pytest.mark.parametrize(
    ("name", "logs", "stream", "dag_file"),
    [
        pytest.param("scheduler_my_dag.py.log", Logs.DAG_PROCESSING, Stream.DAG_FILE, "my_dag.py", id="a DAG file of 2"),
        pytest.param("dag_processor/2026-11-22/dags-folder/a/b.py.log", Logs.DAG_PROCESSING, Stream.DAG_FILE, "a/b.py", id="a DAG file of 3"),
        pytest.param("dag_processor_manager.log", Logs.DAG_PROCESSING, Stream.COMPONENT, None, id="the manager"),
        pytest.param(f"scheduler_{HOST}.log", Logs.SCHEDULER, Stream.COMPONENT, None, id="a scheduler"),
        pytest.param(f"requirements_install_{HOST}.log", Logs.WORKER, Stream.REQUIREMENTS, None, id="an installation"),
        pytest.param(f"startup_script_execution_{HOST}.log", Logs.WORKER, Stream.STARTUP_SCRIPT, None, id="a startup script"),
        pytest.param("whatever", Logs.TASK, Stream.TASK, None, id="an unknown stream of the task logs"),
        pytest.param("whatever", None, Stream.COMPONENT, None, id="nothing known"),
    ],
)  # fmt: skip
def test_tells_whose_output_a_stream_is(name: str, logs: Logs | None, stream: Stream, dag_file: str | None) -> None:
    found = read_stream(name, logs)
    assert (found.stream, found.dag_file) == (stream, dag_file)


WORD = st.text("abcXYZ019_.-", min_size=1, max_size=20)


@given(WORD, WORD, WORD, st.none() | st.integers(0, 999), st.integers(1, 99))
def test_an_attempts_stream_names_the_attempt(dag: str, run: str, task: str, index: int | None, tried: int) -> None:
    attempt = Attempt(dag, run, task, index, tried)
    assert read_stream(stream_of(attempt) or "", Logs.TASK).attempt == Attempt(dag, restored(run), task, index, tried)


def test_no_stream_is_named_while_the_try_is_unknown() -> None:
    assert stream_of(Attempt("d", "r", "t")) is None
    assert serverless_stream_of(Attempt("d", "r", "t")) is None


@given(st.text(max_size=600), st.none() | st.sampled_from(Logs))
def test_any_name_is_read(name: str, logs: Logs | None) -> None:
    read_group(name)
    assert read_stream(name, logs).stream in Stream
