"""What to do about a time limit of Airflow's that ran out, by whose limit it is."""

from __future__ import annotations

from responder.diagnosis.advice import DEPLOY_DAG, FROM_TEXT
from responder.evidence.lazy_pattern import lazy
from responder.model import Link, Remedy

# What a deferred task says whose trigger did not answer in time
DEFERRED = lazy(r"TaskDeferralTimeout|Trigger(?:/execution)? timeout")
TIMEOUT_DOCS = Link(
    "Task time-outs", "https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html#timeouts"
)


def deferred() -> Remedy:
    """Of a wait in the triggerer."""
    return Remedy(
        summary="What the deferred task waited for did not come within its time limit.",
        explanation="The task had handed the wait to the triggerer (deferrable mode); the limit is the operator's timeout, or execution_timeout of the task.",
        steps=(
            "See whether the job that it waits for still runs in its own service, is stuck, or was never started: that is what to repair.",
            "If the job only takes longer: raise the operator's timeout, or execution_timeout of the task. "
            + DEPLOY_DAG,
            "Then clear the task; first see that the old job is over, or it runs twice.",
        ),
        proof=FROM_TEXT,
        links=(TIMEOUT_DOCS,),
    )


def whole_run() -> Remedy:
    """Of a DAG run."""
    return Remedy(
        summary="The DAG run was failed because its dagrun_timeout ran out.",
        explanation="The limit counts for the whole run, from its start: tasks that were still running or waiting are given up with it.",
        steps=(
            "See which task took the time (Airflow UI > the DAG > the run: the durations), and repair or split that one.",
            "If runs of that length are right: raise dagrun_timeout of the DAG. " + DEPLOY_DAG,
            "If runs wait for each other: see max_active_runs, and whether workers were free.",
        ),
        proof=FROM_TEXT,
        links=(TIMEOUT_DOCS,),
    )


def task() -> Remedy:
    """Of a task; the traceback shows where it was waiting."""
    return Remedy(
        summary="The task was stopped because its execution_timeout ran out.",
        explanation="Airflow interrupts a task at the end of execution_timeout wherever it is: the last line of the traceback is where it "
        "was at that moment, which is often, but not always, what was slow.",
        steps=(
            "Compare it with earlier runs of the task (Airflow UI > the DAG > the task): did they grow slowly, or did it hang this once?",
            "If it hung: clear it, and give the call at that line a time limit of its own (timeout=, statement_timeout) and the task retries.",
            "If the work grew: split it, or raise execution_timeout of the task. " + DEPLOY_DAG,
            "If the task only waits for another service, use the operator's deferrable mode, which holds no worker slot.",
        ),
        proof=FROM_TEXT,
        links=(TIMEOUT_DOCS,),
    )
