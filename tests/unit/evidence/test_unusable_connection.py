"""Connections that cannot be used as they are set up."""

import pytest
from responder.evidence.unusable_connection import read_complaint, region_of


@pytest.mark.parametrize(
    ("text", "host"),
    [
        pytest.param('invalid dsn: invalid connection option "sslmod"', None, id="an unknown option"),
        pytest.param("No authentication methods available", None, id="neither key nor password"),
        pytest.param("fe_sendauth: no password supplied", None, id="no password"),
        pytest.param("Invalid URL 'api.example.com/x': No scheme supplied.", None, id="no scheme"),
        pytest.param("HTTPSConnectionPool(host='https', port=443): Max retries exceeded", "https", id="a URL as host"),
        pytest.param('could not translate host name "https://db.example.com" to address', "https://db.example.com", id="a URL as host of a database"),
        pytest.param('Could not connect to the endpoint URL: "https://glue.eu-wst-1.amazonaws.com/"', "glue.eu-wst-1.amazonaws.com", id="a region that there is not"),
        pytest.param('Could not connect to the endpoint URL: "https://secretsmanager.secretsmanager.amazonaws.com//"', "secretsmanager.secretsmanager.amazonaws.com", id="a service in the region's place"),
        pytest.param('Unknown hook type "trino"', None, id="an unknown type"),
        pytest.param('connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed', None, id="no host"),
    ],
)  # fmt: skip
def test_reads(text, host):
    complaint = read_complaint(text)
    assert complaint is not None
    assert complaint.host == host


@pytest.mark.parametrize(
    "text",
    [
        'Could not connect to the endpoint URL: "https://glue.eu-west-1.amazonaws.com/"',
        'Could not connect to the endpoint URL: "https://sts.amazonaws.com/"',
        'Could not connect to the endpoint URL: "https://bucket.s3.amazonaws.com/"',
        "HTTPSConnectionPool(host='api.example.com', port=443): Max retries exceeded",
        'connection to server at "10.0.0.7", port 5432 failed: Connection refused',
        "An error occurred (ValidationException) when calling X: missing host",
        "division by zero",
    ],
)
def test_leaves_alone(text):
    assert read_complaint(text) is None


@pytest.mark.parametrize(
    ("host", "region"),
    [
        ("glue.eu-west-1.amazonaws.com", "eu-west-1"),
        ("bucket.s3-us-west-2.amazonaws.com", "us-west-2"),
        ("vpce-1.s3.us-east-1.vpce.amazonaws.com", "us-east-1"),
        ("iam.amazonaws.com", None),
        ("bucket.s3.amazonaws.com", None),
        ("athena.eu-wst-1.amazonaws.com", "eu-wst-1"),
    ],
)
def test_region_of(host, region):
    assert region_of(host) == region
