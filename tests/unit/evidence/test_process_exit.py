"""How processes say that they ended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.process_exit import MOST, read_exits
from responder.model import Level, Record


def exits(text, **fields):
    return [
        (each.code, each.signal, each.of_task) for each in read_exits(Record(0, Level.INFO, "", text, fields=fields))
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Task exited with return code 1", (1, None, True), id="the task itself"),
        pytest.param("Task exited with return code Negsignal.SIGKILL", (-9, 9, True), id="by a named signal"),
        pytest.param("Task exited with return code -9. For more information, see https://x", (-9, 9, True), id="by a number"),
        pytest.param("Job 12 was killed before it finished (likely due to running out of memory)", (None, 9, True), id="Airflow's guess"),
        pytest.param("Bash command failed. The command returned a non-zero exit code 127.", (127, None, False), id="a shell"),
        pytest.param("Command exited with return code -9", (-9, 9, False), id="a child by a signal"),
        pytest.param("Command '['x']' returned non-zero exit status 2.", (2, None, False), id="CalledProcessError"),
        pytest.param("Command '['x']' died with <Signals.SIGKILL: 9>.", (-9, 9, False), id="CalledProcessError by a signal"),
        pytest.param("'state': {'terminated': {'exit_code': 137, 'reason': 'OOMKilled'}}", (137, 9, False), id="a pod"),
        pytest.param("SSH operator error: exit status = 1", (1, None, False), id="a remote shell"),
        pytest.param("Worker exited prematurely: signal 9 (SIGKILL) Job: 3.", (-9, 9, False), id="a Celery child"),
    ],
)  # fmt: skip
def test_reads(text, found):
    assert found in exits(text)


def test_reads_the_fields_of_airflow_3():
    assert exits("Process terminated by signal", signal="-9", exit_code="-9") == [(-9, 9, True)]
    assert exits("Process exited abnormally", exit_code="1") == [(1, None, True)]


@pytest.mark.parametrize(
    "text", ["exit", "exited the loop", "Sending the signal 15 to group 4", "returned 12 rows", "signal processing"]
)
def test_leaves_alone(text):
    assert exits(text) == []


@given(st.text(max_size=300))
def test_any_text_is_survived(text):
    assert len(exits(text)) <= MOST
