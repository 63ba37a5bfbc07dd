"""Refusals in plain words, and words that only look like one."""

import pytest
from responder.evidence.refused_words import refused_in_print, refused_in_words
from responder.model import Raised

REFUSALS = (
    "User is not authorized to access this resource",
    "User etl is not permitted to run this query",
    "You are not allowed to view this dashboard",
    "Access to the workspace is forbidden",
    "Access denied due to invalid subscription key or wrong API endpoint.",
    "code: AccessDenied, message: Access Denied.",
    "Login failed.",
    "Could not authenticate with the server",
    "Unable to log in",
    "API token is invalid.",
    "Your password has expired; to log in you must change it",
    "Incorrect or missing password.",
    "user name or password is incorrect",
    "Session expired or invalid",
    "The account is locked",
    "this user has no permissions to run the 'flushdb' command",
    "The user lacks the required role 'writer'",
    "Missing required permission 'x.y'",
    "You must be logged in to see this dataset",
    "Requires authentication.",
    "IP address 203.0.113.9 is not in the allow list",
    "Forbidden",
    "The OAuth token used to make this call expired 3 hours ago.",
    "No authentication: password or key rejected",
    "Error validating access token: The session has been invalidated",
)
NO_REFUSALS = (
    "Extra inputs are not permitted [type=extra_forbidden]",
    "You are not allowed to pass both a and b",
    "columns overlap but no suffix specified: Index(['user', 'role'])",
    "Session 12 is not idle",
    "Object 'ORDERS' does not exist or not authorized.",
    "certificate has expired",
    "missing 1 required positional argument: 'role'",
    "Could not connect to the server",
    "the key 'user' is not in the dictionary",
)


@pytest.mark.parametrize("text", REFUSALS)
def test_who_is_not_let_in(text: str) -> None:
    assert refused_in_words(text, Raised("vendor.errors.ApiError", text))
    assert refused_in_print(f"acmectl 3.1\nError: {text}")


@pytest.mark.parametrize("text", NO_REFUSALS)
def test_what_is_none(text: str) -> None:
    assert not refused_in_words(text, Raised("vendor.errors.ApiError", text))
    assert not refused_in_print(f"Error: {text}")


def test_the_network_and_a_statement_tell_more() -> None:
    broken_off = "Failed to log in: Failed to establish a new connection: [Errno 110] Connection timed out"
    rejected = 'relation "access_denied" does not exist\nLINE 1: SELECT * FROM access denied'
    assert not refused_in_words(broken_off, Raised("vendor.errors.LoginError", broken_off))
    assert not refused_in_words(rejected, Raised("psycopg2.errors.UndefinedTable", rejected))


def test_a_command_that_is_quoted_refuses_nobody() -> None:
    text = "Command 'echo access denied' returned non-zero exit status 4."
    assert not refused_in_words(text, Raised("subprocess.CalledProcessError", text))


def test_in_print_the_line_has_to_be_about_an_error_and_no_traceback_beside_it() -> None:
    assert not refused_in_print("checking rows where status = 'access denied'\n3 rows found")
    assert not refused_in_print(
        "ERROR login failed\nTraceback (most recent call last):\nIndexError: list index out of range"
    )


def test_the_place_is_that_of_the_line() -> None:
    text = "access denied is what a row says\nError: access denied"
    found = refused_in_print(text)
    assert found
    assert found[0] > text.index("Error")
