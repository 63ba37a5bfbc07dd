"""The task's execution_timeout ran out, or a run's or trigger's.

Seen as: AirflowTaskTimeout, "Process timed out, PID", TaskDeferralTimeout, "has timed-out" of a run.
Comes from: work that grew, a call that waits without a time limit of its own, a limit set too low.
"""

from __future__ import annotations

from responder.diagnosis.frames import in_sensor
from responder.diagnosis.recognise import by_decisive
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.diagnosis.timeout_advice import DEFERRED, deferred, task, whole_run
from responder.evidence.lazy_pattern import lazy
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Kind, Remedy

_WORDS = lazy(
    r"(?:AirflowTaskTimeout|TaskDeferralTimeout|(?:Soft)?TimeLimitExceeded)\b|\bTimeout, PID: \d|Process timed out, PID|Trigger(?:/execution)? timeout|Trigger cancelled due to timeout|Run .{1,300} has timed-out"
)
_PARSING = lazy(r"DagBag import timeout")

_by_words = by_decisive(_WORDS, NoFacts(), unless=_PARSING)


def recognise(evidence: Evidence) -> Match[NoFacts] | None:
    """No task runs while a file is read; what a deferred sensor waited for is the sensor's matter."""
    match = None if evidence.failure.kind is Kind.DAG_FILE else _by_words(evidence)
    return None if match and in_sensor(evidence.chain) and DEFERRED.search(match.because[0]) else match


def remedy(match: Match[NoFacts], _answers: Answers) -> Remedy:
    """Which limit it was, by whose words."""
    line = match.because[0]
    if "TaskDeferralTimeout" in line or "Trigger" in line:
        return deferred()
    return whole_run() if "has timed-out" in line else task()


RULE = Rule(
    category=Category.CAPACITY,
    cause="task-timeout",
    may_heal=True,
    recognise=recognise,
    remedy=remedy,
)
