"""An answer of status 200 that says no all the same, in a field of its own.

{'ok': False, 'error': 'channel_not_found'}                 Slack: https://docs.slack.dev/apis/web-api/#responses
'failures': [{'arn': …, 'reason': 'RESOURCE:MEMORY'}]       ECS: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
"""

from __future__ import annotations

from typing import NamedTuple

from responder.evidence.aws_error_class import ErrorClass
from responder.evidence.lazy_pattern import LazyPattern, lazy


class NotOk(NamedTuple):
    """The code, what it means, and where it stands."""

    code: str
    error_class: ErrorClass
    start: int
    end: int


_SLACK = lazy(r"['\"]ok['\"]: ?[Ff]alse, ?['\"]error['\"]: ?['\"](?P<code>\w{2,60})['\"]")
_ECS = lazy(r"['\"]failures['\"]: ?\[\{[^\]]{0,400}?['\"]reason['\"]: ?['\"](?P<code>[A-Z][A-Z_:]{3,40})['\"]")
# By parts of the code; every other code is about the request
_MEANINGS: tuple[tuple[LazyPattern, tuple[tuple[ErrorClass, tuple[str, ...]], ...]], ...] = (
    (
        _SLACK,
        (
            (ErrorClass.NOT_FOUND, ("_not_found",)),
            (ErrorClass.THROTTLED, ("ratelimited", "rate_limited")),
            (ErrorClass.REFUSED, ("auth", "token", "scope", "inactive", "not_allowed", "access")),
            (ErrorClass.FAULT, ("internal_error", "fatal_error", "unavailable", "request_timeout")),
        ),
    ),
    (
        _ECS,
        (
            (ErrorClass.QUOTA, ("RESOURCE:",)),
            (ErrorClass.NOT_FOUND, ("MISSING",)),
            (ErrorClass.FAULT, ("AGENT",)),
        ),
    ),
)


def read_not_ok(text: str) -> NotOk | None:
    """The first such answer in a text."""
    for pattern, meanings in _MEANINGS:
        if found := pattern.search(text):
            code = found["code"]
            classes = (each for each, words in meanings if any(word in code for word in words))
            return NotOk(code, next(classes, ErrorClass.INVALID), found.start(), found.end())
    return None
