"""What is secret in a log is in nothing that leaves intake: no queue message, no table item, no log line, no message."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from responder.counting import described
from responder.diagnosis.catalogue import load
from responder.diagnosis.rank import diagnose
from responder.evidence.gather import gather
from responder.inquiry.question import NO_ANSWERS
from responder.intake import event
from responder.intake.queue_message import from_body, to_body
from responder.model import Failure, Occurrences
from responder.notify.amazon_q import notification
from responder.notify.event_bus import detail
from responder.notify.html import page
from responder.notify.slack import payload
from responder.notify.sns import attributes
from responder.notify.sns_text import sms, subject, text
from responder.pipeline import Ended, Outcome
from responder.report.card import to_card
from responder.report.compose import compose

from cli.cases import subscription_payload
from tests.unit.intake.secret_forms import FORMS, HOLE
from tests.unit.intake.secret_samples import PLANTED

GROUP = "airflow-analytics-Task"
STREAM = "dag_id=sales/run_id=manual__2026-01-01T00_00_00+00_00/task_id=load/attempt=1.log"


def _airflow_2(secret: str) -> list[str]:
    return [
        f"[2026-01-01T00:00:00.000+0000] {{logging_mixin.py:190}} INFO - about to use {secret}",
        (
            "[2026-01-01T00:00:01.000+0000] {taskinstance.py:3313} ERROR - Task failed with exception\nTraceback (most recent call last):\n"
            f'  File "/usr/local/airflow/dags/sales.py", line 9, in load\n    raise ValueError(text)\nValueError: {secret}'
        ),
        "[2026-01-01T00:00:02.000+0000] {taskinstance.py:1226} INFO - Marking task as FAILED. dag_id=sales, task_id=load, run_id=manual__2026-01-01T00:00:00+00:00",
    ]


def _airflow_3(secret: str) -> list[str]:
    frame = {"filename": "/usr/local/airflow/dags/sales.py", "lineno": 9, "name": "load"}
    raised = {"exc_type": "ValueError", "exc_value": secret, "is_cause": False, "frames": [frame]}
    return [
        json.dumps({"event": f"about to use {secret}", "level": "info", "logger": "task.stdout"}),
        json.dumps(
            {"event": "Task failed with exception", "level": "error", "logger": "task", "error_detail": [raised]}
        ),
    ]


def _child_process(secret: str) -> list[str]:
    return [
        f"[2026-01-01T00:00:00.000+0000] {{subprocess.py:106}} INFO - Running command: ['bash', '-c', 'run.sh']\n{secret}",
        f"[2026-01-01T00:00:00.100+0000] {{subprocess.py:93}} INFO - error: cannot go on with {secret}",
        (
            "[2026-01-01T00:00:01.000+0000] {taskinstance.py:3313} ERROR - Task failed with exception\nTraceback (most recent call last):\n"
            '  File "/usr/local/airflow/.local/lib/python3.11/site-packages/airflow/operators/bash.py", line 9, in execute\n'
            "airflow.exceptions.AirflowException: Bash command failed. The command returned a non-zero exit code 1."
        ),
    ]


CONTEXTS = {"Airflow 2": _airflow_2, "Airflow 3": _airflow_3, "a child process": _child_process}


def _everything(failure: Failure) -> Iterator[str]:
    """All that is stored, logged or sent of it."""
    yield to_body(failure)
    seen = from_body(to_body(failure))
    diagnosis = diagnose(gather(seen), load())
    assert diagnosis
    message = compose(seen, diagnosis, diagnosis.propose(NO_ANSWERS), None, Occurrences(3, 1, 2, ("sales.load",), 0))
    yield from (to_card(message), text(message), subject(message), sms(message), detail(message), page([message]))
    yield from (json.dumps(each) for each in (payload(message), notification(message), attributes(message)))
    yield json.dumps(described(seen, Outcome(Ended.ANNOUNCED, None, diagnosis, message)), default=str)


def _from_listener(secret: str) -> dict[str, Any]:
    """Also where somebody has named a run after it."""
    told = {
        "environment": "analytics",
        "dag_id": "sales",
        "task_id": "load",
        "run_id": "manual__1",
        "try_number": 1,
        "state": "failed",
        "airflow_version": "3.0.6",
        "error": f"Traceback (most recent call last):\nValueError: {secret}",
    }
    return _bridged("mwaa.listener", "Airflow Task Failed", told)


def _from_mwaa(secret: str) -> dict[str, Any]:
    update = {"Error": {"ErrorCode": "INCORRECT_CONFIGURATION", "ErrorMessage": f"cannot go on with {secret}"}}
    told = {"name": "analytics", "status": "UPDATE_FAILED", "lastUpdate": update}
    return _bridged("aws.airflow", "MWAA Environment Status Change", told)


def _bridged(source: str, kind: str, detail: dict[str, Any]) -> dict[str, Any]:
    place = {"account": "123456789012", "region": "eu-west-1", "time": "2026-01-01T00:00:00Z"}
    return {"version": "0", "id": "e-1", "source": source, "detail-type": kind, "detail": detail, **place}


def _shown(raw: object) -> str:
    failures = event.read(raw, now_ms=1_767_225_600_000)
    assert failures
    return "\n".join(each for failure in failures for each in _everything(failure)).replace("\\n", "\n")


def _payload(messages: list[str]) -> object:
    events = [{"timestamp": 1_767_225_600_000 + number, "message": each} for number, each in enumerate(messages)]
    return subscription_payload(GROUP, STREAM, events)


def _parts(secret: str) -> list[str]:
    """The secret and pieces of it, which would do harm too."""
    body = secret.strip()
    pieces = [body[at : at + 16] for at in range(0, len(body) - 15, 8)]
    return [body, *(piece for piece in pieces if "\n" not in piece)]


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_secret_is_nowhere(kind: str, context: str) -> None:
    around, secret = PLANTED[kind]
    shown = _shown(_payload(CONTEXTS[context](around.format(secret))))
    assert "***" in shown
    assert not [part for part in _parts(secret) if part in shown]


@pytest.mark.parametrize("kind", FORMS)
def test_nor_is_one_in_any_other_form(kind: str) -> None:
    around, secret = FORMS[kind]
    said = around.replace(HOLE, secret)
    raws = [_payload(each(said)) for each in CONTEXTS.values()] + [_from_listener(said), _from_mwaa(said)]
    shown = "\n".join(_shown(raw) for raw in raws)
    assert not [part for part in _parts(secret) if part in shown]


def test_nor_is_one_after_which_a_run_was_named() -> None:
    _, token = FORMS["GitHub app"]
    raw = _from_listener("nothing")
    raw["detail"]["run_id"] = f"manual__{token}"
    assert token not in _shown(raw)
