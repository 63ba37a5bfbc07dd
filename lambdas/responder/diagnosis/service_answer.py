"""What a service answered that ended the work, in one class for AWS and HTTP alike.

The causes that look at it (throttled, quota, resource-not-found, service-error, request-invalid) exclude each other,
because an answer has one class.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from responder.diagnosis.quoting import beginning
from responder.diagnosis.recognise import Recogniser, by_decisive, line_of, resting_on
from responder.diagnosis.rule import Match
from responder.evidence.aws_error_class import ErrorClass, class_of
from responder.evidence.context import misses_its_log
from responder.evidence.database_error import DatabaseError, class_of_database
from responder.evidence.http_status import read_status
from responder.evidence.lazy_pattern import LazyPattern, lazy
from responder.evidence.network_error import host_in
from responder.evidence.not_ok import read_not_ok
from responder.evidence.plain_answer import plain_answer
from responder.evidence.status_class import status_of_class
from responder.knowledge.service_names import service_name
from responder.model import AwsError, Evidence, Said, Strength

_HTTP = {
    401: ErrorClass.REFUSED,
    403: ErrorClass.REFUSED,
    404: ErrorClass.NOT_FOUND,
    407: ErrorClass.REFUSED,
    408: ErrorClass.FAULT,
    410: ErrorClass.NOT_FOUND,
    423: ErrorClass.INVALID,
    429: ErrorClass.THROTTLED,
}
FIRST_SERVER_STATUS = 500
# What services say of a quota, and nobody of anything else
QUOTA_WORDS = r"exceeded (?:the |your )?quota|quota[ _]?(?:limit[ _])?exceeded|insufficient_quota"
# A refusal or a "slow down" that in truth counts: Kubernetes' ResourceQuota, Google's and Salesforce's daily limits, OpenAI's budget
_USED_UP = lazy(
    rf"(?i){QUOTA_WORDS}|quota [^\n]{{0,80}}(?:has been|was) (?:reached|exceeded)|maximum number of [^\n]{{1,80}}(?:reached|exceeded)|daily limit|TotalRequests Limit|storage quota|quota has been"
)
# Google and GitHub refuse with 403 whoever is too fast
_TOO_FAST = lazy(r"(?i)rate ?limit|too many requests|user-?rate|throttl")


# Databricks and others answer 400 where the thing that the request names is not there
_NOT_THERE = lazy(
    r"(?i)\b(?:job|run|cluster|pipeline|notebook|warehouse|workspace|endpoint|project|dataset|bucket|queue|topic|model|folder|repo(?:sitory)?|user|group) [\w\"'.:/@\\-]{1,160} (?:does not|doesn't) exist\b"
)
_BAD_REQUEST = 400
_POOL = "ConnectionPool(host="
# A status alone says no more than this; the body may say that it is of another class
_BARE = frozenset({ErrorClass.INVALID, ErrorClass.REFUSED})


class ServiceFacts(NamedTuple):
    """Who answered what."""

    error_code: str | None = None
    aws_service: str | None = None
    aws_operation: str | None = None
    host: str | None = None


class Answer(NamedTuple):
    """One answer that ended the work."""

    error_class: ErrorClass
    facts: ServiceFacts
    line: str
    said: Said


def service_answer(evidence: Evidence) -> Answer | None:
    """The answer that stands nearest to the root of the failure, in the words of whoever repeats it with the response's body."""
    answers = (answer for said in evidence.decisive if (answer := _in_text(evidence, said)))
    first = next(answers, None)
    if first is None or first.error_class not in _BARE:
        return first
    fuller = (each for each in answers if each.facts.error_code == first.facts.error_code)
    return next((_of_host(each, first) for each in fuller if each.error_class is not first.error_class), first)


def _of_host(answer: Answer, first: Answer) -> Answer:
    return answer if answer.facts.host else answer._replace(facts=answer.facts._replace(host=first.facts.host))


def _in_text(evidence: Evidence, said: Said) -> Answer | None:
    if _only_misses_its_log(evidence, said):
        return None
    error = next((each for each in evidence.aws_errors if each.line and each.line.strip() in said.text), None)
    return _of_aws(error, said) if error else _of_http(said) or _of_not_ok(said) or _of_class(said) or _of_plain(said)


