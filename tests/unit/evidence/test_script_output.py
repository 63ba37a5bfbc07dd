"""The line of a startup script's log that says that a command of it failed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.script_output import broken_line
from responder.model import Level, LogEvent


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("startup.sh: line 3: yum: command not found", id="a shell"),
        pytest.param("fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden", id="the AWS CLI"),
        pytest.param("curl: (28) Connection timed out after 130000 milliseconds", id="curl"),
        pytest.param("Error: Unable to find a match: msodbcsql17", id="dnf"),
        pytest.param("E: Unable to locate package jq", id="apt"),
        pytest.param("ModuleNotFoundError: No module named 'boto4'", id="python"),
    ],
)  # fmt: skip
def test_reads(line: str):
    events = (LogEvent(1, "[INFO] - Installing\n"), LogEvent(2, f"[INFO] - {line}\n"), LogEvent(3, "[INFO] - done\n"))
    record = broken_line(events)
    assert record is not None
    assert (record.timestamp, record.level, record.text) == (2, Level.ERROR, line)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Finished running startup script. Execution time: 0.004s.", id="the end"),
        pytest.param("ERROR: pip's dependency resolver does not currently take into account all the packages", id="pip's remark"),
        pytest.param("rm: cannot remove 'x': No such file or directory", id="a file that was to go anyway"),
        pytest.param("export ERROR_EMAIL set", id="a name with a loud word"),
    ],
)  # fmt: skip
def test_leaves_alone(line: str):
    assert broken_line((LogEvent(1, line),)) is None


@given(st.lists(st.text(max_size=300), max_size=5))
def test_never_raises(lines: list[str]):
    broken_line([LogEvent(0, line) for line in lines])
