"""Tracebacks as Python prints them, and as logs mangle them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.traceback import MESSAGE_LIMIT, MOST_LINKS, read_traceback

OWN = "/usr/local/airflow/dags/load.py"
PLAIN = f'Traceback (most recent call last):\n  File "{OWN}", line 9, in load\n    return a / b\n           ~~^~~\nZeroDivisionError: division by zero'
CAUSED = (
    f'Traceback (most recent call last):\n  File "{OWN}", line 5, in parse\n    int(text)\nValueError: bad\n\n'
    "The above exception was the direct cause of the following exception:\n\n"
    f'Traceback (most recent call last):\n  File "{OWN}", line 8, in load\n    parse()\nRuntimeError: outer'
)
HANDLED = CAUSED.replace(
    "The above exception was the direct cause of the following exception:",
    "During handling of the above exception, another exception occurred:",
)
GROUP = f"""  + Exception Group Traceback (most recent call last):
  |   File "{OWN}", line 21, in check
  |     raise ExceptionGroup("checks", found)
  | ExceptionGroup: checks (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "{OWN}", line 8, in audit
    |     raise LookupError(name)
    | LookupError: fx
    +---------------- 2 ----------------
    | Traceback (most recent call last):
    |   File "{OWN}", line 8, in audit
    | LookupError: tax
    +------------------------------------"""
SYNTAX = f'Traceback (most recent call last):\n  File "<frozen importlib._bootstrap>", line 241, in _call\n  File "{OWN}", line 6\n    with DAG("x" as dag:\n             ^^\nSyntaxError: invalid syntax'
MANY_LINES = PLAIN.replace("division by zero", 'relation "x" does not exist\nLINE 1: select\n        ^')
SPACED = PLAIN.replace("\n  File", "\n\n  File").replace("\nZero", "\n\nZero")


@pytest.mark.parametrize(
    ("text", "types"),
    [
        pytest.param(PLAIN, ["ZeroDivisionError"], id="one exception"),
        pytest.param(CAUSED, ["ValueError", "RuntimeError"], id="a cause comes first"),
        pytest.param(HANDLED, ["ValueError", "RuntimeError"], id="so does what was being handled"),
        pytest.param(GROUP, ["LookupError", "LookupError", "ExceptionGroup"], id="members of a group come before it"),
        pytest.param(SYNTAX, ["SyntaxError"], id="a syntax error"),
        pytest.param(MANY_LINES, ["ZeroDivisionError"], id="a message of many lines"),
        pytest.param(SPACED, ["ZeroDivisionError"], id="blank lines between the frames"),
        pytest.param(PLAIN.split("\n", 1)[1], ["ZeroDivisionError"], id="the header was cut off"),
        pytest.param(
            PLAIN.replace("ZeroDivisionError: division by zero", "MemoryError"), ["MemoryError"], id="no message"
        ),
        pytest.param(
            "\n".join(CAUSED.split("\n")[:5]), ["ValueError"], id="the end was cut off after the first of two"
        ),
    ],
)
def test_reads(text, types):
    _, chain = read_traceback(text)
    assert [raised.type for raised in chain.links] == types


def test_an_explicit_cause_is_told_from_an_accident():
    assert read_traceback(CAUSED)[1].root.is_cause
    assert not read_traceback(HANDLED)[1].root.is_cause


def test_frames_keep_place_and_source_line():
    frame = read_traceback(f"Task failed with exception\n{PLAIN}")[1].last.frames[-1]
    assert (frame.file, frame.line, frame.function, frame.code) == (OWN, 9, "load", "return a / b")


def test_a_syntax_error_has_the_parsers_place():
    syntax = read_traceback(SYNTAX)[1].last.syntax
    assert (syntax.file, syntax.line, syntax.text) == (OWN, 6, 'with DAG("x" as dag:')


def test_a_message_keeps_its_lines_and_the_text_before_is_kept_apart():
    before, chain = read_traceback(f"Task failed with exception\n{MANY_LINES}")
    assert before == "Task failed with exception"
    assert chain.last.message.split("\n")[1] == "LINE 1: select"


def test_of_two_printed_tracebacks_the_last_counts():
    text = f"{PLAIN}\nretrying\n{PLAIN.replace('ZeroDivisionError', 'KeyError')}"
    assert read_traceback(text, printed=True)[1].root.type == "KeyError"


def test_a_traceback_inside_a_message_comes_before_its_exception():
    text = f"{PLAIN.replace('division by zero', 'the job said')}\n{PLAIN.replace('ZeroDivisionError', 'KeyError')}"
    assert [raised.type for raised in read_traceback(text)[1].links] == ["KeyError", "ZeroDivisionError"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("all good", id="plain words"),
        pytest.param('Stacktrace: \n  File "x.py", line 1, in <module>\n    main()', id="a stack without an exception"),
        pytest.param("Traceback column kept: 3", id="the word alone"),
        pytest.param("Traceback (most recent call last):", id="a header alone"),
    ],
)
def test_leaves_alone(text):
    assert read_traceback(text)[1] is None


_PIECES = st.sampled_from(
    [*PLAIN.split("\n"), *CAUSED.split("\n"), *GROUP.split("\n"), *SYNTAX.split("\n"), "", " ", "|", "+"]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=40)), max_size=60), st.booleans())
def test_any_lines_give_a_bounded_chain(lines, printed):
    before, chain = read_traceback("\n".join(lines), printed=printed)
    assert len(before) <= len("\n".join(lines))
    assert chain is None or 0 < len(chain.links) <= MOST_LINKS
    assert all(len(raised.message) <= MESSAGE_LIMIT for raised in (chain.links if chain else ()))


def test_a_thousand_nested_headers_stay_bounded():
    _, chain = read_traceback("Traceback (most recent call last):\n" * 5_000 + PLAIN)
    assert chain is None or len(chain.links) <= MOST_LINKS
