"""What failed, in as few words as tell it: the same words in every channel and in lists of what was hit."""

from __future__ import annotations

from responder.model import Failure, Kind
from responder.report.fitting import without_middle

LONGEST = 200  # characters; Airflow allows ids of 250, a heading does not


def subject(failure: Failure) -> str:
    """`sales.load`, `sales.load[3]`, a DAG file's name, or what kind of thing it is."""
    attempt = failure.attempt
    if attempt.dag_id and attempt.task_id:
        mapped = f"[{attempt.map_index}]" if attempt.map_index is not None and attempt.map_index >= 0 else ""
        return without_middle(f"{attempt.dag_id}.{attempt.task_id}{mapped}", LONGEST)
    if failure.kind is Kind.DAG_FILE and failure.dag_file:
        return failure.dag_file.rpartition("/")[2][:LONGEST]
    if attempt.dag_id:
        return attempt.dag_id[:LONGEST]
    return _OTHERS[failure.kind]


def task_label(failure: Failure) -> str:
    """The subject without the map index: 300 mapped instances are one task that fails."""
    return subject(failure).partition("[")[0]


_OTHERS = {
    Kind.TASK: "a task",
    Kind.DAG_FILE: "a DAG file",
    Kind.REQUIREMENTS: "the installation of requirements.txt",
    Kind.ENVIRONMENT: "the environment itself",
    Kind.PROCESS: "a process of Airflow",
}
