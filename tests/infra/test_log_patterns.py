"""The filter patterns deliver every failure of the labelled logs, and little of what is none."""

import json

import pytest

from cli.sandbox.log_filter import compile_filter
from infra import bundle
from infra.log_patterns import LogType, pattern

CASES = sorted((bundle.ROOT / "tests/cases").glob("*/case.json"))
# Nothing in these logs is a sign that a filter should wait for: a log that only stops; runs that are marked failed
# because a task has failed, and workers that MWAA takes away, of which the tasks say so themselves; and what is said only
# in words that healthy components use as well (a status that MWAA also sends as an event, an exception of any kind).
SILENT = {
    "held-iam-for-dags-folder",
    "held-pendulum-3",
    "found-tags-none",
    "live4-af3-comp-sched-nan",
    "written-component-c-unknown-dagrun",
    "written-dagrunto",
    "t161-scale-in-silent",
    "real-af2-comp-marked-env-report",
    "written-unknown-run-failed3",
    "written-mwaa-kill",
    # The task says it itself, at once or when its trigger is gone
    "comp-af3-finished-sigkill",
    "comp-trigger-timeout",
    "comp-trigger-too-many-files",
    # There is no room in the pattern: MWAA migrates its databases itself, and a startup script needs no sudo
    "comp-alembic-revision",
    "comp-db-needs-upgrade",
    "comp-startup-sudo",
}
SUCCESS_LINES = [
    "[2026-11-22T09:41:00.662+0000] {taskinstance.py:1206} INFO - Marking task as SUCCESS. dag_id=sales",
    "[2026-11-22T09:41:00.662+0000] {local_task_job_runner.py:266} INFO - Task exited with return code 0",
    "[2026-11-22T09:41:00.662+0000] {sales.py:9} ERROR - 3 rows were skipped",
    '{"event": "Done. Returned value was: None", "level": "info", "logger": "task"}',
    '{"event": "Skipping task.", "level": "info", "reason": "nothing to do"}',
]


def read(file):
    case = json.loads(file.read_text())
    lines = (file.parent / "log.jsonl").read_text().splitlines()
    return case, [json.loads(line)["message"] for line in lines]


def delivered(case, messages):
    wanted = compile_filter(pattern(LogType(case["log_group"].rpartition("-")[2])))
    return [message for message in messages if wanted(message)]


def tells_of_a_failure(file):
    case = json.loads(file.read_text())
    subscribed = case["log_group"].rpartition("-")[2] in set(LogType)  # MWAA Serverless sends events
    return subscribed and case["expected"]["category"] != "none" and file.parent.name not in SILENT


def test_delivers():
    """A log with a failure has at least one event that starts a diagnosis."""
    telling = [file for file in CASES if tells_of_a_failure(file)]
    assert telling
    assert [file.parent.name for file in telling if not delivered(*read(file))] == []


@pytest.mark.parametrize("message", SUCCESS_LINES)
def test_leaves_alone(message):
    assert not compile_filter(pattern(LogType.TASK))(message)


@pytest.mark.parametrize(
    "message", ["[INFO] - Successfully installed pandas-2.1.4", "[INFO] - Collecting pandas==2.1.4"]
)
@pytest.mark.parametrize("kind", [LogType.SCHEDULER, LogType.WORKER, LogType.WEB_SERVER])
def test_leaves_alone_what_installs(kind, message):
    assert not compile_filter(pattern(kind))(message)
