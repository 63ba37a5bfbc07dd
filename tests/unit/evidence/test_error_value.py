"""Exceptions that a component logs as a value, with no traceback."""

import pytest
from responder.evidence.error_value import read_value

NOT_LOADED = "Trigger failed to load code  [airflow.jobs.triggerer_job_runner.TriggerRunner] classpath=a.B "


@pytest.mark.parametrize(
    ("text", "fields", "type_", "message"),
    [
        pytest.param(
            NOT_LOADED + "error=ModuleNotFoundError(\"No module named 'a'\") loc=x.py:1",
            {},
            "ModuleNotFoundError",
            "No module named 'a'",
            id="console: double quotes",
        ),
        pytest.param(
            "Trigger failed to inflate error=TypeError('B() takes \\'x\\'')",
            {},
            "TypeError",
            "B() takes 'x'",
            id="console: escaped",
        ),
        pytest.param(
            "Trigger failed to load code",
            {"error": "botocore.exceptions.ClientError('An error occurred (AccessDenied)')"},
            "botocore.exceptions.ClientError",
            "An error occurred (AccessDenied)",
            id="a field of JSON",
        ),
        pytest.param(
            "", {"error": "KeyError('of five hundred chara"}, "KeyError", "of five hundred chara", id="cut off"
        ),
    ],
)
def test_reads(text, fields, type_, message):
    (raised,) = read_value(text, fields).links
    assert (raised.type, raised.message) == (type_, message)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        pytest.param("ValueError('x') is what we expect", {}, id="a call in prose"),
        pytest.param("error=timed out after 5 s", {}, id="a value in words"),
        pytest.param("Done", {"error": "None"}, id="no exception"),
        pytest.param("Done", {"error": "print('hello')"}, id="a call of something else"),
    ],
)
def test_leaves_alone(text, fields):
    assert read_value(text, fields) is None
