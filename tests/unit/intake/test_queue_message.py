import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.intake.event import read
from responder.intake.queue_message import MOST_BODY_CHARACTERS, from_body, to_body
from responder.intake.unreadable import UnreadableEvent
from responder.model import Attempt, EnvironmentStatus, Failure, Kind, LogEvent, Place, Source

EVENTS = sorted((Path(__file__).parents[2] / "events").glob("*.json"))
ANY = st.text(max_size=40)
MAYBE = st.none() | ANY

FAILURES = st.builds(
    Failure,
    kind=st.sampled_from(Kind),
    place=st.builds(Place, environment=MAYBE, account=MAYBE, region=MAYBE, log_group=MAYBE, log_stream=MAYBE),
    events=st.lists(st.builds(LogEvent, st.integers(0, 2**53), ANY), max_size=8).map(tuple),
    source=st.sampled_from(Source),
    attempt=st.builds(Attempt, MAYBE, MAYBE, MAYBE, st.none() | st.integers(0, 9), st.none() | st.integers(1, 9), st.none() | st.booleans()),
    dag_file=MAYBE,
    status=st.none() | st.builds(EnvironmentStatus, ANY, MAYBE, MAYBE),
    seen_at=st.integers(0, 2**53),
    complete=st.booleans(),
)  # fmt: skip


@given(FAILURES)
def test_what_is_queued_comes_back(failure: Failure) -> None:
    assert from_body(to_body(failure)) == failure


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_every_event_shape_comes_back(path: Path) -> None:
    for failure in read(json.loads(path.read_text()), now_ms=1):
        assert from_body(to_body(failure)) == failure


@pytest.mark.parametrize("character", ["x", "é", "\x00", "\U0001f600", '"'])
def test_a_body_always_fits_the_queue(character: str) -> None:
    failure = Failure(Kind.TASK, Place(), tuple(LogEvent(1, character * 19_000) for _ in range(5)), complete=True)
    body = to_body(failure)
    assert len(body.encode()) <= MOST_BODY_CHARACTERS
    assert from_body(body).events
    assert from_body(body).complete is (len(from_body(body).events[0].message) == 19_000)


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"version": 2, "failure": {}}', '{"version": 1, "failure": null}', "[" * 100_000]
)
def test_another_body_can_never_be_read(body: str) -> None:
    with pytest.raises(UnreadableEvent):
        from_body(body)


def test_a_body_with_an_unknown_kind_can_never_be_read() -> None:
    body = json.loads(to_body(Failure(Kind.TASK, Place(), ())))
    body["failure"]["kind"] = "comet"
    with pytest.raises(UnreadableEvent):
        from_body(json.dumps(body))
