import pytest
from responder.evidence.flat_text import flat, unboxed

TEXTS = {
    "terraform's box": ("\u2502 Error: https response error\n\u2502 StatusCode: 403\n\u2502\n\u2502   with aws_vpc.main,", "Error: https response error StatusCode: 403 with aws_vpc.main,"),
    "rich's panel": ("\u2503 not authorized \u2503\n\u2503 to perform    \u2503", "not authorized to perform"),
    "JSON in JSON": ('{\\\\\\"a\\\\\\": 1}', '{"a": 1}'),
    "a line break, escaped": ("not authorized\\nto perform", "not authorized to perform"),
    "colours": ("\x1b[31mAccess\x1b[0m Denied", "Access Denied"),
    "a child process in Airflow's lines": ("is not\n[2026-11-22, 09:44:19 UTC] {{subprocess.py:93}} INFO - authorized", "is not authorized"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "one_line"), TEXTS.values(), ids=TEXTS)
def test_one_line(text, one_line):
    assert flat(text) == one_line


def test_paragraphs_of_a_box_stay_apart():
    assert unboxed("\u2502 one\n\u2502 sentence\n\u2502\n\u2502 and more").splitlines()[1:] != []


def test_a_text_without_a_box_is_left_alone():
    text = "a | b\n| c\n"
    assert unboxed(text) is text
