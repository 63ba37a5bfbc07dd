"""What a database objects to."""

import pytest
from responder.evidence.database_error import DatabaseError, class_of_database
from responder.model import Frame, Raised

HOOK = (
    Frame("/usr/local/airflow/.local/lib/python3.12/site-packages/airflow/providers/common/sql/hooks/sql.py", 1, "run"),
)
OWN = (Frame("/usr/local/airflow/dags/a.py", 1, "f"),)


@pytest.mark.parametrize(
    ("raised", "objection"),
    [
        pytest.param(Raised("psycopg2.errors.UndefinedTable", 'relation "x" does not exist'), DatabaseError.STATEMENT, id="PostgreSQL's class"),
        pytest.param(Raised("SyntaxError", 'syntax error at or near "orders"', HOOK), DatabaseError.STATEMENT, id="Airflow 3 prints no module"),
        pytest.param(Raised("snowflake.connector.errors.ProgrammingError", "002003 (42S02): SQL compilation error"), DatabaseError.STATEMENT, id="Snowflake"),
        pytest.param(Raised("IntegrityError", "ORA-00001: unique constraint violated", OWN), DatabaseError.STATEMENT, id="a driver in C leaves no frame"),
        pytest.param(Raised("psycopg2.OperationalError", "FATAL:  sorry, too many clients already"), DatabaseError.SESSIONS, id="too many sessions"),
        pytest.param(Raised("pymysql.err.OperationalError", "(1045, \"Access denied for user 'a'@'h'\")"), DatabaseError.LOGIN, id="a login"),
        pytest.param(Raised("psycopg2.OperationalError", 'FATAL:  database "x" does not exist'), DatabaseError.NO_DATABASE, id="no such database"),
        pytest.param(Raised("psycopg2.OperationalError", "FATAL:  the database system is starting up"), DatabaseError.SERVER, id="starting up"),
        pytest.param(Raised("psycopg2.OperationalError", "server closed the connection unexpectedly"), None, id="the network's matter"),
        pytest.param(Raised("InvalidRegularExpression", "parentheses () not balanced", OWN), DatabaseError.STATEMENT, id="PostgreSQL's alone"),
        pytest.param(Raised("UndefinedColumnError", 'column "x" does not exist', OWN), DatabaseError.STATEMENT, id="asyncpg's"),
        pytest.param(Raised("SyntaxError", 'syntax error at or near "FORM"\nLINE 1: SELECT 1 FORM x', OWN), DatabaseError.STATEMENT, id="PostgreSQL's own, which ends in Error"),
        pytest.param(Raised("TooManyRows", "42 rows rejected", OWN), None, id="a name that a user may give"),
        pytest.param(Raised("SyntaxError", "invalid syntax", OWN), None, id="Python's own"),
        pytest.param(Raised("ValueError", 'relation "x" does not exist', OWN), None, id="the user's words"),
    ],
)  # fmt: skip
def test_class_of_database(raised, objection):
    assert class_of_database(raised) is objection
