"""Errors of AWS in every envelope."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.aws_error import MOST, read_aws_errors


@pytest.mark.parametrize(
    ("text", "code", "operation", "service"),
    [
        pytest.param("An error occurred (AccessDenied) when calling the PutObject operation: Access Denied", "AccessDenied", "PutObject", None, id="botocore"),
        pytest.param("x: An error occurred (ThrottlingException) when calling the RunJobFlow operation (reached max retries: 4): Rate exceeded", "ThrottlingException", "RunJobFlow", None, id="with retries"),
        pytest.param("An error occurred (404) when calling the HeadObject operation: Not Found", "404", "HeadObject", None, id="a status for a code"),
        pytest.param("Waiter JobRunning failed: An error occurred (AccessDeniedException): not authorized", "AccessDeniedException", None, None, id="waiter"),
        pytest.param("com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 1)", "AccessDenied", None, "s3", id="Java 1"),
        pytest.param("software.amazon.awssdk.services.glue.model.EntityNotFoundException: no table (Service: Glue, Status Code: 400, Request ID: 1)", "EntityNotFound", None, "glue", id="Java 2"),
        pytest.param("operation error ECS: RunTask, https response error StatusCode: 400, RequestID: 1, api error ClusterNotFoundException: Cluster not found.", "ClusterNotFoundException", "RunTask", "ecs", id="Go 2"),
    ],
)  # fmt: skip
def test_reads(text, code, operation, service):
    (error,) = read_aws_errors(text)
    assert (error.code, error.operation, error.service) == (code, operation, service)
    assert error.line in text


@pytest.mark.parametrize(
    "text", ["An error occurred while reading", "(Service: x)", "operation error", "no error occurred"]
)
def test_leaves_alone(text):
    assert read_aws_errors(text) == ()


@given(st.text(alphabet="An eroccurd(Service:;StatuCde40) wlighPutObjop\n", max_size=400))
def test_any_text_gives_few_errors(text):
    assert len(read_aws_errors(text)) <= MOST


def test_a_text_full_of_near_matches_stays_bounded():
    assert len(read_aws_errors("An error occurred (" * 50_000)) <= MOST
