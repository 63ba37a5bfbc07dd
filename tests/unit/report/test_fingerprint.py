"""Two failures are one incident if and only if one remedy mends both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from responder.model import Attempt, Category, Failure, Kind, Place, Source
from responder.report.fingerprint import attempt_key, fingerprint
from responder.report.stable_text import stable

from tests.stand_ins.samples import diagnosis, failure

DENIED = {
    "iam_action": "s3:PutObject",
    "resource": "arn:aws:s3:::lake/sales/2026-01-01.csv",
    "principal": "arn:aws:sts::123456789012:assumed-role/A/s1",
}


def _of(facts: dict[str, Any], cause: str = "iam-denied", seen: Failure | None = None, **more: Any) -> str:
    return fingerprint(seen or failure(), diagnosis(cause=cause, facts=facts, **more))


def _in_task(task: str) -> Failure:
    return failure(attempt=Attempt("sales", "r", task, None, 1, None))


SAME: dict[str, tuple[str, str]] = {
    "another object of the bucket": (_of(DENIED), _of(DENIED | {"resource": "arn:aws:s3:::lake/sales/2026-01-02.csv"})),
    "another execution of the state machine": (
        _of(
            DENIED
            | {"resource": "arn:aws:states:eu-west-1:123456789012:execution:Etl:0b2c1d3e-aaaa-4bbb-8ccc-1234567890ab"}
        ),
        _of(
            DENIED
            | {"resource": "arn:aws:states:eu-west-1:123456789012:execution:Etl:3f2504e0-4f89-41d3-9a0c-0305e82c3301"}
        ),
    ),
    "another session of the role": (
        _of(DENIED),
        _of(DENIED | {"principal": "arn:aws:sts::123456789012:assumed-role/A/s2"}),
    ),
    "another task that is denied the same": (_of(DENIED, seen=_in_task("a")), _of(DENIED, seen=_in_task("b"))),
    "another run": (_of(DENIED), _of(DENIED, seen=failure(attempt=Attempt("sales", "r2", "load", None, 3, True)))),
    "a module missed by a task and by a file": (
        _of({"module": "pandas"}, "missing-package"),
        _of(
            {"module": "pandas"},
            "missing-package",
            failure(kind=Kind.DAG_FILE, dag_file="/usr/local/airflow/dags/x.py"),
        ),
    ),
    "a message with another number": (
        _of(
            {"exception": "ValueError", "message": "row 17 of run 3f2504e0-4f89-11d3-9a0c-0305e82c3301 is bad"},
            "runtime-error",
        ),
        _of(
            {"exception": "ValueError", "message": "row 1999 of run 0b2c1d3e-aaaa-4bbb-8ccc-1234567890ab is bad"},
            "runtime-error",
        ),
    ),
    "all that a lost worker takes along": (
        _of({}, "worker-lost", failure()),
        _of({"exit_code": 143}, "worker-lost", failure()),
    ),
}
DIFFERENT: dict[str, tuple[str, str]] = {
    "another denied action": (_of(DENIED), _of(DENIED | {"iam_action": "s3:GetObject"})),
    "another bucket": (_of(DENIED), _of(DENIED | {"resource": "arn:aws:s3:::other/sales/2026-01-01.csv"})),
    "another number of the bucket": (
        _of(DENIED | {"resource": "arn:aws:s3:::lake-01/x"}),
        _of(DENIED | {"resource": "arn:aws:s3:::lake-02/x"}),
    ),
    "another role": (_of(DENIED), _of(DENIED | {"principal": "arn:aws:sts::123456789012:assumed-role/B/s1"})),
    "another cause": (_of(DENIED), _of(DENIED, "explicit-deny")),
    "another environment": (_of(DENIED), _of(DENIED, seen=failure(place=Place("staging")))),
    "another missing module": (
        _of({"module": "pandas"}, "missing-package"),
        _of({"module": "numpy"}, "missing-package"),
    ),
    "another task that runs out of memory": (
        _of({}, "out-of-memory", _in_task("a")),
        _of({}, "out-of-memory", _in_task("b")),
    ),
    "another line of the file": (
        _of({"file": "dags/a.py", "line": 3, "message": "x"}, "runtime-error"),
        _of({"file": "dags/a.py", "line": 9, "message": "x"}, "runtime-error"),
    ),
    "another unknown line": (
        _of({}, "unknown", category=Category.UNKNOWN, evidence=("went wrong at the bakery",)),
        _of({}, "unknown", category=Category.UNKNOWN, evidence=("went wrong at the butcher",)),
    ),
}


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME)
def test_is_a_repeat(pair: tuple[str, str]) -> None:
    assert pair[0] == pair[1]


@pytest.mark.parametrize("pair", DIFFERENT.values(), ids=DIFFERENT)
def test_is_another_problem(pair: tuple[str, str]) -> None:
    assert pair[0] != pair[1]


def test_says_its_version() -> None:
    assert fingerprint(failure(), diagnosis()).startswith("v1:")


def test_an_attempt_is_the_same_by_event_and_by_log() -> None:
    by_event = failure(source=Source.LISTENER_EVENT, seen_at=5)
    mangled = replace(by_event.attempt, run_id="manual__2026-01-01T00_00_00_00_00", final=None)
    assert attempt_key(by_event) == attempt_key(failure(attempt=mangled, seen_at=9))


def test_minus_one_is_no_map_index() -> None:
    """Airflow's word for a task that is not mapped."""
    seen = failure()
    assert attempt_key(seen) == attempt_key(replace(seen, attempt=replace(seen.attempt, map_index=-1)))


