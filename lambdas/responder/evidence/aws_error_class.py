"""What an error code of AWS means for the person who has to act: wait, raise a limit, create the thing, correct the request.

Services name their errors freely (botocore 1.44 knows 2,675 codes), but out of few words. Reading the words sorts
them all, and those of tomorrow; `python -m cli.knowledge.aws_error_classes` prints the outcome for review.
"""

from __future__ import annotations

from enum import StrEnum

from responder.evidence.denial import read_denials
from responder.evidence.error_codes import kind_of, of_login, plain
from responder.evidence.lazy_pattern import lazy
from responder.model import AwsError


class ErrorClass(StrEnum):
    """Each code is of exactly one class, so causes that look at classes exclude each other."""

    REFUSED = "refused"  # rights or credentials
    THROTTLED = "throttled"  # too fast
    QUOTA = "quota"  # too many
    NOT_FOUND = "not-found"
    FAULT = "fault"  # on the service's side
    INVALID = "invalid"  # the request, or the state of what it names


# https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html lists what SDKs take for throttling;
# LimitExceededException stands there too, but most services use it for a number of things
_TOO_FAST = ("throttl", "throttled", "toomanyrequest", "slowdown", "ratelimit", "ratefor", "rateexceeded")
_TOO_FAST_EXACT = frozenset(
    {
        "429",
        "bandwidthlimitexceeded",
        "insufficientthroughputcapacity",
        "priorrequestnotcomplete",
        "provisionedthroughputexceeded",
        "requestlimitexceeded",
        "resourceprovisionedthroughputexceeded",
        "throughputlimitexceeded",
        "toomanyrequestsfault",
        "transactioninprogress",
    }
)
_MISSING = ("notfound", "nosuch", "notexist", "nonexistent", "unknownresource", "unknownsnapshot", "unknownoperation")
_MISSING_EXACT = frozenset({"404", "410", "notfoundfault"})
_TOO_MANY = ("limitexceed", "limitsexceed", "quota", "toomany", "limitreached", "exceedslimit", "exceededlimit")
_TOO_MANY_ALSO = ("exceeded", "overlimit", "maxconcurrent", "limitwillexceed", "querylimit", "resourcelimit")
# A thing that is too large is no quota that could be raised: the request has to change
_ONE_IS_TOO_LARGE = ("size", "length", "toolarge", "timelimit", "toolong", "toobig", "payload", "divergence")
_FAULTS = (
    "internal",
    "unavailable",
    "timeout",
    "timedout",
    "unexpected",
    "servicefail",
    "serverfail",
    "faultexception",
)
_FAULTS_ALSO = ("insufficientcapacity", "outofcapacity", "clustercapacity", "resourcecapacity", "instancecapacity")
_FAULTS_EXACT = frozenset(
    {
        "server",
        "service",
        "servicefault",
        "unknown",
        "failure",
        "dependencyfailed",
        "modelnotready",
        "efsio",
        "general",
        "model",
    }
)
_SERVER_STATUS = lazy(r"5\d\d")

_RATE = lazy(r"(?i)rate exceeded|reduce your request rate|too many requests|request rate|throttl")
_LIMIT = lazy(
    r"(?i)maximum number of (?:active|concurrent|running|pending)"
    r"|(?:limit|quota) (?:has been |was |is )?(?:exceeded|reached)"
    r"|(?:exceed|reached|over)\w{0,4} (?:[\w'-]{1,20} ){0,4}(?:limit|quota)"
    r"|too many (?:concurrent|active|running|open|pending)"
)
_ABSENT = lazy(
    r"(?i)\b(?:does not|doesn't|do not|don't|did not) exist\b|\bnot found\b|\bcould ?n[o']t find\b|\bcannot find\b"
    r"|\b(?:could not|cannot|couldn't|can't) be found\b|\bno such\b|\bunable to find\b"
)


def class_of(error: AwsError) -> ErrorClass:
    """By the code; where that only says that the request failed, by the message too."""
    by_code = class_of_code(error.code)
    if by_code in {ErrorClass.INVALID, ErrorClass.FAULT} and read_denials(error.line or error.message):
        return ErrorClass.REFUSED  # a ValidationException that says who lacks which right
    if by_code in {ErrorClass.QUOTA, ErrorClass.FAULT, ErrorClass.INVALID} and _RATE.search(error.message):
        return ErrorClass.THROTTLED
    if by_code is ErrorClass.INVALID and _LIMIT.search(error.message):
        return ErrorClass.QUOTA
    if by_code is ErrorClass.INVALID and _ABSENT.search(error.message):
        return ErrorClass.NOT_FOUND
    return by_code


def class_of_code(code: str) -> ErrorClass:
    """By the words that the code is made of."""
    if kind_of(code) or of_login(code):
        return ErrorClass.REFUSED
    name = plain(code)
    if name in _TOO_FAST_EXACT or _has(name, _TOO_FAST):
        return ErrorClass.THROTTLED
    if name in _MISSING_EXACT or _has(name, _MISSING):
        return ErrorClass.NOT_FOUND
    if not name.startswith("invalid") and _is_too_many(name):
        return ErrorClass.QUOTA
    return ErrorClass.FAULT if _is_fault(name) else ErrorClass.INVALID


def _is_too_many(name: str) -> bool:
    return _has(name, _TOO_MANY + _TOO_MANY_ALSO) and not _has(name, _ONE_IS_TOO_LARGE)


def _is_fault(name: str) -> bool:
    if name in _FAULTS_EXACT or _SERVER_STATUS.fullmatch(name):
        return True
    return not name.startswith("invalid") and _has(name, _FAULTS + _FAULTS_ALSO)


def _has(name: str, words: tuple[str, ...]) -> bool:
    return any(word in name for word in words)
