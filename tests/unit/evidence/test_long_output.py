"""What a long output keeps: its end in pieces, the last first, and the loud lines before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.long_output import LAST_PIECES, PIECE, pieces

QUIET = [f"{number} of 9000 OK created view m{number}" for number in range(3_000)]
TOLD = ["Database Error in model orders", '  relation "raw.orders" does not exist']


def test_leaves_a_short_output_whole():
    assert list(pieces("one\ntwo")) == ["one\ntwo"]


def test_the_end_comes_first():
    first = next(pieces("\n".join([*QUIET, *TOLD])))
    assert first.endswith("\n".join(TOLD))
    assert len(first) <= PIECE


def test_a_message_across_a_border_is_whole_in_one_piece():
    for behind in range(60, 140):
        found = pieces("\n".join([*QUIET, *TOLD, *QUIET[:behind]]))
        assert any("\n".join(TOLD) in piece for piece in found)


def test_a_loud_line_far_up_is_kept_with_what_follows_it():
    assert any("\n".join(TOLD) in piece for piece in pieces("\n".join([*TOLD, *QUIET])))


@given(st.lists(st.text(max_size=200), max_size=200))
def test_any_output_gives_few_bounded_pieces(lines: list[str]):
    found = list(pieces("\n".join(lines)))
    assert len(found) <= LAST_PIECES + 1
    assert all(len(piece) <= PIECE for piece in found)
