"""What a row of the matrix lets fail: real logs, with names of the row's own."""

from __future__ import annotations

import time
from collections.abc import Callable

from cli.cases import read_case
from cli.faults.rows import Played, Row, rows
from cli.sandbox import scenes
from cli.sandbox.sandbox import Sandbox

# One for each row that needs one: two failures of one package would be one incident.
MODULES = ("xgboost", "lightgbm", "catboost", "geopandas", "prophet", "shap", "statsmodels")


def dag_of(number: int) -> str:
    """The DAG of the row of this number: by its name its messages are found."""
    return f"export_{number:03}"


def play(aws: Sandbox, row: Row, number: int) -> None:
    """The row's failure, as often and in whatever shape the row wants it."""
    group = scenes.ANALYTICS.log_group("Task")
    dag = dag_of(number)
    stream = _stream(dag, day=1)
    messages = _log(row, number, dag)
    steps: dict[Played, tuple[Callable[[], None], ...]] = {
        Played.TWICE: (lambda: aws.play_log(group, stream, messages, at_ms=_now()),) * 3,
        Played.CUT_OFF: (lambda: _tell(aws, dag, None),),
        Played.LOG_FIRST: (lambda: aws.play_log(group, stream, messages), lambda: _tell(aws, dag, messages)),
        Played.EVENT_FIRST: (lambda: _tell(aws, dag, messages), lambda: aws.play_log(group, stream, messages)),
    }
    for step in steps.get(row.played, (lambda: aws.play_log(group, stream, messages),)):
        step()


def repeat(aws: Sandbox, row: Row, number: int) -> None:
    """The same of the next day's run."""
    messages = [message.replace("2026-11-01", "2026-11-02") for message in _log(row, number, dag_of(number))]
    aws.play_log(scenes.ANALYTICS.log_group("Task"), _stream(dag_of(number), day=2), messages)


def _stream(dag: str, day: int) -> str:
    return f"dag_id={dag}/run_id=scheduled__2026-11-{day:02}T00_00_00+00_00/task_id=put/attempt=1.log"


def _log(row: Row, number: int, dag: str) -> list[str]:
    if row.played is Played.MISSING:
        new = {
            "xgboost": MODULES[_order(row)],
            "train_model.fit": f"{dag}.put",
            "train_model": dag,
            "task_id=fit": "task_id=put",
        }
        return _messages("real-af2-task-train-model", new)
    return _messages("real-af2-task-export-to-lake", {"acme-lake-raw": f"acme-lake-{number:03}", "export_to_lake": dag})


def _order(row: Row) -> int:
    return [each.what for each in rows() if each.played is Played.MISSING].index(row.what)


def _messages(case: str, new: dict[str, str]) -> list[str]:
    """The log of a labelled case, with other names."""
    messages: list[str] = [each["message"] for each in read_case(scenes.CASES / case).payload["logEvents"]]
    for old, name in new.items():
        messages = [message.replace(old, name) for message in messages]
    return messages


def _tell(aws: Sandbox, dag: str, messages: list[str] | None) -> None:
    """What the listener plugin says of the same attempt; before Airflow 2.10 it is told no error."""
    headline = "Task failed with exception\n"
    error = {"error": next(each.partition(headline)[2] for each in messages if headline in each)} if messages else {}
    detail = {
        "environment": scenes.ANALYTICS.name,
        "airflow_version": "2.10.3",
        "dag_id": dag,
        "run_id": "scheduled__2026-11-01T00:00:00+00:00",
        "task_id": "put",
        "map_index": -1,
        "try_number": 1,
        "max_tries": 0,
        "state": "failed",
        **error,
    }
    aws.put_event({"source": "mwaa.listener", "detail-type": "Airflow Task Failed", "detail": detail})


def _now() -> int:
    return int(time.time() * 1000) // 60_000 * 60_000  # the same for the same event
