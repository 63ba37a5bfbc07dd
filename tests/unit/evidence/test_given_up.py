"""Tasks that were ended from outside."""

import pytest
from responder.evidence.given_up import given_up


@pytest.mark.parametrize(
    "text",
    [
        "Detected zombie job: {'full_filepath': 'x'}",
        "Detected a task instance without a heartbeat: {}",
        "Executor X reported that the task instance <TaskInstance: a.b> finished with state failed, but the task instance's state attribute is queued.",
        "State of this instance has been externally set to failed. Terminating instance.",
        "Server indicated the task shouldn't be running anymore. Terminating process",
        "WorkerLostError('Worker exited prematurely: exitcode 15 Job: 7.')",
        "Adopted tasks were still pending after 0:10:00, assuming they never made it to celery and clearing:",
    ],
)
def test_reads(text):
    assert given_up(text)


@pytest.mark.parametrize(
    "text", ["WorkerLostError('Worker exited prematurely: signal 9 (SIGKILL) Job: 7.')", "heartbeat sent", ""]
)
def test_leaves_alone(text):
    assert given_up(text) is None
