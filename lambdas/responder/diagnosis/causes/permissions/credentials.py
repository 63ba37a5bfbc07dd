"""AWS gets no, expired or invalid credentials.

Seen as: NoCredentialsError, ExpiredToken, InvalidClientTokenId, UnrecognizedClientException, SignatureDoesNotMatch, AuthFailure.
Comes from: access keys in a connection that were rotated or mistyped, a session held longer than it lasts, a region that is not opened.
"""

from __future__ import annotations

from responder.diagnosis.advice import EDIT_CONNECTION, FROM_TEXT, ROLE_DOCS
from responder.diagnosis.refusals import Refused, recognising
from responder.diagnosis.rule import Match, Rule
from responder.evidence.error_codes import plain
from responder.inquiry.question import Answers
from responder.model import Category, Remedy

_ADVICE: dict[str, tuple[str, str]] = {
    "expired": (
        "The temporary credentials had run out. A client or session that is made once and kept, or handed from task to task, outlives its token.",
        "Make the client inside the task, right before it is used; for work of many hours let a hook or boto3 renew it (no static aws_session_token in the connection).",
    ),
    "unknown": (
        "AWS does not know the access key: it was deleted or rotated, belongs to another partition, or the region is one that the account has not opened.",
        "Check the region of the call: a region that is not opened answers the same (AWS console > Account > AWS Regions).",
    ),
    "signature": (
        "The secret key does not fit the access key: a part is missing, a character was encoded, or the clock is wrong.",
        "Enter the secret key anew; in a connection's URI `/` and `+` have to be percent-encoded.",
    ),
    "none": (
        "No credentials were found. On MWAA the execution role's are there without any setting, unless a profile, a variable or an empty connection hides them.",
        "Leave the keys of the AWS connection empty, and set no AWS_PROFILE, AWS_ACCESS_KEY_ID or credentials file for the process; code that runs in a container or on another machine needs a role of its own.",
    ),
    "account": (
        "The account as a whole may not use this service or region.",
        "Open the region or subscribe to the service in the account (AWS console > Account > AWS Regions), or call another region.",
    ),
}
_CLASSES = {
    "expiredtoken": "expired",
    "expiredtokenid": "expired",
    "requestexpired": "expired",
    "tokenrefreshrequired": "expired",
    "signaturedoesnotmatch": "signature",
    "invalidsignature": "signature",
    "incompletesignature": "signature",
    "requesttimetooskewed": "signature",
    "invalidclienttokenid": "unknown",
    "unrecognizedclient": "unknown",
    "invalidaccesskeyid": "unknown",
    "invalidtoken": "unknown",
    "invalidsecurity": "unknown",
    "authfailure": "unknown",
    "optinrequired": "account",
    "subscriptionrequired": "account",
    "accountproblem": "account",
    "notsignedup": "account",
    "allaccessdisabled": "account",
}


def _class_of(match: Match[Refused]) -> str:
    code = match.facts.error_code
    if code:
        return _CLASSES.get(plain(code), "unknown")
    return "expired" if "expired" in match.because[0].lower() else "none"


def remedy(match: Match[Refused], _answers: Answers) -> Remedy:
    """Never a policy: nobody was recognised who could be allowed something."""
    why, step = _ADVICE[_class_of(match)]
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
