"""AWS gets no, expired or invalid credentials.

Seen as: NoCredentialsError, ExpiredToken, InvalidClientTokenId, UnrecognizedClientException, SignatureDoesNotMatch, AuthFailure.
Comes from: access keys in a connection that were rotated or mistyped, a session held longer than it lasts, a region that is not opened.
"""

from __future__ import annotations

from responder.diagnosis.advice import EDIT_CONNECTION, FROM_TEXT, ROLE_DOCS
from responder.diagnosis.credential_classes import ADVICE, class_of
from responder.diagnosis.refusals import Refused, recognising
from responder.diagnosis.rule import Match, Rule
from responder.inquiry.question import Answers
from responder.model import Category, Remedy


def remedy(match: Match[Refused], _answers: Answers) -> Remedy:
    """Never a policy: nobody was recognised who could be allowed something."""
    why, step = ADVICE[class_of(match.facts.error_code, match.because[0])]
    code = f" ({match.facts.error_code})" if match.facts.error_code else ""
    return Remedy(
        summary=f"AWS does not accept the credentials that the task uses{code}.",
        explanation=f"{why} No policy is missing.",
        steps=(
            f"See which connection the task uses ({EDIT_CONNECTION}). Without keys in it MWAA uses the execution role, whose credentials renew themselves: remove the keys if they are not needed.",
            step,
        ),
        proof=FROM_TEXT,
        links=(ROLE_DOCS,),
    )


RULE = Rule(
    category=Category.PERMISSIONS,
    cause="credentials",
    may_heal=False,
    recognise=recognising("credentials"),
    remedy=remedy,
)
