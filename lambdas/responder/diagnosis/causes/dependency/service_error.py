"""A service was asked properly and answers with an error of its own.

Seen as: InternalServerError, ServiceUnavailable, InternalFailure, RequestTimeout, HTTP 500 to 504, a database that is starting up.
Comes from: a fault, an outage or maintenance on the other side; sometimes a request that the service cannot digest.
"""

from __future__ import annotations

from responder.diagnosis.advice import FROM_TEXT
from responder.diagnosis.provider_match import by_complaint
from responder.diagnosis.quoting import ending, whole
from responder.diagnosis.recognise import first_of
from responder.diagnosis.rule import Match, Rule
from responder.diagnosis.service_answer import ServiceFacts, by_answer, by_database, by_words, named
from responder.evidence.aws_error_class import ErrorClass
from responder.evidence.database_error import DatabaseError
from responder.evidence.lazy_pattern import lazy
from responder.evidence.provider_complaint import Complaint
from responder.inquiry.question import Answers
from responder.model import Category, Link, Remedy

_WORDS = lazy(
    r"(?i)too many 5\d\d error responses|StatusCode\.(?:UNAVAILABLE|INTERNAL|DEADLINE_EXCEEDED)|internal server error|(?<!Tunnel connection failed: 50\d )service (?:is )?(?:temporarily )?unavailable"
    r"|bad gateway|gateway time-?out|temporarily unavailable|capacity is unavailable|under maintenance|ServiceUnavailable|server error occurred|upstream connect error|API requests to .{1,60} failed \d{1,3} times"
)
HEALTH_DOCS = Link("AWS Health", "https://health.aws.amazon.com/health/status")


def remedy(match: Match[ServiceFacts], _answers: Answers) -> Remedy:
    """Wait, then ask the one who runs it."""
    aws = bool(match.facts.aws_operation)
    return Remedy(
        summary=f"{named(match.facts)} failed on its own side: {ending(whole(match.because, match.raised))}",
        explanation="It took the request and could not serve it; nothing in the request or in the environment is known to be wrong.",
        steps=(
            "Clear the task once: most such errors pass. Give it retries with retry_delay and retry_exponential_backoff, if it is safe to repeat.",
            "If it stays: look at AWS Health for the region (AWS console > Health Dashboard), then open a case with AWS Support that names the request's id."
            if aws
            else "If it stays: look at the service's status page, or ask whoever runs it, with the time and the request's id.",
            "If only this request fails, each time: make it smaller or simpler; a service may break on a single input.",
        ),
        proof=FROM_TEXT,
        links=(HEALTH_DOCS,) if aws else (),
        owner=None if aws else "whoever runs the service",
    )


RULE = Rule(
    category=Category.DEPENDENCY,
    cause="service-error",
    may_heal=True,
    recognise=first_of(
        by_answer(ErrorClass.FAULT),
        by_database(DatabaseError.SERVER),
        by_words(_WORDS),
        by_complaint(Complaint.ANSWER, ServiceFacts),
    ),
    remedy=remedy,
    yields_to=("metadata-database", "secrets-backend", "airflow-config", "remote-job-failed"),
)
