r"""The status of an HTTP response, as the clients that DAGs use print it.

429 Client Error: Too Many Requests for url: http://…          requests
500:Internal Server Error                                      Airflow's HttpHook
Client error '404 Not Found' for url 'https://…'               httpx
HTTP Error 503: Service Unavailable                            urllib
503, message='Service Unavailable', url=URL('https://…')       aiohttp
(409)⏎Reason: Conflict                                        kubernetes
404 POST https://bigquery.googleapis.com/…: Not found          google-api-core
<HttpError 403 when requesting https://… returned "…">         google-api-python-client
Response: b'…', Status Code: 429                               Databricks and others
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from responder.evidence.lazy_pattern import lazy

_CODE = r"(?P<code>[45]\d\d)"
_SHAPES = tuple(
    lazy(pattern)
    for pattern in (
        rf"\b{_CODE} (?:Client|Server) Error\b",
        rf"(?i)\b(?:client|server) error '{_CODE}\b",
        rf"(?i)\bHTTP ?Error:? {_CODE}\b",
        rf"(?i)\bHttpError {_CODE} when\b",
        rf"\b{_CODE}, message=",
        rf"\({_CODE}\)\s{{1,3}}Reason:",
        rf"\b{_CODE} (?:GET|POST|PUT|PATCH|DELETE|HEAD) https?://",
        rf"(?i)\bstatus(?:[ _]?code)?(?: was| of| is|:|=|\s)\s?[\"']?{_CODE}\b",
        rf"(?i)\bHTTP(?:/\d(?:\.\d)?)?[ :]{_CODE}\b",
        rf"(?i)\b(?:error|response) code[:=]? {_CODE}\b",
        rf"(?i)\b(?:returned|responded with|received|got)(?: an?)?(?: http)?(?: status| error| response)?(?: code)?:? {_CODE}\b",
        (
            rf"(?<!Tunnel connection failed: )\b{_CODE} (?:Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|Conflict|Gone|Unprocessable"
            r"|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out)"
        ),
        rf"(?:^|: |\s){_CODE}: ?[A-Z][a-z]+",
        rf"(?i)\bError {_CODE} \(",
        rf"Error\({_CODE}, ",  # elasticsearch
        rf"^(?!ftplib|error_)[\w.]{{1,120}}: {_CODE} [A-Z{{]",  # google-api-core; PyGithub, with the body
        rf"(?i)['\"](?:code|status|status_?code)['\"]: ?['\"]?{_CODE}\b",
    )
)
# Enough for the exception's own words; the body of a response may follow
_WINDOW = 2_000
# The proxy's word, not the service's; a body that broke off, which aiohttp calls 400 itself; what a waiter still waited for
_NO_ANSWER = (
    "Tunnel connection failed",
    "ClientPayloadError",
    "Response payload is not completed",
    "Previously accepted state: ",
)
_URL_HOST = lazy(r"https?://(?:[^/@\s'\"]{1,100}@)?(?P<host>[\w.-]{1,253})")


class HttpStatus(NamedTuple):
    """A response that says no."""

    code: int
    host: str | None  # as the text names it
    start: int  # where in the text it is said


# Several causes ask about the same few texts of one failure
@lru_cache(maxsize=128)
def read_status(text: str) -> HttpStatus | None:
    """The first status from 400 up, None where the text states none."""
    window = text[:_WINDOW]
    if any(words in window for words in _NO_ANSWER):
        return None
    matches = [match for shape in _SHAPES if (match := shape.search(window))]
    if not matches:
        return None
    first = min(matches, key=re.Match.start)
    host = _URL_HOST.search(window)
    return HttpStatus(int(first["code"]), host["host"] if host else None, first.start())
