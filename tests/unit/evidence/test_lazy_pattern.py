"""Patterns that wait with their compilation."""

import re

import pytest
from responder.evidence.lazy_pattern import lazy


def test_it_finds_what_the_pattern_finds():
    pattern = lazy(r"a(\d)")
    assert pattern.search("xa1").groups() == ("1",)
    assert pattern.fullmatch("xa1") is None
    assert [found[1] for found in pattern.finditer("a1 a2")] == ["1", "2"]


def test_a_broken_pattern_fails_when_it_is_used():
    pattern = lazy("(")
    with pytest.raises(re.error):
        pattern.search("x")
