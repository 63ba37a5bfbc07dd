"""Codes of AWS by what they mean for the person who acts."""

import pytest
from botocore.retries.standard import ThrottledRetryableChecker
from responder.evidence.aws_error_class import ErrorClass, class_of, class_of_code
from responder.model import AwsError


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("ThrottlingException", ErrorClass.THROTTLED),
        ("TooManyRequestsException", ErrorClass.THROTTLED),
        ("SlowDown", ErrorClass.THROTTLED),
        ("RequestLimitExceeded", ErrorClass.THROTTLED),
        ("ProvisionedThroughputExceededException", ErrorClass.THROTTLED),
        ("ConcurrentRunsExceededException", ErrorClass.QUOTA),
        ("ResourceLimitExceeded", ErrorClass.QUOTA),
        ("ServiceQuotaExceededException", ErrorClass.QUOTA),
        ("TooManyBuckets", ErrorClass.QUOTA),
        ("VcpuLimitExceeded", ErrorClass.QUOTA),
        ("NoSuchKey", ErrorClass.NOT_FOUND),
        ("404", ErrorClass.NOT_FOUND),
        ("EntityNotFoundException", ErrorClass.NOT_FOUND),
        ("AWS.SimpleQueueService.NonExistentQueue", ErrorClass.NOT_FOUND),
        ("InvalidInstanceID.NotFound", ErrorClass.NOT_FOUND),
        ("StateMachineDoesNotExist", ErrorClass.NOT_FOUND),
        ("InternalServerError", ErrorClass.FAULT),
        ("ServiceUnavailable", ErrorClass.FAULT),
        ("RequestTimeout", ErrorClass.FAULT),
        ("503", ErrorClass.FAULT),
        ("InsufficientInstanceCapacity", ErrorClass.FAULT),
        ("ValidationException", ErrorClass.INVALID),
        ("InvalidParameterValue", ErrorClass.INVALID),
        ("TextSizeLimitExceededException", ErrorClass.INVALID),
        ("ResourceInUse", ErrorClass.INVALID),
        ("AccessDeniedException", ErrorClass.REFUSED),
        ("403", ErrorClass.REFUSED),
        ("ExpiredToken", ErrorClass.REFUSED),
    ],
)
def test_by_code(code, meaning):
    assert class_of_code(code) is meaning


@pytest.mark.parametrize(
    ("code", "message", "meaning"),
    [
        pytest.param("ClientException", "Rate exceeded", ErrorClass.THROTTLED, id="a rate behind a general code"),
        pytest.param("LimitExceededException", "Rate exceeded", ErrorClass.THROTTLED, id="a rate behind a limit's code"),
        pytest.param("ValidationException", "Maximum number of active steps for cluster exceeded.", ErrorClass.QUOTA, id="a number behind a general code"),
        pytest.param("ValidationError", "Stack with id x does not exist", ErrorClass.NOT_FOUND, id="an absence behind a general code"),
        pytest.param("ValidationException", "Could not find endpoint x.", ErrorClass.NOT_FOUND, id="SageMaker's absence"),
        pytest.param("ClientException", "JobQueue x is in DISABLED state", ErrorClass.INVALID, id="a state"),
        pytest.param("NoSuchBucket", "Rate exceeded", ErrorClass.NOT_FOUND, id="a telling code needs no message"),
    ],
)  # fmt: skip
def test_by_message_where_the_code_says_little(code, message, meaning):
    assert class_of(AwsError(code, message)) is meaning


def test_what_botocore_itself_retries_as_throttling_is_throttling():
    """Besides LimitExceededException, which most services use for a number of things."""
    codes = set(ThrottledRetryableChecker._THROTTLED_ERROR_CODES) - {"LimitExceededException"}
    assert {code for code in codes if class_of_code(code) is not ErrorClass.THROTTLED} == set()
