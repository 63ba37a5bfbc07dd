"""Filter patterns, by the examples of CloudWatch Logs' documentation."""

import json

import pytest

from cli.sandbox.log_filter import compile_filter
from cli.sandbox.log_filter_syntax import BadPattern

TEXTS = [
    ("an empty pattern wants everything", "", "anything", True),
    ("so does a quoted nothing", '""', "anything", True),
    ("a term anywhere", "ERROR", "[x] ERROR: no", True),
    ("terms are compared with case", "ERROR", "error", False),
    ("several terms: all of them", "ERROR ARGUMENTS", "ERROR 1 ARGUMENTS", True),
    ("several terms: one is missing", "ERROR ARGUMENTS", "ERROR 1", False),
    ("optional terms: any of them", "?ERROR ?WARN", "a WARN b", True),
    ("optional terms: none of them", "?ERROR ?WARN", "INFO", False),
    ("a phrase with its spaces", '"INTERNAL SERVER ERROR"', "500 INTERNAL SERVER ERROR", True),
    ("a phrase is not its words", '"SERVER INTERNAL"', "INTERNAL SERVER ERROR", False),
    ("optional phrases", '?"Task failed" ?"exit code"', "the exit code is 1", True),
    ("an excluded term", "ERROR -ARGUMENTS", "ERROR ARGUMENTS", False),
    ("an excluded term that is absent", "ERROR -ARGUMENTS", "ERROR 1", True),
    ("only exclusion", "-DEBUG", "INFO", True),
    ("beside other terms, optional ones are ignored", "?ERROR WARN", "ERROR", False),
    ("beside excluded ones too", '?ERROR -"WARN"', "INFO", True),
    ("a regular expression", "%return code -?[1-9]%", "Task exited with return code -9", True),
    ("an escaped quote", r'"say \"no\""', 'they say "no" again', True),
    ("a phrase over lines", '"Traceback"', "one\nTraceback (most recent call last)\ntwo", True),
]


@pytest.mark.parametrize(("pattern", "message", "wanted"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_terms(pattern, message, wanted):
    assert compile_filter(pattern)(message) is wanted


RECORD = {
    "level": "error",
    "exit_code": 1,
    "ok": False,
    "none": None,
    "ratio": 0.5,
    "error_detail": [{"exc_type": "ValueError"}, {"exc_type": "KeyError"}],
    "odd key": {"x": "y"},
}
RECORDS = [
    ("equal text", '{ $.level = "error" }', True),
    ("text with case", '{ $.level = "ERROR" }', False),
    ("unequal text", '{ $.level != "info" }', True),
    ("a wildcard", '{ $.level = "err*" }', True),
    ("an index into a list", '{ $.error_detail[0].exc_type = "ValueError" }', True),
    ("any member of a list", '{ $.error_detail[*].exc_type = "KeyError" }', True),
    ("a number", "{ $.exit_code = 1 }", True),
    ("a number, greater", "{ $.exit_code > 0 }", True),
    ("a number, not less", "{ $.ratio >= 0.75 }", False),
    ("a number is no text", "{ $.level = 1 }", False),
    ("both", '{ $.level = "error" && $.exit_code = 2 }', False),
    ("either", '{ ($.level = "info") || ($.exit_code = 1) }', True),
    ("parentheses first", '{ ($.level = "info" || $.level = "error") && $.exit_code = 1 }', True),
    ("is null", "{ $.none IS NULL }", True),
    ("is false", "{ $.ok IS FALSE }", True),
    ("is true", "{ $.ok IS TRUE }", False),
    ("does not exist", "{ $.signal NOT EXISTS }", True),
    ("exists", "{ $.level NOT EXISTS }", False),
    ("a quoted key", "{ $.['odd key'].x = \"y\" }", True),
    ("a regular expression", "{ $.level = %^err% }", True),
    ("an absent key is unequal to nothing", '{ $.signal != "x" }', False),
    ("a structure is no value", '{ $.error_detail = "*" }', False),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "wanted"), [row[1:] for row in RECORDS], ids=[row[0] for row in RECORDS])
def test_json(pattern, wanted):
    assert compile_filter(pattern)(json.dumps(RECORD)) is wanted


def test_a_pattern_for_json_wants_no_text():
    assert not compile_filter('{ $.level = "*" }')("level = error")


@pytest.mark.parametrize(
    "pattern",
    [
        "x" * 1025,
        "[ip, user]",
        "two-words",
        '{ $.a = "x"',
        '{ $.a ~ "x" }',
        '{ $.a > "x" }',
        '{ $.a = "x" } more',
        '"open',
    ],
)
def test_refuses(pattern):
    with pytest.raises(BadPattern):
        compile_filter(pattern)
