"""The service understands who asks, and rejects what is asked.

Seen as: ValidationException, InvalidParameterValue, ParamValidationError, ClientException, HTTP 400, 409, 422; "is in DISABLED state".
Comes from: a wrong or missing parameter, a template that filled in something odd, a resource that exists but is not ready for it.
"""

from __future__ import annotations

from responder.diagnosis.advice import DEPLOY_DAG, FROM_TEXT
from responder.diagnosis.provider_match import by_complaint
from responder.diagnosis.quoting import ending, whole
from responder.diagnosis.recognise import by_exception, first_of
from responder.diagnosis.rule import Match, Rule
from responder.diagnosis.service_answer import ServiceFacts, by_answer, named
from responder.evidence.aws_error_class import ErrorClass
from responder.evidence.provider_complaint import Complaint
from responder.inquiry.question import Answers
from responder.model import Category, Remedy, Strength

# botocore's own check, before anything is sent
# https://github.com/boto/botocore/blob/develop/botocore/exceptions.py
CLASSES = (
    "ParamValidationError",
    "UnknownParameterError",
    "InvalidBucketName",
    "InvalidARNError",
    "UnsupportedS3ArnError",
)
# The mail server's no to a sender, a recipient or a message
OF_MAIL = ("SMTPDataError", "SMTPSenderRefused", "SMTPRecipientsRefused")


def remedy(match: Match[ServiceFacts], _answers: Answers) -> Remedy:
    """The message names the parameter or the state."""
    return Remedy(
        summary=f"{named(match.facts)} rejects the request: {ending(whole(match.because, match.raised))}",
        explanation="Rights and network are in order, and another try will be rejected as well: the request, or the state of what it names, has to change.",
        steps=(
            (
                "Find the parameter or the state that the message names, and compare it with the operator's arguments after templating "
                "(Airflow UI > the task > Rendered Templates)."
            ),
            "If the resource is in a state that does not allow it (disabled, updating, already running): bring it into the right one, or wait for it with a sensor.",
            "If it worked before: see what changed. A new version of the provider package may send other parameters.",
            f"Correct the arguments. {DEPLOY_DAG}",
        ),
        proof=FROM_TEXT,
    )


RULE = Rule(
    category=Category.DEPENDENCY,
    cause="request-invalid",
    may_heal=False,
    recognise=first_of(
        by_answer(ErrorClass.INVALID),
        by_complaint(Complaint.STATE, ServiceFacts),
        by_exception(*CLASSES, *OF_MAIL, facts=lambda *_: ServiceFacts(), strength=Strength.STRUCTURED),
    ),
    remedy=remedy,
    yields_to=(
        "query-failed",
        "xcom",
        "connection-invalid",
        "secrets-backend",
        "remote-job-failed",
        "out-of-memory",
        "disk-full",
        "kms-denied",
        "iam-denied",
        "resource-policy",
        "service-auth",
        "worker-lost",
        "dag-definition",
    ),
)
