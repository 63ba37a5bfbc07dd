"""What people save of CloudWatch and Airflow is told from other JSON, and read in the order in which it was logged."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.saved_logs import by_stream, events_in, is_table, rows_of

KEYS = [
    "events",
    "content",
    "results",
    "message",
    "@message",
    "timestamp",
    "@timestamp",
    "event",
    "field",
    "value",
    "x",
]
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
JSON = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_whatever_json_it_is_becomes_lines_or_nothing(raw):
    events = events_in(raw)
    if events is not None:
        lines = [json.loads(line) for lines in by_stream(events).values() for line in lines]
        assert len(lines) == len(events)


@pytest.mark.parametrize(
    "raw", [{"Environment": {}}, {"events": [1]}, {"events": "x"}, [{"a": 1}], [[]], 3, "text", None], ids=repr
)
def test_other_json_is_no_log(raw):
    assert events_in(raw) is None


def test_the_newest_first_is_turned_round():
    newest_first = [{"timestamp": 2, "message": "b"}, {"timestamp": 1, "message": "a"}]
    assert by_stream(events_in(newest_first)) == {
        "": ['{"timestamp": 1, "message": "a"}', '{"timestamp": 2, "message": "b"}']
    }


def test_airflows_records_stay_as_they_are():
    record = {"event": "Task failed", "level": "error", "timestamp": "2026-11-22T09:41:00Z"}
    assert by_stream(events_in({"content": [record]})) == {"": [json.dumps(record)]}


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("timestamp,message\n1,a\n", True),
        ('"@timestamp","@message","@logStream"\n', True),
        ("@timestamp,@ptr\n", False),
        ("timestamp: 1\nmessage,\n", False),
        ("[2026-11-22T09:41:00.000+0000] timestamp,message", False),
    ],
)
def test_a_table_is_known_by_its_head(head, told):
    assert is_table(head) is told


def test_a_message_of_several_lines_is_one_event():
    rows = rows_of(['"timestamp","message"\n', '"1","Traceback\n', 'KeyError: 1"\n'], 1_000)
    assert [row["message"] for row in rows] == ["Traceback\nKeyError: 1"]
