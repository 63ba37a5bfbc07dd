"""What rules look at."""

from responder.diagnosis.recognise import strength_of
from responder.evidence.gather import gather
from responder.intake.event import read_text
from responder.model import Strength

HEAD = "[2026-11-22T09:41:01.000+0000] {{taskinstance.py:3313}} ERROR - Task failed with exception\n"
END = "\n[2026-11-22T09:41:02.000+0000] {{taskinstance.py:1226}} INFO - Marking task as FAILED. dag_id=a, task_id=b\n"
CLEAR = 'Traceback (most recent call last):\n  File "/usr/local/airflow/dags/a.py", line 7, in f\n    1 / 0\nZeroDivisionError: division by zero'
OPAQUE = (
    'Traceback (most recent call last):\n  File "/x/site-packages/airflow/operators/bash.py", line 7, in execute\n    raise\n'
    "airflow.exceptions.AirflowException: Bash command failed. The command returned a non-zero exit code 6."
)


def evidence(*parts: str):
    (failure,) = read_text("".join(parts))
    return gather(failure)


def test_a_librarys_exception_weighs_more_than_the_users_words():
    own, *_ = evidence(HEAD, CLEAR, END).decisive
    library, *_ = evidence(HEAD, OPAQUE, END).decisive
    assert strength_of(own) is Strength.MESSAGE
    assert strength_of(library) is Strength.EXCEPTION
