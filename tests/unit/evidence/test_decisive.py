"""Which words decide."""

from responder.evidence.decisive import is_opaque

from tests.stand_ins.task_log import CLEAR, END, HEAD, OPAQUE, evidence

BEFORE = "[2026-11-22T09:41:00.000+0000] {{a.py:1}} ERROR - connection refused, trying again\n"
OUTPUT = "[2026-11-22T09:41:00.100+0000] {{subprocess.py:106}} INFO - curl: (6) Could not resolve host: x\n"


def texts(*parts: str) -> list[str]:
    return [said.text for said in evidence(*parts).decisive]


def test_an_exception_that_says_why_is_all_that_counts():
    found = texts(BEFORE, OUTPUT, HEAD, CLEAR, END)
    assert "ZeroDivisionError: division by zero" in found
    assert not any("refused" in text or "resolve" in text for text in found)


def test_behind_a_wrapper_what_was_printed_and_logged_before_counts_too():
    found = texts(BEFORE, OUTPUT, HEAD, OPAQUE, END)
    assert any("Could not resolve host" in text for text in found)
    assert any("connection refused" in text for text in found)


def test_a_wrapper_is_opaque_and_an_error_of_code_is_not():
    assert is_opaque(evidence(HEAD, OPAQUE, END))
    assert not is_opaque(evidence(HEAD, CLEAR, END))
