"""The log of a task that failed, of Airflow 2, in parts to be joined: what comes before an exception, exceptions, what comes after."""

from responder.evidence.gather import gather
from responder.intake.event import read_text
from responder.model import Evidence

HEAD = "[2026-11-22T09:41:01.000+0000] {{taskinstance.py:3313}} ERROR - Task failed with exception\n"
END = "\n[2026-11-22T09:41:02.000+0000] {{taskinstance.py:1226}} INFO - Marking task as FAILED. dag_id=a, task_id=b\n"
# The user's own, which says why, and a library's, which only says that something it started failed
CLEAR = 'Traceback (most recent call last):\n  File "/usr/local/airflow/dags/a.py", line 7, in f\n    1 / 0\nZeroDivisionError: division by zero'
OPAQUE = (
    'Traceback (most recent call last):\n  File "/x/site-packages/airflow/operators/bash.py", line 7, in execute\n    raise\n'
    "airflow.exceptions.AirflowException: Bash command failed. The command returned a non-zero exit code 6."
)


def evidence(*parts: str) -> Evidence:
    (failure,) = read_text("".join(parts))
    return gather(failure)
