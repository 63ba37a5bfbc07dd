"""Texts are cut where it hurts least, and never inside a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.report.fitting import Part, cut, fit, width


@given(st.text(), st.integers(0, 40))
def test_is_never_too_long(text: str, most: int) -> None:
    assert width(cut(text, most)) <= max(most, 0)


@given(st.text(max_size=30))
def test_leaves_alone_what_fits(text: str) -> None:
    assert cut(text, width(text)) == text


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("first line\nsecond line\nthird", 26, "first line\nsecond line\n…"),
        ("one two three four five six", 22, "one two three four …"),
        ("abc👩‍👩‍👧‍👦def", 12, "abc …"),
        ("abcde\u0301fgh", 7, "abcd …"),
        ("abc👍🏽defgh", 8, "abc …"),
        ("abc", 1, ""),
    ],
    ids=[
        "between lines",
        "between words",
        "not inside a family",
        "not before an accent",
        "not before a skin tone",
        "no room",
    ],
)
def test_cuts(text: str, most: int, expected: str) -> None:
    assert cut(text, most) == expected


def test_the_important_gets_its_room_first() -> None:
    parts = [Part("small print", "x" * 50, 50, 9), Part("artifact", "y" * 40, 50, 0)]
    texts = fit(parts, 60)
    assert texts["artifact"] == "y" * 40
    assert len(texts["small print"]) <= 20


@given(st.lists(st.tuples(st.text(), st.integers(0, 50), st.integers(0, 9)), max_size=6), st.integers(0, 100))
def test_all_together_fit(raw: list[tuple[str, int, int]], total: int) -> None:
    texts = fit([Part(str(number), *each) for number, each in enumerate(raw)], total)
    assert sum(map(width, texts.values())) <= total
