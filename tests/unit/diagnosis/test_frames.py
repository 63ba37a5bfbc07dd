"""Whose code a frame is in."""

import pytest
from responder.diagnosis import frames
from responder.model import Frame, Raised

SITE = "/usr/local/airflow/.local/lib/python3.11/site-packages/"
DAG = "/usr/local/airflow/dags/sales.py"


@pytest.mark.parametrize("file", [DAG, "/usr/local/airflow/plugins/x.py", "/usr/local/airflow/dags/include/sql.py"])
def test_the_users_own(file):
    assert frames.is_own(file)


@pytest.mark.parametrize(
    "file",
    [
        f"{SITE}dags/x.py",
        f"{SITE}airflow/models/dag.py",
        "/usr/local/lib/python3.11/json/__init__.py",
        "<frozen os>",
        "/tmp/x.py",
    ],
)
def test_not_the_users_own(file):
    assert not frames.is_own(file)


@pytest.mark.parametrize(
    ("file", "is_operators"),
    [
        pytest.param("/usr/local/airflow/plugins/acme/operators/job.py", True, id="an operator in plugins"),
        pytest.param("/usr/local/airflow/plugins/checks.py", False, id="another file there"),
        pytest.param("/usr/local/airflow/dags/operators/job.py", False, id="beside the DAGs"),
        pytest.param(f"{SITE}airflow/plugins/operators/job.py", False, id="a distribution's"),
    ],
)
def test_an_operator_that_the_user_keeps_in_plugins_is_no_dag(file, is_operators):
    assert frames.is_operator_code(file) is is_operators


def raised(*places, name="ValueError", message=""):
    return Raised(name, message, tuple(Frame(file, 1, function, code) for file, function, code in places))


def test_the_innermost_frame_is_past_the_standard_library_and_mere_look_ups():
    found = raised(
        (DAG, "load", None),
        (f"{SITE}pandas/core/generic.py", "__getattr__", None),
        ("/usr/local/lib/python3.11/json/decoder.py", "decode", None),
    )
    assert frames.innermost(found).file == DAG


def test_breaking_while_a_package_is_imported():
    assert frames.on_import(raised((DAG, "<module>", None), (f"{SITE}cv2/__init__.py", "<module>", None)))
    assert not frames.on_import(raised((f"{SITE}pluggy/x.py", "<module>", None), (DAG, "<module>", None)))


@pytest.mark.parametrize(
    ("place", "name", "is_words"),
    [
        pytest.param((DAG, "load", 'raise ValueError("401")'), "ValueError", True, id="raised by hand"),
        pytest.param((DAG, "load", "int(text)"), "ValueError", False, id="raised by a call"),
        pytest.param((DAG, "load", None), "ValueError", True, id="Airflow 3 shows no source"),
        pytest.param(
            (DAG, "load", 'raise ConnectionError("x")'), "ConnectionError", False, id="a class that says what it is"
        ),
        pytest.param((f"{SITE}x.py", "f", "raise ValueError()"), "ValueError", False, id="raised by a package"),
    ],
)
def test_the_users_own_words(place, name, is_words):
    assert frames.in_users_words(raised(place, name=name)) is is_words
