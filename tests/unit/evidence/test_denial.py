import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.denial import Kind, Layer, read_denials

from tests.unit.permissions import denial_texts, denial_texts_of_services
from tests.unit.permissions.denial_texts import ROLE, USER, boto

TEXTS = denial_texts.TEXTS + denial_texts_of_services.TEXTS
CREDENTIALS = {
    "expired": boto("ExpiredToken", "ListObjectsV2", "The provided token has expired."),
    "expired, in a json protocol": boto("ExpiredTokenException", "GetJob", "The security token included in the request is expired"),
    "unknown key": boto("InvalidClientTokenId", "GetCallerIdentity", "The security token included in the request is invalid."),
    "unknown key of s3": boto("InvalidAccessKeyId", "GetObject", "The AWS Access Key Id you provided does not exist in our records."),
    "unrecognised": boto("UnrecognizedClientException", "StartJobRun", "The security token included in the request is invalid."),
    "wrong secret": boto("SignatureDoesNotMatch", "PutObject", "The request signature we calculated does not match the signature you provided."),
    "ec2": boto("AuthFailure", "DescribeInstances", "AWS was not able to validate the provided access credentials"),
    "clock": boto("RequestTimeTooSkewed", "PutObject", "The difference between the request time and the current time is too large."),
    "none at all": "botocore.exceptions.NoCredentialsError: Unable to locate credentials",
    "the chain of java": "com.amazonaws.SdkClientException: Unable to load AWS credentials from any provider in the chain: [x]",
    "metadata service": "botocore.exceptions.CredentialRetrievalError: Error when retrieving credentials from Ec2InstanceMetadata: timed out",
}  # fmt: skip
LEFT_ALONE = {
    "a number": "403 rows loaded, 0 denied",
    "a word in data": "INFO - {'event': 'AccessDenied', 'n': 3}",
    "throttling": boto("ThrottlingException", "StartJobRun", "Rate exceeded"),
    "a limit on authorizations": boto("AuthorizationQuotaExceeded", "AuthorizeDBSecurityGroupIngress", "Too many"),
    "an authorization that exists": boto(
        "AuthorizationAlreadyExists", "AuthorizeClusterSecurityGroupIngress", "Exists"
    ),
    "a missing bucket": boto("NoSuchBucket", "ListObjectsV2", "The specified bucket does not exist"),
    "the operating system": "PermissionError: [Errno 13] Permission denied: '/usr/local/airflow/dags/x'",
    "google's storage": "<Error><Code>AccessDenied</Code><Message>Access denied.</Message><Details>Anonymous caller does not have storage.objects.get access</Details></Error>",
    "a process list": "psutil.AccessDenied: (pid=12)",
}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_reads(text):
    denial, *others = read_denials(text.text)
    assert (denial.principal, denial.resource, denial.layer, denial.explicit) == (
        text.principal,
        text.resource,
        text.layer,
        text.explicit,
    )
    assert denial.kind is Kind.PERMISSION
    assert others == []


@pytest.mark.parametrize("text", CREDENTIALS.values(), ids=CREDENTIALS)
def test_reads_credential_errors_apart(text):
    assert [each.kind for each in read_denials(text)] == [Kind.CREDENTIALS]


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_leaves_alone(text):
    assert read_denials(text) == ()


def test_the_denying_policy_is_read_where_the_text_prints_it():
    arn = "arn:aws:organizations::111122223333:policy/o-example/service_control_policy/p-example"
    text = f'{USER} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k" with an explicit deny in a service control policy: {arn}. Go to https://x for complete details'
    assert read_denials(text)[0].policy == arn


def test_the_authorization_id_is_read():
    text = f"{USER} is not authorized to perform: iam:GetRole on resource: role x with the following authorization id: 0a1b2c3d4e5f6a7b"
    assert read_denials(text)[0].authorization_id == "0a1b2c3d4e5f6a7b"


def test_the_encoded_message_is_read_whole():
    blob = "aB3_-xYz" * 900
    text = boto(
        "UnauthorizedOperation",
        "RunInstances",
        f"You are not authorized to perform this operation. Encoded authorization failure message: {blob}",
    )
    assert read_denials(text)[0].encoded == blob


def test_the_same_refusal_printed_twice_counts_once():
    text = boto(
        "AccessDenied",
        "GetObject",
        f'{USER} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k" because no identity-based policy allows the s3:GetObject action',
    )
    assert len(read_denials(f"{text}\nFailed to execute job 1 for task x ({text}; 12)")) == 1


def test_two_refusals_keep_their_order_and_their_own_operation():
    first, second = boto("403", "HeadBucket", "Forbidden"), boto("AccessDenied", "CreateBucket", "Access Denied")
    assert [each.operation for each in read_denials(f"{first}\n{second}")] == ["HeadBucket", "CreateBucket"]


def test_the_line_is_the_one_in_the_log():
    line = boto("AccessDenied", "CreateBucket", "Access Denied")
    assert read_denials(f"Traceback\n  x\n{line}\nmore")[0].line == line


def test_a_layer_is_not_taken_from_the_next_message():
    text = f"{boto('AccessDenied', 'GetObject', 'Access Denied')}\n{boto('AccessDenied', 'PutObject', USER + ' is not authorized to perform: s3:PutObject because no resource-based policy allows the s3:PutObject action')}"
    assert [each.layer for each in read_denials(text)] == [Layer.UNKNOWN, Layer.RESOURCE]


_PIECES = st.sampled_from(
    [
        "An error occurred (",
        "AccessDenied) when calling the PutObject operation: ",
        f"User: {ROLE} is not authorized to perform: ",
        "s3:PutObject",
        " on resource: ",
        '"arn:aws:s3:::b/k"',
        "because no ",
        "explicit deny in a ",
        "(Service: S3; Status Code: 403; ",
        "Encoded authorization failure message: ",
        "\\n",
        "\x1b[31m",
        "\u0130",
        "Insufficient Lake Formation permission(s): ",
    ]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=40)), max_size=40).map("".join))
def test_any_text_is_read_without_an_exception_into_something_small(text):
    denials = read_denials(text)
    assert len(denials) <= 25
    assert all(len(each.line) <= 1_000 for each in denials)


@given(st.binary(max_size=400))
def test_any_bytes_are_read(data):
    read_denials(data.decode("utf-8", "replace") + json.dumps(data.decode("latin-1")))


@pytest.mark.parametrize(
    "piece",
    [
        "is not authorized to perform: ",
        "An error occurred (X) when calling the Y operation: ",
        "(Service: X; Status Code: 403; Request ID: a) ",
        "arn:aws:iam::123456789012:role/ trust relationship ",
    ],
)
def test_a_line_of_near_matches_gives_a_bounded_number(piece):
    assert len(read_denials(piece * 30_000)) <= 25
