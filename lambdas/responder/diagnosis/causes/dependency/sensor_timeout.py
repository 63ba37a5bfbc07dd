"""What a sensor or a waiter waits for did not come in time.

Seen as: AirflowSensorTimeout, "Sensor has timed out", "Snap. Time is OUT", a waiter's "Max attempts exceeded".
Comes from: data that was late or never written, another name or date than the producer uses, a timeout that is too short.
"""

from __future__ import annotations

from responder.diagnosis.advice import AIRFLOW_DOCS, FROM_TEXT
from responder.diagnosis.frames import in_sensor
from responder.diagnosis.provider_match import by_complaint
from responder.diagnosis.recognise import by_decisive, first_of
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.diagnosis.timeout_advice import DEFERRED
from responder.evidence.lazy_pattern import lazy
from responder.evidence.provider_complaint import Complaint
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Link, Remedy

_WORDS = lazy(
    r"AirflowSensorTimeout|Snap\. Time is OUT|Sensor (?:has )?timed out|Sensor deferral timed out|Waiter \w{1,80} failed: Max attempts exceeded|[Ww]aiter error: max attempts reached"
)
# https://github.com/apache/airflow/blob/main/task-sdk/src/airflow/sdk/execution_time/task_runner.py
_NO_RETRY = " Airflow does not retry a sensor that timed out, whatever its retries say."
SENSOR_DOCS = Link("Sensors", f"{AIRFLOW_DOCS}/core-concepts/sensors.html")


# A deferred sensor that resumes after its time: the providers' releases before AirflowSensorTimeout was raised for it
_deferred = by_decisive(DEFERRED, NoFacts())


def _of_sensor(evidence: Evidence) -> Match[NoFacts] | None:
    return _deferred(evidence) if in_sensor(evidence.chain) else None


def remedy(match: Match[NoFacts], _answers: Answers) -> Remedy:
    """First the producer, then the name, then the limit."""
    return Remedy(
        summary="What the task waits for did not come within its timeout.",
        explanation='The look itself works: each one said "not yet".'
        + (_NO_RETRY if "ensor" in match.because[0] else ""),
        steps=(
            "See whether the producer ran: the job, DAG or partner that should write it. If it failed or was late, that is what to repair; then clear this task.",
            "Compare the name that the sensor asks for (first lines of its log) with what is there: prefix, date format, time zone, logical date.",
            'If it is only late: raise timeout, with mode="reschedule" or deferrable=True, so that the wait holds no worker slot.',
            "If the work may go on without it: soft_fail=True; the sensor is then skipped instead of failed, and so is what depends on it.",
        ),
        proof=FROM_TEXT,
        links=(SENSOR_DOCS,),
    )


RULE = Rule(
    category=Category.DEPENDENCY,
    cause="sensor-timeout",
    may_heal=False,
    recognise=first_of(by_decisive(_WORDS, NoFacts()), _of_sensor, by_complaint(Complaint.WAITED, NoFacts)),
    remedy=remedy,
)
