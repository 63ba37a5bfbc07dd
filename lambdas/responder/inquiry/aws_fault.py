"""What a refused or failed AWS call means to the reader of a message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from responder.inquiry.question import Budget, CouldNot

REFUSALS = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "Forbidden", "403"}
THROTTLES = {"Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded", "SlowDown"}
ABSENCES = {"ResourceNotFoundException", "NoSuchKey", "NoSuchBucket", "NoSuchVersion", "NoSuchEntity", "404"}
NO_CREDENTIALS = {"NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError"}


@contextmanager
def told_as_could_not(action: str, subject: str) -> Iterator[None]:
    """Turns any fault of the AWS SDK into CouldNot. `action`: the IAM action; `subject`: what it was asked of."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        raise CouldNot(_words(error.response, action, subject)) from error
    except BotoCoreError as error:
        name = type(error).__name__
        why = "no AWS credentials were found" if name in NO_CREDENTIALS else f"AWS did not answer ({name})"
        raise CouldNot(f"{why} when {action} was called for {subject}") from error


def in_time(budget: Budget) -> None:
    """Raises CouldNot where no time is left to start a call."""
    if budget.left() <= 0:
        raise CouldNot("the time for look-ups had run out")


def _words(response: Any, action: str, subject: str) -> str:
    code = str(response.get("Error", {}).get("Code", "unknown"))
    if code in REFUSALS:
        return f"the responder's own role may not call {action} on {subject}"
    if code in ABSENCES:
        return f"{subject} does not exist ({code})"
    if code in THROTTLES:
        return f"AWS throttled {action} ({code})"
    return f"{action} failed for {subject} ({code})"
