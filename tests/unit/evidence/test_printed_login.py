"""A refusal in what a child process printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.printed_login import printed_login


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('psql: error: FATAL:  password authentication failed for user "etl"', id="psql, the login"),
        pytest.param("psql:/tmp/q.sql:3: ERROR:  permission denied for table orders", id="psql, a right"),
        pytest.param("ERROR 1045 (28000): Access denied for user 'etl'@'10.0.0.1'", id="mysql"),
        pytest.param("git@example.com: Permission denied (publickey).", id="ssh"),
        pytest.param("fatal: could not read Username for 'https://git.example.com': No such device or address", id="git"),
        pytest.param("error: You must be logged in to the server (Unauthorized)", id="kubectl"),
        pytest.param("curl: (22) The requested URL returned error: 401", id="curl, the login"),
        pytest.param("curl: (22) The requested URL returned error: 403", id="curl, a right"),
        pytest.param("2026-01-01 06:00:00 ERROR 403: Forbidden.", id="wget"),
        pytest.param('Error response from daemon: Head "https://r.example.com/v2/app": no basic auth credentials', id="docker"),
        pytest.param("Access Denied: Project p: User does not have bigquery.jobs.create permission in project p.", id="bq"),
        pytest.param("ERROR CODE: AuthorizationPermissionMismatch", id="azcopy"),
        pytest.param("  003001 (42501): SQL access control error:", id="dbt on Snowflake"),
    ],
)  # fmt: skip
def test_reads(text: str):
    assert printed_login(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("loading table logins, 12 rows", id="a table's name"),
        pytest.param("cp: cannot create regular file '/dbt': Permission denied", id="the worker's own disk"),
        pytest.param("403 rows read", id="a number"),
        pytest.param("upload failed: An error occurred (AccessDenied) when calling the PutObject operation", id="AWS's own refusal"),
    ],
)  # fmt: skip
def test_leaves_alone(text: str):
    assert printed_login(text) is None


@given(st.text(max_size=300))
def test_any_text_is_read(text: str):
    printed_login(text)
