"""Another task or DAG that this one depends on failed.

Seen as: "Some of the external tasks … failed", "The external DAG x failed", "failed with failed states", "DagRun finished with failed state".
Comes from: a failure elsewhere; this task only reports it.
"""

from __future__ import annotations

from responder.diagnosis.advice import AIRFLOW_DOCS, FROM_TEXT
from responder.diagnosis.quoting import ending
from responder.diagnosis.recognise import by_decisive
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.evidence.lazy_pattern import lazy
from responder.inquiry.question import Answers
from responder.model import Category, Link, Remedy

_WORDS = lazy(
    r"(?i)Some of the external (?:tasks|task[_ ]groups?) .{1,1000}? in DAG \S{1,250} (?:failed|skipped|have failed)"
    r"|The external (?:DAG|task|task[_ ]group) .{1,300}? (?:has )?failed|External(?:Dag|Task|TaskGroup)FailedError"
    r"|DagRun finished with failed state|failed with failed[_ ]states? |External job has failed"
    r"|requires all upstream tasks to have succeeded|upstream task\S{0,3} .{0,60}failed|in state upstream_failed"
)


def remedy(match: Match[NoFacts], _answers: Answers) -> Remedy:
    """Go to the one that failed."""
    return Remedy(
        summary=f"It failed because something it depends on failed: {ending(match.because[0])}",
        explanation="Nothing is wrong with this task. What has to be repaired is the task or DAG that it names; that one has a message of its own.",
        steps=(
            "Open the run of the DAG that is named, for the same logical date, and repair what failed there first.",
            "Then clear that task with its downstream tasks, or this one.",
            "If this task should not depend on its outcome: change failed_states / allowed_states of the sensor, or trigger_rule.",
        ),
        proof=FROM_TEXT,
        links=(Link("Dependencies across DAGs", f"{AIRFLOW_DOCS}/howto/operator/external_task_sensor.html"),),
    )


RULE = Rule(
    category=Category.DEPENDENCY,
    cause="upstream-failed",
    may_heal=False,
    recognise=by_decisive(_WORDS, NoFacts()),
    remedy=remedy,
)
