"""Which error codes of AWS mean a missing right, which mean credentials, which the account.

Taken from botocore's models and https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html; the ending
`Exception`, `Fault` or `Error`, a prefix such as `Client.` and the case do not matter. The status of the response says
nothing: services with a JSON protocol refuse with 400.
"""

from __future__ import annotations

import re

from responder.evidence.refusal import Kind

_PERMISSION = frozenset(
    {
        "403",
        "403forbidden",
        "accessdenied",
        "accessdeniedfordependency",
        "accessforbidden",
        "accesstoclusterdenied",
        "accesstosnapshotdenied",
        "authorization",  # SNS: AuthorizationError
        "authorizationerror",
        "dependentserviceaccessdenied",
        "forbidden",
        "insufficientprivileges",
        "kmsaccessdenied",
        "kmskeynotaccessible",
        "notauthorized",
        "s3accessdenied",
        "s3accessdeniedfault",
        "snsnoauthorization",
        "unauthorized",
        "unauthorizedaccess",
        "unauthorizedoperation",
    }
)
_CREDENTIALS = frozenset(
    {
        "authfailure",
        "credentialretrieval",
        "expiredtoken",
        "expiredtokenid",
        "incompletesignature",
        "invalidaccesskeyid",
        "invalidclienttokenid",
        "invalididentitytoken",
        "invalidsecurity",
        "invalidsignature",
        "invalidtoken",
        "missingauthenticationtoken",
        "missingsecurityheader",
        "requestexpired",
        "requesttimetooskewed",
        "signaturedoesnotmatch",
        "tokenrefreshrequired",
        "unrecognizedclient",
    }
)
_ACCOUNT = frozenset(
    {
        "accountproblem",
        "allaccessdisabled",
        "notsignedup",
        "optinrequired",
        "pendingverification",
        "regiondisabled",
        "subscriptionrequired",
    }
)
_ENDING = re.compile(r"(?:exception|fault|error)$")


def plain(code: str) -> str:
    """The code in the spelling of the tables above."""
    return _ENDING.sub("", code.rpartition(".")[2].replace(" ", "").lower())


def kind_of(code: str) -> Kind | None:
    """What a code means; None where it is no refusal."""
    name = plain(code)
    if name in _PERMISSION or name.startswith("permissiondenied"):
        return Kind.PERMISSION
    if name in _CREDENTIALS:
        return Kind.CREDENTIALS
    return Kind.ACCOUNT if name in _ACCOUNT else None


def of_key(code: str | None) -> bool:
    """Whether a service says by its code that a key was refused: KMSAccessDenied, SQS's `KMS.AccessDeniedException`."""
    if code is None:
        return False
    name = plain(code)
    return name in {"kmsaccessdenied", "kmskeynotaccessible"} or (
        code.lower().startswith("kms.") and name == "accessdenied"
    )
