"""Which errors of AWS go away by themselves, and which need a person."""

from __future__ import annotations

from responder.notify.channel import Undelivered

# Of SNS, Secrets Manager, EventBridge and KMS behind them: no later try of the same call will do better.
_FOR_GOOD = frozenset({
    "NotFound", "NotFoundException", "ResourceNotFoundException", "AuthorizationError", "AuthorizationErrorException", "AccessDenied",
    "AccessDeniedException", "InvalidParameter", "InvalidParameterException", "InvalidParameterValue", "InvalidParameterValueException",
    "ValidationException", "ValidationError", "InvalidRequestException", "EndpointDisabled", "EndpointDisabledException", "InvalidSecurity",
    "KMSAccessDenied", "KMSAccessDeniedException", "KMSDisabled", "KMSDisabledException", "KMSInvalidState", "KMSInvalidStateException", "KMSNotFound",
    "KMSNotFoundException", "KMSOptInRequired", "DecryptionFailure", "MalformedDetail", "InvalidArgument", "NotAuthorizedForSourceException",
    "NotAuthorizedForDetailTypeException",
})  # fmt: skip


def undelivered(what: str, error: Exception) -> Undelivered:
    """The error of a call as a reason: its code, never its text, which may quote what was sent."""
    response = getattr(error, "response", None)
    code = response.get("Error", {}).get("Code", "") if isinstance(response, dict) else ""
    return refusal(what, code or type(error).__name__)


def refusal(what: str, code: str) -> Undelivered:
    return Undelivered(f"{what} ({code})", recoverable=code not in _FOR_GOOD)
