"""What nobody sees is taken out, what people write stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.report.visible import visible


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        pytest.param("\x1b[1;31mred\x1b[0m", "red", id="colours"),
        pytest.param("\x9b31mred", "red", id="colours of one character"),
        pytest.param("\x1b]8;;https://evil.example\x07click\x1b]8;;\x07", "click", id="a terminal's link"),
        pytest.param("gnp\u202eexe", "gnp exe", id="an override of direction"),
        pytest.param("one\r\ntwo", "one\ntwo", id="line ends of Windows"),
        pytest.param("10%\r20%", "10% 20%", id="a progress bar"),
        pytest.param("a\u2028b", "a b", id="a separator of lines"),
        pytest.param("a\U000e0041b", "a b", id="a tag"),
        pytest.param("a\tb\nc", "a\tb\nc", id="tab and line end stay"),
        pytest.param(
            "👩\u200d👩\u200d👧 läuft, 失敗, e\u0301", "👩\u200d👩\u200d👧 läuft, 失敗, e\u0301", id="any script stays"
        ),
    ],
)
def test_shows(said: str, shown: str) -> None:
    assert visible(said) == shown


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_a_second_time_changes_nothing(said: str) -> None:
    assert visible(visible(said)) == visible(said)
