"""What is wrong with credentials that AWS does not accept, by the error code or the words of the log, and the advice for each kind."""

from __future__ import annotations

from responder.evidence.error_codes import plain

ADVICE: dict[str, tuple[str, str]] = {
    "expired": (
        "The temporary credentials had run out. A client or session that is made once and kept, or handed from task to task, outlives its token.",
        "Make the client inside the task, right before it is used; for work of many hours let a hook or boto3 renew it (no static aws_session_token in the connection).",
    ),
    "unknown": (
        "AWS does not know the access key: it was deleted or rotated, belongs to another partition, or the region is one that the account has not opened.",
        "If keys have to stay: enter a valid pair. If they are valid, check the region of the call: one that is not opened answers the same (AWS console > Account > AWS Regions).",
    ),
    "signature": (
        "The secret key does not fit the access key: a part is missing, a character was encoded, or the clock is wrong.",
        "Enter the secret key anew; in a connection's URI `/` and `+` have to be percent-encoded.",
    ),
    "none": (
        "No credentials were found. On MWAA the execution role's are there without any setting, unless a profile, a variable or an empty connection hides them.",
        "Leave the keys of the AWS connection empty, and set no AWS_PROFILE, AWS_ACCESS_KEY_ID or credentials file for the process; code that runs in a container or on another machine needs a role of its own.",
    ),
    "mfa": (
        "The role or session is only given with a code of a second factor (MFA), which a task cannot enter.",
        "Let the task use a role that asks for none: the execution role, or one whose trust policy names it without aws:MultiFactorAuthPresent.",
    ),
    "token": (
        "AWS STS does not accept the web identity token: no identity provider of that account stands for its issuer, its audience is another, or it has expired.",
        "Check IAM > Identity providers in the account of the role (issuer, audience), and how old the token file is (AWS_WEB_IDENTITY_TOKEN_FILE).",
    ),
    "account": (
        "The account as a whole may not use this service or region.",
        "Open the region or subscribe to the service in the account (AWS console > Account > AWS Regions), or call another region.",
    ),
}
# Where the code is one that other refusals have as well
_SAID = (
    ("multifactorauthentication failed", "mfa"),
    ("anonymous users cannot", "none"),
    ("a non-empty access key (akid) must be provided", "none"),
)
_CLASSES = {
    "expiredtoken": "expired",
    "expiredtokenid": "expired",
    "requestexpired": "expired",
    "tokenrefreshrequired": "expired",
    "invalididentitytoken": "token",
    "expiredidentitytoken": "token",
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
    "regiondisabled": "account",
    "allaccessdisabled": "account",
}


def class_of(code: str | None, line: str) -> str:
    """A key of `ADVICE`; `line` is the one that the log refuses with."""
    low = line.lower()
    if said := next((kind for words, kind in _SAID if words in low), None):
        return said
    if code:
        return _CLASSES.get(plain(code), "unknown")
    return "expired" if "expired" in low else "none"
