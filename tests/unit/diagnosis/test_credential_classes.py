import pytest
from responder.diagnosis.credential_classes import ADVICE, class_of

LINES = {
    "run out": ("ExpiredToken", "The provided token has expired.", "expired"),
    "unknown": ("InvalidClientTokenId", "The security token included in the request is invalid.", "unknown"),
    "wrong secret": ("SignatureDoesNotMatch", "The request signature we calculated does not match", "signature"),
    "none": (None, "Unable to locate credentials", "none"),
    "run out, no code": (None, "The security token included in the request is expired", "expired"),
    "a region that is closed": ("RegionDisabledException", "STS is not activated in this region", "account"),
    "a second factor": ("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.", "mfa"),
    "unsigned": ("AccessDenied", "Anonymous users cannot initiate multipart uploads.", "none"),
    "an empty key": ("AuthorizationHeaderMalformed", "a non-empty Access Key (AKID) must be provided", "none"),
}


@pytest.mark.parametrize(("code", "line", "kind"), LINES.values(), ids=LINES)
def test_what_is_wrong_with_them(code, line, kind):
    assert class_of(code, line) == kind
    assert kind in ADVICE