@pytest.mark.parametrize(
    "change",
    [{"try_number": 2}, {"map_index": 4}, {"task_id": "x"}, {"run_id": "scheduled__2026-01-02T00:00:00+00:00"}],
)
def test_another_attempt_is_another(change: dict[str, Any]) -> None:
    seen = failure()
    assert attempt_key(seen) != attempt_key(replace(seen, attempt=replace(seen.attempt, **change)))


def test_mapped_instances_whose_try_is_not_told_are_as_many_attempts() -> None:
    """A scheduler of Airflow 2 that finds them dead names no try."""
    lost = failure(attempt=Attempt("sales", "r", "load", 3))
    assert attempt_key(lost) != attempt_key(replace(lost, attempt=replace(lost.attempt, map_index=4)))


def test_what_is_no_attempt_is_known_by_its_place_and_time() -> None:
    one = failure(kind=Kind.DAG_FILE, attempt=Attempt(), dag_file="a.py")
    assert attempt_key(one) == attempt_key(replace(one, events=()))
    assert attempt_key(one) != attempt_key(replace(one, seen_at=one.seen_at + 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("took 12.5 s", "took <number> s"),
        ("run manual__2026-01-01T00:00:00+00:00 failed", "run <run> failed"),
        ("at 2026-01-01T10:00:00.123+0000 it broke", "at <time> it broke"),
        ("s3://lake/dt=20260101/x", "s3://lake/dt=<day>/x"),
        ("host 10.0.1.23 refused", "host <address> refused"),
        ("object at 0x7f3c2a1b4d60", "object at <pointer>"),
        ("Glue run jr_0123456789abcdef0123 failed", "Glue run <job> failed"),
        ("commit 0123456789abcdef0123456789abcdef01234567", "commit <hash>"),
        ("part-00042 of worker17 is missing", "part-<number> of worker<digits> is missing"),
        ("python3.11 has no s3 client", "python3.11 has no s3 client"),
        ("first line\nsecond", "first line"),
    ],
)
def test_makes_a_message_stable(text: str, expected: str) -> None:
    assert stable(text) == expected


def test_every_cause_of_the_catalogue_is_told_apart_on_purpose() -> None:
    from responder.diagnosis.catalogue import load
    from responder.report.discriminators import DISCRIMINATORS

    assert {rule.cause for rule in load()} <= set(DISCRIMINATORS)
