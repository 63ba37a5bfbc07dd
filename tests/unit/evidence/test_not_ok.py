"""Answers that are no although their status is 200."""

import pytest
from responder.evidence.aws_error_class import ErrorClass
from responder.evidence.not_ok import read_not_ok


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("{'ok': False, 'error': 'channel_not_found'}", "channel_not_found", ErrorClass.NOT_FOUND),
        ('{"ok":false,"error":"ratelimited"}', "ratelimited", ErrorClass.THROTTLED),
        ("{'ok': False, 'error': 'invalid_auth'}", "invalid_auth", ErrorClass.REFUSED),
        ("{'ok': False, 'error': 'msg_too_long'}", "msg_too_long", ErrorClass.INVALID),
        ("{'tasks': [], 'failures': [{'arn': 'a', 'reason': 'RESOURCE:CPU'}]}", "RESOURCE:CPU", ErrorClass.QUOTA),
        ("{'tasks': [], 'failures': [{'arn': 'a', 'reason': 'LAUNCH_TYPE'}]}", "LAUNCH_TYPE", ErrorClass.INVALID),
        ("{'tasks': [], 'failures': [{'arn': 'a', 'reason': 'MISSING'}]}", "MISSING", ErrorClass.NOT_FOUND),
        ("{'tasks': [], 'failures': [{'arn': 'a', 'reason': 'AGENT'}]}", "AGENT", ErrorClass.FAULT),
    ],
)
def test_reads(text: str, code: str, expected: ErrorClass) -> None:
    found = read_not_ok(text)
    assert found is not None
    assert (found.code, found.error_class) == (code, expected)


@pytest.mark.parametrize(
    "text",
    [
        "{'ok': True, 'error': ''}",
        "{'tasks': [{'arn': 'a'}], 'failures': []}",
        "[{'failures': [], 'containers': [{'reason': 'OutOfMemoryError'}]}]",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert read_not_ok(text) is None
