"""Errors of AWS as its SDKs print them.

An error occurred (AccessDenied) when calling the PutObject operation (reached max retries: 4): …    botocore
Waiter JobComplete failed: An error occurred (ThrottlingException): …                                botocore's waiters
… (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: …)                    Java v1
… (Service: Glue, Status Code: 400, Request ID: …)                                                   Java v2
operation error ECS: RunTask, https response error StatusCode: 400, RequestID: …, api error X: …     Go v2
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from responder.evidence.flat_text import unboxed
from responder.evidence.lazy_pattern import lazy
from responder.model import AwsError

MOST = 20  # of one text
WINDOW = 2_500  # characters looked at for one error; the longest denial sentence has about 1,000
MESSAGE_LIMIT = 2_000

_BOTO = lazy(
    r"An error occurred \(([\w.:/ -]{1,120})\)(?: when calling the (\w{1,100}) operation)?"
    r"(?: \(reached max retries: \d{1,4}\))?: ?([^\n]*)"
)
_JAVA_1 = lazy(r"\(Service: ([^;()\n]{1,80}); Status Code: (\d{3}); Error Code: ([\w.]{1,120})[;)]")
_JAVA_2 = lazy(r"\(Service: ([^,()\n]{1,80}), Status Code: (\d{3})[,)]")
_GO = lazy(r"operation error ([\w ]{1,60}): (\w{1,100}), (?:https response error StatusCode: (\d{3}))?([^\n]*)")
_GO_CODE = lazy(r"(?:api error )?([A-Z]\w{2,100}): ([^\n]*)")

Reader = Callable[[str, int], AwsError | None]


def read_aws_errors(text: str) -> tuple[AwsError, ...]:
    """Every error of AWS that a text prints, in its order; the same one twice counts once."""
    text = unboxed(text)
    found: dict[AwsError, None] = {}
    for marker, reader in _READERS:
        for at in _places(text, marker):
            if len(found) < MOST and (error := reader(text, at)):
                found[error] = None
    return tuple(found)


def _places(text: str, marker: str) -> Iterator[int]:
    at = text.find(marker)
    for _ in range(MOST):
        if at < 0:
            return
        yield at
        at = text.find(marker, at + len(marker))


def _boto(text: str, at: int) -> AwsError | None:
    match = _BOTO.match(text[at : at + WINDOW])
    return AwsError(match[1], match[3].strip()[:MESSAGE_LIMIT], match[2], None, match[0].strip()) if match else None


def _java(text: str, at: int) -> AwsError | None:
    window = text[at : at + WINDOW]
    line = _line_before(text, at) + window.partition("\n")[0]
    message = _line_before(text, at).rpartition("Exception: ")[2].strip()[:MESSAGE_LIMIT]
    if match := _JAVA_1.match(window):
        return AwsError(match[3], message, None, _client(match[1]), line.strip()[:WINDOW])
    if match := _JAVA_2.match(window):
        return AwsError(_java_code(line) or match[2], message, None, _client(match[1]), line.strip()[:WINDOW])
    return None


def _line_before(text: str, at: int) -> str:
    begin = max(text.rfind("\n", 0, at) + 1, at - WINDOW)
    return text[begin:at]


def _java_code(line: str) -> str | None:
    """Java v2 prints no code, but the class before the message is named after it."""
    match = re.search(r"\.([A-Z]\w{2,80})Exception: ", line)
    return match[1] if match and not match[1].startswith("Sdk") else None


def _go(text: str, at: int) -> AwsError | None:
    match = _GO.match(text[at : at + WINDOW])
    if not match:
        return None
    code = _GO_CODE.search(match[4], max(0, match[4].rfind("api error ")))
    name, message = (code[1], code[2]) if code else (match[3] or "Unknown", match[4])
    return AwsError(name, message.strip()[:MESSAGE_LIMIT], match[2], _client(match[1]), match[0].strip())


def _client(service: str) -> str:
    """Names such as "Amazon S3", "AWSGlue" and "Secrets Manager" as boto3 names its clients."""
    name = service.removeprefix("Amazon").removeprefix("AWS").strip()
    return name.replace(" ", "").lower()


_READERS: tuple[tuple[str, Reader], ...] = (
    ("An error occurred (", _boto),
    ("(Service: ", _java),
    ("operation error ", _go),
)