def _only_misses_its_log(evidence: Evidence, said: Said) -> bool:
    """Why the container stopped stands above; the record that reports the failure repeats the exception's words."""
    links = evidence.chain.links if evidence.chain else ()
    about = said.raised or next((raised for raised in links if raised.message and raised.message in said.text), None)
    return bool(about and misses_its_log(about)) and any("toppedReason" in each.text for each in evidence.records)


def _of_aws(error: AwsError, said: Said) -> Answer:
    facts = ServiceFacts(error.code, error.service, error.operation)
    return Answer(class_of(error), facts, error.line, said)


def _of_http(said: Said) -> Answer | None:
    status = None if "An error occurred (" in said.text else read_status(said.text)
    if status is None:
        return None
    line = line_of(said.text, status.start)
    return Answer(_http_class(status.code, said.text), ServiceFacts(str(status.code), host=status.host), line, said)


def _of_not_ok(said: Said) -> Answer | None:
    found = read_not_ok(said.text)
    if found is None:
        return None
    line = line_of(said.text, found.start, found.end)
    return Answer(found.error_class, ServiceFacts(found.code), line, said)


def _of_class(said: Said) -> Answer | None:
    """The class is named after the status that the message does not print; a database has classes of its own."""
    status = None if "An error occurred (" in said.text else status_of_class(said.raised)
    if status is None or said.raised is None or class_of_database(said.raised):
        return None
    return Answer(_http_class(status, said.text), ServiceFacts(), line_of(said.text, 0), said)


def _of_plain(said: Said) -> Answer | None:
    found = plain_answer(said.raised)
    return Answer(found, ServiceFacts(), line_of(said.text, 0), said) if found else None


def _http_class(code: int, text: str) -> ErrorClass:
    by_code = _HTTP.get(code, ErrorClass.FAULT if code >= FIRST_SERVER_STATUS else ErrorClass.INVALID)
    if by_code not in {ErrorClass.REFUSED, ErrorClass.THROTTLED, ErrorClass.INVALID}:
        return by_code
    if _USED_UP.search(text):
        return ErrorClass.QUOTA
    if code == _BAD_REQUEST and _NOT_THERE.search(text):
        return ErrorClass.NOT_FOUND
    return ErrorClass.THROTTLED if by_code is ErrorClass.REFUSED and _TOO_FAST.search(text) else by_code


def by_answer(wanted: ErrorClass) -> Recogniser[ServiceFacts]:
    """Recognises an answer of this class."""

    def recognise(evidence: Evidence) -> Match[ServiceFacts] | None:
        answer = service_answer(evidence)
        if answer is None or answer.error_class is not wanted:
            return None
        return Match(Strength.STRUCTURED, answer.facts, (answer.line,), evidence.failure, answer.said.raised)

    return recognise


def by_database(wanted: DatabaseError) -> Recogniser[ServiceFacts]:
    """Recognises an exception of a database's driver that is about this."""

    def recognise(evidence: Evidence) -> Match[ServiceFacts] | None:
        told = (each for each in evidence.decisive if each.raised and class_of_database(each.raised) is wanted)
        said = next(told, None)
        return resting_on(evidence, said, ServiceFacts(), Strength.STRUCTURED) if said else None

    return recognise


def by_words(pattern: LazyPattern) -> Recogniser[ServiceFacts]:
    """Recognises words in what the failure itself says, where no code or status stands; urllib3 names the host beside them."""
    plain = by_decisive(pattern, ServiceFacts(), strength=Strength.MESSAGE)

    def recognise(evidence: Evidence) -> Match[ServiceFacts] | None:
        match = plain(evidence)
        if match is None or _POOL not in match.because[0]:
            return match
        return replace(match, facts=ServiceFacts(host=host_in(match.because[0])))

    return recognise


def named(facts: ServiceFacts) -> str:
    """The service at the beginning of a sentence: "AWS Glue (StartJobRun)", "api.example.com", "The service"."""
    if facts.aws_service or facts.aws_operation:
        client = facts.aws_service or ""
        name = service_name(client) or f"AWS {client}".rstrip()
        operation = f" ({facts.aws_operation})" if facts.aws_operation else ""
        return f"{beginning(name)}{operation}"
    return facts.host or "The service"
