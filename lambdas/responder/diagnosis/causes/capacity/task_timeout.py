"""The task's execution_timeout ran out, or a run's or trigger's.

Seen as: AirflowTaskTimeout, "Process timed out, PID", TaskDeferralTimeout, "has timed-out" of a run.
Comes from: work that grew, a call that waits without a time limit of its own, a limit set too low.
"""

from __future__ import annotations

from responder.diagnosis.advice import DEPLOY_DAG, FROM_TEXT
from responder.diagnosis.decisive_words import by_decisive
from responder.diagnosis.frames import in_sensor
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.evidence.lazy_pattern import lazy
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Kind, Link, Remedy

_WORDS = lazy(
    r"(?:AirflowTaskTimeout|TaskDeferralTimeout|(?:Soft)?TimeLimitExceeded)\b|\bTimeout, PID: \d|Process timed out, PID|Trigger(?:/execution)? timeout|Run .{1,300} has timed-out"
)
_PARSING = lazy(r"DagBag import timeout")

TIMEOUT_DOCS = Link(
    "Task time-outs", "https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html#timeouts"
)


_DEFERRED = lazy(r"TaskDeferralTimeout|Trigger(?:/execution)? timeout")

_by_words = by_decisive(_WORDS, NoFacts(), unless=_PARSING)


def recognise(evidence: Evidence) -> Match[NoFacts] | None:
    """No task runs while a file is read; what a deferred sensor waited for is the sensor's matter."""
    match = None if evidence.failure.kind is Kind.DAG_FILE else _by_words(evidence)
    return None if match and in_sensor(evidence.chain) and _DEFERRED.search(match.because[0]) else match


def remedy(match: Match[NoFacts], _answers: Answers) -> Remedy:
    """Which limit it was, by whose words."""
    line = match.because[0]
    if "TaskDeferralTimeout" in line or "Trigger" in line:
        return _deferred()
    return _whole_run() if "has timed-out" in line else _task()


def _deferred() -> Remedy:
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


def _whole_run() -> Remedy:
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


def _task() -> Remedy:
    """The traceback shows where it was waiting."""
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


RULE = Rule(
    category=Category.CAPACITY,
    cause="task-timeout",
    may_heal=True,
    recognise=recognise,
    remedy=remedy,
)
