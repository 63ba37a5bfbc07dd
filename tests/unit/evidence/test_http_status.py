"""Statuses of HTTP as clients print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.http_status import read_status


@pytest.mark.parametrize(
    ("text", "code", "host"),
    [
        pytest.param("429 Client Error: Too Many Requests for url: https://api.example.com/x", 429, "api.example.com", id="requests"),
        pytest.param("500:Internal Server Error", 500, None, id="HttpHook"),
        pytest.param("Client error '404 Not Found' for url 'https://api.example.com/x'", 404, "api.example.com", id="httpx"),
        pytest.param("HTTP Error 503: Service Unavailable", 503, None, id="urllib"),
        pytest.param("404, message='Not Found', url='http://10.0.0.1:80/x'", 404, "10.0.0.1", id="aiohttp"),
        pytest.param("(409)\nReason: Conflict\nHTTP response body: {}", 409, None, id="kubernetes"),
        pytest.param("403 GET https://storage.googleapis.com/x: Forbidden", 403, "storage.googleapis.com", id="google-api-core"),
        pytest.param('<HttpError 403 when requesting https://sheets.googleapis.com/v4 returned "x">', 403, "sheets.googleapis.com", id="google-api-python-client"),
        pytest.param("Response: b'{}', Status Code: 400", 400, None, id="Databricks"),
        pytest.param("BadRequestError(400, 'parsing_exception', 'x')", 400, None, id="Elasticsearch"),
        pytest.param('github.UnknownObjectException: 404 {"message": "Not Found"}', 404, None, id="PyGithub"),
        pytest.param("Error code: 429 - {'error': {}}", 429, None, id="OpenAI"),
    ],
)  # fmt: skip
def test_reads(text, code, host):
    status = read_status(text)
    assert status is not None
    assert (status.code, status.host) == (code, host)


@pytest.mark.parametrize(
    "text",
    [
        "Response payload is not completed: <ContentLengthError: 400, message='Not enough data'>",
        "Waiter ObjectExists failed: Max attempts exceeded. Previously accepted state: Matched expected HTTP status code: 404",
        "200 OK",
        "404",
        "row 503 of 600",
        "KeyError: 404",
        "loaded 500 rows",
        "port=5432",
        "exit code 137",
        "took 429 seconds",
    ],
)
def test_leaves_alone(text):
    assert read_status(text) is None


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_crash(text):
    status = read_status(text)
    assert status is None or 400 <= status.code <= 599
