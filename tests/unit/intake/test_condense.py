import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.diagnosis.catalogue import load
from responder.diagnosis.rank import diagnose
from responder.evidence.gather import gather
from responder.intake.condense import BUDGET, MOST_EVENTS, condense
from responder.model import Failure, Kind, LogEvent, Place

BORING = "[2026-11-22T09:41:41.353+0000] {{logging_mixin.py:190}} INFO - batch %d of the orders table is done"
START = "[2026-11-22T09:41:40.937+0000] {{taskinstance.py:2867}} INFO - Starting attempt 1 of 3"
FAILED = "[2026-11-22T09:41:41.921+0000] {{taskinstance.py:3313}} ERROR - Task failed with exception\nTraceback (most recent call last):\nKeyError: 'b'"
VERDICT = "[2026-11-22T09:41:41.998+0000] {{taskinstance.py:1226}} INFO - Marking task as FAILED. dag_id=d, task_id=t"


def log(*, before: int, after: int, decisive: list[str]) -> Iterator[LogEvent]:
    yield LogEvent(0, START)
    yield from (LogEvent(number, BORING % number) for number in range(before))
    yield from (LogEvent(before, each) for each in decisive)
    yield from (LogEvent(number, BORING % number) for number in range(after))


def texts(events: tuple[LogEvent, ...]) -> list[str]:
    return [event.message for event in events]


def test_a_short_log_passes_untouched() -> None:
    events = tuple(log(before=50, after=5, decisive=[FAILED, VERDICT]))
    assert condense(events) == events


def test_a_long_log_keeps_its_start_its_failure_and_its_verdict_within_the_budget() -> None:
    kept = condense(log(before=40_000, after=40_000, decisive=[FAILED, VERDICT]))
    assert {START, FAILED, VERDICT} <= set(texts(kept))
    assert sum(map(len, texts(kept))) <= BUDGET


def test_the_info_lines_right_before_a_failure_stay() -> None:
    reason = "[2026-11-22T09:41:41.900+0000] {{glue.py:1}} INFO - job run state is STOPPED by operator jdoe"
    kept = condense(log(before=40_000, after=40_000, decisive=[reason, BORING % 1, BORING % 2, FAILED]))
    assert reason in texts(kept)


def test_a_traceback_of_one_event_a_line_stays_whole() -> None:
    lines = [
        "Traceback (most recent call last):",
        *(f'  File "f.py", line {n}, in f' for n in range(60)),
        "ValueError: no",
    ]
    kept = texts(condense(log(before=40_000, after=40_000, decisive=lines)))
    assert kept[kept.index(lines[0]) :][: len(lines)] == lines


def test_among_too_many_failures_the_first_and_the_last_stay() -> None:
    many = [
        f"[ts] {{x.py:1}} ERROR - An error occurred (Code{number}) when calling the X operation"
        for number in range(30_000)
    ]
    kept = texts(condense(LogEvent(number, text) for number, text in enumerate(many)))
    assert many[0] in kept
    assert many[-1] in kept
    assert sum(map(len, kept)) <= BUDGET


def test_an_event_order_is_kept() -> None:
    kept = condense(LogEvent(number, f"{number} ERROR - x") for number in range(60_000))
    assert [event.timestamp for event in kept] == sorted(event.timestamp for event in kept)


def test_a_large_json_record_is_still_json() -> None:
    record = {
        "event": "Task failed with exception",
        "level": "error",
        "error_detail": [{"exc_type": "E", "exc_value": "v" * 900_000}],
    }
    (kept,) = condense([LogEvent(1, json.dumps(record))])
    assert json.loads(kept.message)["error_detail"][0]["exc_type"] == "E"


def test_a_long_line_keeps_what_surrounds_its_markers() -> None:
    (kept,) = condense([LogEvent(1, "x" * 500_000 + " Task failed with exception " + "y" * 500_000)])
    assert "Task failed with exception" in kept.message
    assert len(kept.message) < BUDGET


def test_a_long_traceback_in_one_event_keeps_its_last_line() -> None:
    message = "\n".join(
        [FAILED, *(f'  File "{"f" * 80}.py", line {n}, in f' for n in range(20_000)), "KeyError: 'end'"]
    )
    (kept,) = condense([LogEvent(1, message)])
    assert kept.message.startswith(FAILED.split("\n", maxsplit=1)[0])
    assert kept.message.endswith("KeyError: 'end'")


HOSTILE = st.sampled_from(
    ["x", "\n", '{"', "[", "Traceback (most recent call last)", "ERROR - ", "é", "\x00", "\ud800", '"}']
)


@given(st.lists(st.lists(HOSTILE, max_size=40).map("".join), max_size=60), st.integers(200, 2_000))
def test_anything_becomes_short(messages: list[str], budget: int) -> None:
    kept = condense([LogEvent(0, message) for message in messages], budget)
    assert sum(map(len, texts(kept))) <= budget + 200
    assert len(kept) <= min(len(messages), MOST_EVENTS)


@pytest.mark.parametrize("count", [1, MOST_EVENTS, 20 * MOST_EVENTS])
def test_events_without_a_character_do_not_add_up(count: int) -> None:
    assert len(condense(LogEvent(0, "") for _ in range(count))) <= MOST_EVENTS


CASES = [
    path.parent / "log.jsonl"
    for path in sorted((Path(__file__).parents[2] / "cases").glob("*/case.json"))
    if json.loads(path.read_text()).get("log_group", "").endswith("-Task")
]
NOISE = {  # of Airflow 2 and of Airflow 3: a log has one shape throughout
    "info": (BORING, '{"event": "batch %d of the orders table is done", "level": "info", "logger": "task"}'),
    "warning": (
        "[2026-11-22T09:41:41.353+0000] {{connectionpool.py:190}} WARNING - Connection pool is full, batch %d",
        '{"event": "Connection pool is full, batch %d", "level": "warning", "logger": "urllib3.connectionpool"}',
    ),
}


def cause(events: list[LogEvent], noise: str, lines: int) -> str | None:
    """The diagnosis of these events with so many lines of noise before and after them."""
    text = NOISE[noise][events[0].message.startswith("{")]
    padding = [LogEvent(events[0].timestamp, text % number) for number in range(lines)]
    kept = condense([*padding, *events, *padding])
    diagnosis = diagnose(gather(Failure(Kind.TASK, Place(), kept)), load())
    return diagnosis.cause if diagnosis else None


@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize("path", CASES[::16], ids=lambda path: path.parent.name)
def test_the_diagnosis_is_the_same_however_much_is_logged_around_the_failure(path: Path, noise: str) -> None:
    events = [LogEvent(raw["timestamp"], raw["message"]) for raw in map(json.loads, path.read_text().splitlines())]
    assert cause(events, noise, 4_000) == cause(events, noise, 20)
