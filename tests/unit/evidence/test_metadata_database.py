"""Airflow's own database against everybody else's."""

import pytest
from responder.evidence.metadata_database import is_of_metadata
from responder.model import Frame, Raised

SITE = "/usr/local/airflow/.local/lib/python3.11/site-packages/"


def error(*files, message="(psycopg2.OperationalError) server closed the connection"):
    return Raised("sqlalchemy.exc.OperationalError", message, tuple(Frame(SITE + file, 1, "f") for file in files))


@pytest.mark.parametrize(
    ("raised", "answer"),
    [
        pytest.param(
            error("airflow/jobs/scheduler_job_runner.py", "sqlalchemy/engine/base.py"), True, id="the scheduler asks"
        ),
        pytest.param(
            error("airflow/providers/common/sql/hooks/sql.py", "sqlalchemy/engine/base.py"), False, id="a hook asks"
        ),
        pytest.param(error("pandas/io/sql.py", "sqlalchemy/engine/base.py"), False, id="pandas asks"),
        pytest.param(error(message="x [SQL: SELECT * FROM slot_pool FOR UPDATE]"), True, id="Airflow's own table"),
        pytest.param(
            Raised("sqlalchemy.exc.ProgrammingError", "[SQL: SELECT * FROM dag_run]"),
            False,
            id="a statement is no outage",
        ),
        pytest.param(
            Raised(
                "sqlalchemy.exc.IntegrityError",
                '(psycopg2.errors.UniqueViolation) "task_instance_pkey"',
                (Frame(SITE + "airflow/jobs/scheduler_job.py", 751, "_execute"),),
            ),
            True,
            id="a statement of the scheduler's",
        ),
        pytest.param(
            Raised(
                "sqlalchemy.exc.IntegrityError",
                "duplicate key [SQL: INSERT INTO job]",
                (
                    Frame("/usr/local/airflow/dags/load.py", 9, "load"),
                    Frame(SITE + "sqlalchemy/engine/base.py", 1, "f"),
                ),
            ),
            False,
            id="a statement of a task's, on a table of the same name",
        ),
    ],
)
def test_is_of_metadata(raised, answer):
    assert is_of_metadata(raised, in_component=False) is answer


def test_a_component_talks_to_no_other_database():
    lost = error("sqlalchemy/engine/base.py")
    assert is_of_metadata(lost, in_component=True)
    assert not is_of_metadata(lost, in_component=False)
