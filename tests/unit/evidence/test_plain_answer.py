"""Plain words of a service's client, sorted as its status would be."""

import pytest
from responder.evidence.aws_error_class import ErrorClass
from responder.evidence.plain_answer import plain_answer
from responder.model import Frame, Raised

LIBRARY = "/usr/local/airflow/.local/lib/python3.11/site-packages/vendor/api.py"


def raised(name: str, message: str, file: str = LIBRARY) -> Raised:
    return Raised(name, message, (Frame(file, 88, "_raise", ""),))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("API rate limit exceeded", ErrorClass.THROTTLED),
        ("Calls per minute limit exceeded", ErrorClass.THROTTLED),
        ("Daily request limit exceeded", ErrorClass.QUOTA),
        ("Credit balance is too low", ErrorClass.QUOTA),
        ("Dataset 12 not found", ErrorClass.NOT_FOUND),
        ("The requested resource does not exist", ErrorClass.NOT_FOUND),
        ("Backend error", ErrorClass.FAULT),
        ("The service is currently unavailable, try again later", ErrorClass.FAULT),
        ("Field 'amount' must be a number", ErrorClass.INVALID),
        ("Validation failed: name is too long", ErrorClass.INVALID),
    ],
)
@pytest.mark.parametrize("name", ["vendor.errors.ApiError", "vendor.APIException", "suds.WebFault", "ServiceException"])
def test_words_of_a_client(name: str, message: str, expected: ErrorClass) -> None:
    assert plain_answer(raised(name, message)) is expected


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("pandas.errors.ParserError", "column not found"),  # no client
        (
            "vendor.errors.ApiError",
            "Failed to establish a new connection: [Errno 111] Connection refused, try again later",
        ),
        ("vendor.errors.ApiError", "You do not have permission; the project was not found"),
        ("vendor.errors.ApiError", "something else went wrong"),
        (
            "botocore.exceptions.ClientError",
            "An error occurred (NoSuchKey) when calling the GetObject operation: not found",
        ),
        ("psycopg2.errors.UndefinedTable", 'relation "a" does not exist'),
    ],
)
def test_where_others_know_more(name: str, message: str) -> None:
    assert plain_answer(raised(name, message)) is None


def test_only_what_a_library_raises() -> None:
    assert plain_answer(raised("ApiError", "Dataset 12 not found", "/usr/local/airflow/dags/d.py")) is None
    airflow = "/usr/local/airflow/.local/lib/python3.11/site-packages/airflow/providers/http/hooks/http.py"
    assert plain_answer(raised("ApiError", "Dataset 12 not found", airflow)) is None
    assert plain_answer(None) is None
