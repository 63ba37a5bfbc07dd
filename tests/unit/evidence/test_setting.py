"""Settings that are missing or wrong."""

import pytest
from responder.evidence.said import exception_text
from responder.evidence.setting import is_about_setting
from responder.model import Frame, Raised, Said


def said(type_, message, *frames):
    raised = Raised(type_, message, tuple(Frame(file, 1, function) for file, function in frames))
    return Said(exception_text(raised), raised)


MAIL = ("/usr/local/lib/python3.11/smtplib.py", "connect")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param(said("KeyError", "'BUCKET'", ("<frozen os>", "__getitem__")), True, id="os.environ"),
        pytest.param(said("KeyError", "'BUCKET'", ("/usr/local/airflow/dags/a.py", "f")), False, id="a dictionary"),
        pytest.param(said("ConnectionRefusedError", "[Errno 111] Connection refused", MAIL), True, id="mail that nobody takes"),
        pytest.param(said("gaierror", "[Errno -2] Name or service not known", MAIL), False, id="a mail host that is not known"),
        pytest.param(said("airflow.exceptions.AirflowConfigException", "section/key [a/b] not found in config"), True, id="an option"),
        pytest.param(said("decouple.UndefinedValueError", "X not found. Declare it as envvar or define a default value."), True, id="a library that reads settings"),
        pytest.param(said("RuntimeError", "The session is unavailable because no secret key was set."), True, id="a web server without a key"),
        pytest.param(said("ValueError", "Requested bundle 'team' is not configured."), True, id="a bundle of DAGs"),
        pytest.param(said("ValueError", "cost not found"), False, id="something else that is not found"),
    ],
)  # fmt: skip
def test_is_about_setting(text, answer):
    assert is_about_setting(text) is answer
