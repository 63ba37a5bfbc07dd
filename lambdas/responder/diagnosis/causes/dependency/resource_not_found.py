"""What the task asks for does not exist.

Seen as: NoSuchBucket, NoSuchKey, EntityNotFoundException, ResourceNotFoundException, HTTP 404, "database … does not exist", DagNotFound.
Comes from: a typo or template that filled in another name, another region or account, something that was removed or not made yet.
"""

from __future__ import annotations

from responder.diagnosis.absent_thing import by_absence
from responder.diagnosis.advice import FROM_TEXT
from responder.diagnosis.provider_match import by_complaint
from responder.diagnosis.quoting import ending, whole
from responder.diagnosis.recognise import first_of
from responder.diagnosis.rule import Match, Rule
from responder.diagnosis.service_answer import ServiceFacts, by_answer, by_database, named
from responder.evidence.aws_error_class import ErrorClass
from responder.evidence.database_error import DatabaseError
from responder.evidence.provider_complaint import Complaint
from responder.inquiry.question import Answers
from responder.model import Category, Remedy

_REGION = "Check the region and the account that the call went to: region_name and role_arn of the AWS connection; without them it is the environment's own."


def remedy(match: Match[ServiceFacts], _answers: Answers) -> Remedy:
    """Name, region, account, order."""
    return Remedy(
        summary=f"{named(match.facts)} cannot find what was asked for: {ending(whole(match.because, match.raised))}",
        explanation="The service was reached and the call was understood; what it names is not there.",
        steps=(
            "Compare the name in the message or in the task's rendered template (Airflow UI > the task > Rendered Templates) with what is there, letter by letter.",
            *((_REGION,) if match.facts.aws_service or match.facts.aws_operation else ()),
            "If it should exist: see what creates it, and whether that ran before. Add the dependency, or a sensor that waits for it.",
        ),
        proof=FROM_TEXT,
    )


RULE = Rule(
    category=Category.DEPENDENCY,
    cause="resource-not-found",
    may_heal=False,
    recognise=first_of(
        by_answer(ErrorClass.NOT_FOUND),
        by_database(DatabaseError.NO_DATABASE),
        by_absence,
        by_complaint(Complaint.ABSENT, ServiceFacts),
    ),
    remedy=remedy,
    yields_to=(
        "query-failed",
        "connection-missing",
        "variable-missing",
        "secrets-backend",
        "connection-invalid",
        "remote-job-failed",
        "kms-denied",
        "system-library",
        "airflow-config",
        "requirements-not-found",
    ),
)
