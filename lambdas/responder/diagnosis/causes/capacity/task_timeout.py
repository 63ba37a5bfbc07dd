"""The task's execution_timeout ran out, or a run's or trigger's.

Seen as: AirflowTaskTimeout, "Process timed out, PID", TaskDeferralTimeout, "has timed-out" of a run.
Comes from: work that grew, a call that waits without a time limit of its own, a limit set too low.
"""

from __future__ import annotations

from responder.diagnosis.advice import DEPLOY_DAG, FROM_TEXT
from responder.diagnosis.decisive_words import by_decisive
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


_by_words = by_decisive(_WORDS, NoFacts(), unless=_PARSING)


def recognise(evidence: Evidence) -> Match[NoFacts] | None:
    """No task runs while a file is read."""
    return None if evidence.failure.kind is Kind.DAG_FILE else _by_words(evidence)


def remedy(_match: Match[NoFacts], _answers: Answers) -> Remedy:
    """The traceback shows where it was waiting."""
    return Remedy(
        summary="The task was stopped because its execution_timeout ran out.",
        explanation="Airflow interrupts a task at the end of execution_timeout wherever it is: the innermost frame of the traceback is where it "
        "was at that moment, which is often, but not always, what was slow.",
        steps=(
            "Compare the duration of earlier runs (Airflow UI > the DAG > Task duration): did it grow slowly, or hang once?",
            "If it hung: give the call at that line a time limit of its own (timeout=, statement_timeout), and the task retries.",
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
