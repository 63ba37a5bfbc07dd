"""Log events of every log group become records."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.log_record import read_records
from responder.model import Level, LogEvent


def records(*messages):
    return read_records([LogEvent(number, message) for number, message in enumerate(messages, 1)])


@pytest.mark.parametrize(
    ("line", "level", "logger", "text"),
    [
        pytest.param("[2026-11-22T09:41:00.662+0000] {taskinstance.py:3313} ERROR - x", Level.ERROR, "taskinstance.py:3313", "x", id="Airflow 2, single braces"),
        pytest.param("[2026-11-22T09:41:00.662+0000] {{taskinstance.py:3313}} INFO - x", Level.INFO, "taskinstance.py:3313", "x", id="double braces"),
        pytest.param("[2024-06-05, 02:00:01 UTC] {{sql.py:276}} WARNING - x", Level.WARNING, "sql.py:276", "x", id="UTC form"),
        pytest.param("[2022-05-12 08:11:20,800] {{dagbag.py:305}} ERROR - x", Level.ERROR, "dagbag.py:305", "x", id="comma form"),
        pytest.param("[2026-11-22T09:41:00.662+0000] {{logging_mixin.py:190}} INFO - [2026-11-22T09:41:00.662+0000] {dagbag.py:387} ERROR - x", Level.ERROR, "dagbag.py:387", "x", id="nested: the inner one counts"),
        pytest.param("2026-05-06T01:00:14.610844Z [warning  ] x [airflow.jobs] k=v", Level.WARNING, "airflow.jobs", "x [airflow.jobs] k=v", id="structlog's console form"),
        pytest.param("[2024-01-01 00:00:00,000: ERROR/ForkPoolWorker-1] x", Level.ERROR, "celery.ForkPoolWorker-1", "x", id="Celery"),
        pytest.param("[2021-09-01 15:53:02 +0000] [41] [INFO] x", Level.INFO, "gunicorn", "x", id="gunicorn"),
        pytest.param("ERROR:    x", Level.ERROR, "uvicorn", "x", id="uvicorn"),
        pytest.param("ERROR: x", Level.INFO, "", "ERROR: x", id="a program's own word, not uvicorn's"),
        pytest.param("INFO  [alembic.runtime.migration] x", Level.INFO, "alembic.runtime.migration", "x", id="Alembic"),
        pytest.param("[INFO] - ERROR: x", Level.INFO, "", "ERROR: x", id="MWAA's own prefix"),
        pytest.param("\x1b[31m[2026-11-22T09:41:00.662+0000] {a.py:1} ERROR -\x1b[0m x", Level.ERROR, "a.py:1", "x", id="coloured"),
        pytest.param("no prefix", Level.INFO, "", "no prefix", id="none"),
    ],
)  # fmt: skip
def test_reads_a_line(line, level, logger, text):
    (record,) = records(line)
    assert (record.level, record.logger, record.text) == (level, logger, text)


def _task(**keys):
    return json.dumps({"event": "Task failed with exception", "level": "error", "logger": "task"} | keys)


DETAIL = [
    {"exc_type": "RuntimeError", "exc_value": "outer", "is_cause": False, "frames": [{"filename": "/x/dags/d.py", "lineno": 8, "name": "load"}]},
    {"exc_type": "ValueError", "exc_value": "inner", "is_cause": True, "frames": []},
]  # fmt: skip


def test_json_is_one_record_with_the_first_raised_first():
    (record,) = records(_task(error_detail=DETAIL, extra=3))
    assert [raised.type for raised in record.chain.links] == ["ValueError", "RuntimeError"]
    assert record.chain.root.is_cause
    assert record.fields == {"extra": "3"}


def test_json_may_hold_its_exception_under_another_key_or_as_text():
    (record,) = records(_task(exception=DETAIL))
    assert record.chain.last.type == "RuntimeError"
    (record,) = records(_task(exception='Traceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 1'))
    assert record.chain.last.type == "KeyError"


def test_a_group_in_json_comes_after_its_members():
    group = {
        "exc_type": "ExceptionGroup",
        "exc_value": "2",
        "is_group": True,
        "frames": [],
        "exceptions": [[DETAIL[1]], [DETAIL[1]]],
    }
    (record,) = records(_task(error_detail=[group]))
    assert [raised.type for raised in record.chain.links] == ["ValueError", "ValueError", "ExceptionGroup"]


def test_json_that_was_cut_off_still_tells_what_stands_before_the_cut():
    (record,) = records(_task(error_detail=DETAIL)[:190])
    assert (record.level, record.text, record.chain.root.type) == (
        Level.ERROR,
        "Task failed with exception",
        "RuntimeError",
    )


def test_a_long_event_that_was_split_is_one_record():
    first = json.dumps({"level": "info", "logger": "x", "event": "a" * 60_000})
    second = json.dumps({"level": "info", "logger": "x", "event": "the end"})
    (record,) = records(first, second)
    assert record.text.endswith("the end")


def test_what_a_program_printed_is_output():
    printed = json.dumps({"event": "Task failed with exception", "chan": "stdout", "level": "info", "logger": "task"})
    assert records(printed)[0].output
    assert records("[2026-11-22T09:41:00.662+0000] {subprocess.py:106} INFO - x")[0].output
    assert not records("[2026-11-22T09:41:00.662+0000] {subprocess.py:110} INFO - Command exited with return code 1")[
        0
    ].output


TRACEBACK = [
    "Traceback (most recent call last):\n",
    '  File "/x/bin/airflow", line 10, in <module>\n',
    "    main()\n",
    "KeyError: 'x'\n",
]


def test_a_traceback_of_one_line_an_event_is_one_record():
    (record,) = records("[2026-11-22T09:41:00.662+0000] {a.py:1} ERROR - broken", *TRACEBACK)
    assert (record.text, record.chain.last.type) == ("broken", "KeyError")


def test_a_childs_traceback_is_joined_whatever_stands_before_each_line():
    (record,) = records(
        *(f"[2026-11-22T09:41:00.662+0000] {{process_utils.py:194}} INFO - {line}" for line in TRACEBACK)
    )
    assert (record.output, record.chain.last.type) == (True, "KeyError")


def test_another_record_in_the_middle_of_a_traceback_does_not_cut_it():
    found = records(
        "[2026-11-22T09:41:00.662+0000] {a.py:1} ERROR - broken",
        *TRACEBACK[:2],
        "[2026-11-22T09:41:00.662+0000] {b.py:1} INFO - beat",
        *TRACEBACK[2:],
    )
    assert found[0].chain.last.type == "KeyError"
    assert found[1].text == "beat"


@given(
    st.lists(
        st.one_of(st.text(max_size=80), st.binary(max_size=60).map(lambda raw: raw.decode("latin-1"))), max_size=30
    )
)
def test_any_events_give_no_more_text_than_they_had(messages):
    found = records(*messages)
    assert sum(len(record.text) for record in found) <= sum(len(message) + 1 for message in messages)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["exc_type", "exc_value", "frames", "exceptions", "filename", "lineno", "syntax_error"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_any_error_detail_is_survived(detail):
    assert len(records(_task(error_detail=detail))) == 1
