"""Words of a log in a sentence of ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.diagnosis.quoting import LONGEST, ending, whole, with_rest, words
from responder.model import Raised

SAID = {
    "the module of a class goes": ("psycopg2.errors.UndefinedTable: no such table", "UndefinedTable: no such table"),
    "a class that says nothing goes": ("airflow.exceptions.AirflowException: Job failed.", "Job failed"),
    "so does the SDK's preamble": ("An error occurred (X) when calling the GetJob operation: Job a not found.", "Job a not found"),
    "and how often the SDK tried": ("botocore.exceptions.ClientError: An error occurred (X) when calling the RunInstances operation (reached max retries: 4): no capacity", "no capacity"),
    "what only announces takes the next line along": ("Invalid arguments were:\n**kwargs: {'sla': 1}\nmore", "Invalid arguments were: **kwargs: {'sla': 1}"),
    "a plain line stays": ("row 12: malformed", "row 12: malformed"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), SAID.values(), ids=list(SAID))
def test_what_says_nothing_to_a_reader_goes(text: str, said: str):
    assert words(text) == said
    assert ending(text) == f"{said}."


def test_a_question_or_a_cut_gets_no_full_stop():
    assert ending("Did you mean print(...)?") == "Did you mean print(...)?"
    assert ending("word " * 100).endswith(" …")


@given(st.text(max_size=1_000))
def test_it_is_one_line_that_fits(text: str):
    assert len(words(text)) <= LONGEST
    assert "\n" not in words(text)


def test_an_announcement_is_shown_with_what_it_announces():
    raised = Raised(
        "botocore.exceptions.ParamValidationError",
        'Parameter validation failed:\nUnknown parameter in input: "Stepz"',
        (),
    )
    line = ("botocore.exceptions.ParamValidationError: Parameter validation failed:",)
    assert with_rest(line, raised) == (*line, 'Unknown parameter in input: "Stepz"')
    assert (
        words(whole(line, raised))
        == 'ParamValidationError: Parameter validation failed: Unknown parameter in input: "Stepz"'
    )


def test_of_an_http_answer_the_body_tells_most():
    raised = Raised(
        "ApiException",
        '(403)\nReason: Forbidden\nHTTP response headers: {}\nHTTP response body: {"message":"exceeded quota"}',
        (),
    )
    assert with_rest(("ApiException: (403)",), raised)[-1] == 'HTTP response body: {"message":"exceeded quota"}'


def test_what_is_whole_stays_as_it_is():
    assert with_rest(("KeyError: 'a'",), Raised("KeyError", "'a'", ())) == ("KeyError: 'a'",)
    assert with_rest(("Parameter validation failed:",), None) == ("Parameter validation failed:",)
