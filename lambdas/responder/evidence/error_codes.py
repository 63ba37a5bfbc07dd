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
        "accessforbidden",
        "accesstoclusterdenied",
        "accesstosnapshotdenied",
        "authorization",  # SNS: AuthorizationError
        "authorizationerror",
        "forbidden",
        "insufficientprivileges",
        "kmskeynotaccessible",
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
    if name in _PERMISSION or name.startswith("permissiondenied") or "accessdenied" in name or of_policy(code):
        return Kind.PERMISSION
    if name in _CREDENTIALS:
        return Kind.CREDENTIALS
    return Kind.ACCOUNT if name in _ACCOUNT else None


def of_login(code: str) -> bool:
    """Whether a user pool turns down a name, a password or a token: a login of its own, no right and no key of AWS.

    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html. Other services that have the code
    say it with AWS's common sentence, which is read for itself.
    """
    return plain(code) == "notauthorized"


def of_policy(code: str) -> bool:
    """Whether a resource's own policy is what the code objects to: `InsufficientS3BucketPolicyException`."""
    name = plain(code)
    return name.startswith("insufficient") and name.endswith("policy")


def of_key(code: str | None) -> bool:
    """Whether a service says by its code that a key was refused: KMSAccessDenied, SQS's `KMS.AccessDeniedException`."""
    if code is None:
        return False
    name = plain(code)
    return name in {"kmsaccessdenied", "kmskeynotaccessible"} or (
        code.lower().startswith("kms.") and name == "accessdenied"
    )
