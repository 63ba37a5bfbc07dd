import pytest
from responder.evidence.gather import gather
from responder.intake.event import read_text

DENIAL = "User: arn:aws:sts::123456789012:assumed-role/x/s is not authorized to perform: s3:GetObject because no identity-based policy allows the s3:GetObject action"
PASTED = {
    "an exception's last line": ("ModuleNotFoundError: No module named 'pandas'", "ModuleNotFoundError"),
    "an exception of a library": ("botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the GetObject operation: Access Denied", "ClientError"),
    "what botocore says": ("An error occurred (403) when calling the HeadObject operation: Forbidden", None),
    "a refusal and nothing else": (DENIAL, None),
}  # fmt: skip
LEFT_ALONE = {
    "words": "all went well, 3 files copied",
    "a log that says when": "[2026-11-22T09:45:14.857+0000] {load.py:12} INFO - ValueError: printed on purpose",
}


@pytest.mark.parametrize(("text", "name"), PASTED.values(), ids=PASTED)
def test_an_error_without_its_log_is_a_failure(text, name):
    evidence = gather(read_text(text)[0])
    assert evidence.failed
    assert (evidence.chain.last.name if evidence.chain else None) == name


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_a_log_or_mere_words_are_none(text):
    assert not gather(read_text(text)[0]).failed
