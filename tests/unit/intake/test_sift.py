from hypothesis import given, settings
from hypothesis import strategies as st
from responder.intake.condense import condense
from responder.intake.markers import DECISIVE, TELLING
from responder.intake.sift import HEAD, TAIL, sifted
from responder.model import LogEvent

LONG = 20_000  # lines: a few chunks
BORING = "INFO - batch of the orders table is done, and there is nothing to say about it"


def kept(lines: list[str]) -> tuple[str, ...]:
    return tuple(event.message for event in condense(LogEvent(0, line) for line in lines))


def test_a_boring_log_keeps_its_start_and_its_end() -> None:
    lines = [f"{number} {BORING}" for number in range(LONG)]
    found = list(sifted(lines))
    assert found[:HEAD] == lines[:HEAD]
    assert found[-TAIL:] == lines[-TAIL:]
    assert len(found) < LONG / 4


@settings(max_examples=12, deadline=None)  # each reads 2 MB
@given(st.lists(st.tuples(st.integers(0, LONG - 1), st.sampled_from([*DECISIVE, *TELLING])), max_size=6))
def test_nothing_is_left_out_that_would_have_been_kept(marked: list[tuple[int, str]]) -> None:
    lines = [f"{number} {BORING}" for number in range(LONG)]
    for number, marker in marked:
        lines[number] = f"{number} {marker}"
    assert kept(list(sifted(lines))) == kept(lines)


@given(st.lists(st.text(max_size=30), max_size=200))
def test_a_short_log_passes_untouched(lines: list[str]) -> None:
    assert list(sifted(lines)) == lines
