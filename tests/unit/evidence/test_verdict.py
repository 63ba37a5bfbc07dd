"""Airflow's last word on an attempt."""

import pytest
from responder.evidence.verdict import last_verdict, verdict_of
from responder.model import Level, Record, Verdict


def record(text, logger="taskinstance.py:1226", *, output=False, **fields):
    return Record(0, Level.INFO, logger, text, fields=fields, output=output)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        pytest.param(record("Marking task as UP_FOR_RETRY. dag_id=x"), Verdict.UP_FOR_RETRY, id="another try"),
        pytest.param(
            record("Immediate failure requested. Marking task as FAILED. dag_id=x"), Verdict.FAILED, id="at once"
        ),
        pytest.param(record("Pausing task as DEFERRED. dag_id=x"), Verdict.DEFERRED, id="deferred"),
        pytest.param(record("Skipping task.", "task", reason="x"), Verdict.SKIPPED, id="Airflow 3 skips"),
        pytest.param(
            record("Marking task as SUCCESS. dag_id=x", "logging_mixin.py:190", output=True), None, id="a print"
        ),
        pytest.param(record("Marking task as SUCCESS. dag_id=x", "sales.py:9"), None, id="the user's own logger"),
        pytest.param(record("marked as good"), None, id="other words"),
    ],
)
def test_says(found, verdict):
    assert verdict_of(found) is verdict


def test_the_last_one_counts():
    tries = [record("Marking task as UP_FOR_RETRY."), record("x"), record("Marking task as SUCCESS."), record("y")]
    assert last_verdict(tries) is Verdict.SUCCESS
    assert last_verdict([]) is Verdict.UNSEEN
