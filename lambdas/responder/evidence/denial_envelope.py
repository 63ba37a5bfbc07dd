"""What the SDKs print around a service's message: the error code, the operation, sometimes the service.

botocore: `An error occurred (<code>) when calling the <operation> operation: <message>`; a waiter leaves the operation out.
Java: `<message> (Service: <service>; Status Code: 403; Error Code: <code>; …)`. Go: `operation error <service>: <operation>, https response
error StatusCode: 403, RequestID: …, api error <code>: <message>`. S3 itself: `<Code>AccessDenied</Code><Message>…`. Arrow: `AWS Error
ACCESS_DENIED during <operation> operation`. Rust, JavaScript and Python print the error as an object. Source: the SDKs, and what users
posted of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from responder.evidence.denial_around import BEFORE, of_call, of_java, of_named, of_request
from responder.evidence.error_codes import kind_of
from responder.evidence.flat_text import places
from responder.evidence.lazy_pattern import lazy

MESSAGE = 4_000  # characters of one message


class Envelope(NamedTuple):
    """Places are in the flattened text."""

    start: int
    message: int  # where the message begins
    end: int  # and where it ends
    code: str | None
    operation: str | None = None
    service: str | None = None
    resource: str | None = None
    waiter: str | None = None
    leads: bool = True  # False: it stands behind its message


_BOTO = lazy(
    r"(?i)(?:An error occurred|A client error) \((?P<code>[^()\s]{1,100})\)(?: occurred)?(?: when calling the (?P<operation>\w{1,100}) operation)?"
    r"(?: \(reached max retries: \d{1,6}\))?:? ?"
)
_WAITER = lazy(r"(?i)Waiter (?P<name>\w{1,80}) failed: $")
_GO = lazy(
    r"(?i)https response error StatusCode: \d{3}, ?RequestID: ?[\w-]{0,80},(?: ?HostID: ?[^,]{0,200},)? ?(?:api error )?(?P<code>\w{1,100}): "
)
_GO_BEFORE = lazy(r"(?i)operation error (?P<service>[\w ]{1,60}): (?P<operation>\w{1,100}), ?$")
_JAVA = lazy(
    r"(?i)\(Service: (?P<service>[\w .]{1,60})[;,] Status Code: (?P<http>\d{3})[;,] (?:Error Code: (?P<code>[\w. ]{1,100})[;,] )?Request ID"
)
_JAVA_CLASS = lazy(r"\b(?P<code>[A-Z]\w{2,80}Exception): ")
_OLD_JAVA = lazy(
    r"(?i)AWS Service: (?P<service>[\w ]{1,60}), AWS Request ID: [^,]{0,100}, AWS Error Code: (?P<code>\w{1,100}), AWS Error Message: "
)
_XML = lazy(r"(?i)<Code>(?P<code>\w{1,100})</Code> ?<Message>")
_ARROW = lazy(
    r"AWS Error (?P<code>[A-Z_]{3,60})(?: \(HTTP status \d{3}\))? during (?P<operation>\w{1,100}) operation:? ?"
)
# JavaScript's SDK, command lines: `AccessDenied: Access Denied`; Python prints the same before its own envelope
_NAMED = lazy(
    r"(?<![\w.$])(?<!api error )(?P<code>AccessDenied(?:Exception)?|UnauthorizedOperation): (?!An error occurred|s3a?n?://|\(pid)"
)

# An error as an object, of Rust, JavaScript, Python or in JSON: `code: Some("AccessDenied"), message: Some("Access Denied")`. Other clouds
# use the code with words of their own
_OBJECT = lazy(
    r"(?P<code>AccessDenied(?:Exception)?)['\"]\)?, ?['\"]?[Mm]essage['\"]?[:=] ?(?:Some\()?['\"](?=Access Denied['\"]|Missing Authentication Token)"
)


def envelopes(text: str, low: str, most: int) -> tuple[Envelope, ...]:
    """In the order of the text; each ends where the next one that leads begins."""
    found = sorted(
        (each for marker, read in _READERS for each in _at(text, low, marker, read, most)), key=lambda each: each.start
    )
    found = [each for each in found if not any(other.start < each.start < other.message for other in found)]
    starts = [each.start for each in found if each.leads]
    closed = [each if not each.leads else each._replace(end=_end(text, each, starts)) for each in found]
    return tuple(closed[:most])


def _at(text: str, low: str, marker: str, read: Callable[[str, int], Envelope | None], most: int) -> Iterator[Envelope]:
    for place in places(low, marker, most):
        if envelope := read(text, place):
            yield envelope


def _end(text: str, envelope: Envelope, starts: list[int]) -> int:
    following = next((start for start in starts if start > envelope.start), len(text))
    return min(following, envelope.message + MESSAGE, len(text))


def _boto(text: str, at: int) -> Envelope | None:
    match = _BOTO.match(text, at)
    if not match:
        return None
    waiter = _WAITER.search(text[max(0, at - 120) : at])
    resource = of_call(text, at, match["operation"])
    return Envelope(
        at,
        match.end(),
        len(text),
        match["code"],
        match["operation"],
        None,
        resource,
        waiter["name"] if waiter else None,
    )


def _go(text: str, at: int) -> Envelope | None:
    match = _GO.match(text, at)
    if not match:
        return None
    before = _GO_BEFORE.search(text[max(0, at - 200) : at])
    service, operation = (before["service"], before["operation"]) if before else (None, None)
    resource = of_named(text, at, operation) if service == "S3" else None
    return Envelope(at, match.end(), len(text), match["code"], operation, service, resource)


def _java(text: str, at: int) -> Envelope | None:
    match = _JAVA.match(text, at)
    if not match:
        return None
    start = max(0, at - BEFORE)
    code = (match["code"] or "").removesuffix(" Forbidden").strip() or _class_before(text, at) or match["http"]
    about, of_s3 = of_java(text, at), match["service"].upper().endswith("S3")
    resource = about.resource or (of_named(text, at, about.operation) if of_s3 else None)
    return Envelope(start, start, at, code, about.operation, match["service"], resource, leads=False)


def _class_before(text: str, at: int) -> str | None:
    """Version 2 of Java's SDK says the code only by the exception's class."""
    begin = max(0, at - BEFORE, text.rfind("(Service: ", 0, at))
    classes = [match["code"] for match in _JAVA_CLASS.finditer(text, begin, at)]
    return classes[-1] if classes and kind_of(classes[-1]) else None


def _old_java(text: str, at: int) -> Envelope | None:
    match = _OLD_JAVA.match(text, at)
    return Envelope(at, match.end(), len(text), match["code"], None, match["service"]) if match else None


def _xml(text: str, at: int) -> Envelope | None:
    """Google's storage answers in the same XML, with the right it wants in <Details>."""
    match = _XML.match(text, at)
    if not match or "storage." in text[match.end() : match.end() + 400]:
        return None
    about = of_request(text, at)
    return Envelope(at, match.end(), len(text), match["code"], about.operation, "s3", about.resource)


def _arrow(text: str, at: int) -> Envelope | None:
    match = _ARROW.match(text, at)
    if not match:
        return None
    operation = match["operation"]
    resource = of_named(text, at, operation)
    return Envelope(at, match.end(), len(text), match["code"].replace("_", ""), operation, "s3", resource)


def _named(text: str, at: int) -> Envelope | None:
    match = _NAMED.match(text, at)
    return Envelope(at, match.end(), len(text), match["code"]) if match else None


def _object(text: str, at: int) -> Envelope | None:
    match = _OBJECT.match(text, at)
    return Envelope(at, match.end(), len(text), match["code"]) if match else None


_READERS: tuple[tuple[str, Callable[[str, int], Envelope | None]], ...] = (
    ("an error occurred (", _boto),
    ("a client error (", _boto),
    ("https response error statuscode", _go),
    ("(service: ", _java),
    ("<code>", _xml),
    ("aws error ", _arrow),
    ("accessdenied", _named),
    ("accessdenied", _object),
    ("unauthorizedoperation: ", _named),
    ("aws service: ", _old_java),
)
