"""What is logged and counted of one sighting: one structured line, and the metrics that dashboard and alarms look at."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import MetricUnit, single_metric

from responder.model import Diagnosis, Failure, ProofLevel
from responder.notify.delivery import Delivery, State
from responder.pipeline import Ended, Outcome
from responder.report.metric_names import (
    BROKEN_RULES,
    CAUSE,
    CHANNEL,
    CHECKED,
    DELIVERED,
    DIAGNOSED,
    LOOK_UP_ERRORS,
    NAMESPACE,
    PROVEN,
    REASON,
    RESPONDER,
    SERVICE,
    SUPPRESSED,
    SUSPECTED,
    TIME_TO_ALERT,
    UNDELIVERED,
    UNKNOWN,
)

_PROOFS = {ProofLevel.PROVEN: PROVEN, ProofLevel.CHECKED: CHECKED, ProofLevel.SUSPECTED: SUSPECTED}


def described(failure: Failure, outcome: Outcome) -> dict[str, Any]:
    """The fields of the log line."""
    attempt, diagnosis, message = failure.attempt, outcome.diagnosis, outcome.message
    fields = {
        "environment": failure.place.environment,
        "kind": failure.kind,
        "dag": attempt.dag_id,
        "task": attempt.task_id,
        "try": attempt.try_number,
        "ended": outcome.ended,
        "reason": outcome.reason,
        "cause": diagnosis.cause if diagnosis else None,
        "strength": diagnosis.strength.name if diagnosis else None,
        "broken_rules": diagnosis.broken_rules if diagnosis else None,
        "fingerprint": message.fingerprint if message else None,
        "proof": message.remedy.proof.level if message else None,
        "not_checked": message.remedy.not_checked if message else None,
        "delivered": {each.channel: f"{each.state} {each.reason}".strip() for each in outcome.delivery.results}
        if outcome.delivery
        else None,
    }
    return {name: value for name, value in fields.items() if value not in (None, ())}


def count(metrics: Metrics, failure: Failure, outcome: Outcome, now: int) -> None:
    """`now`: epoch milliseconds, after the message was confirmed."""
    if outcome.diagnosis:
        _count_diagnosis(metrics, outcome.diagnosis)
    if outcome.ended is Ended.SILENT and outcome.reason:
        _by(SUPPRESSED, REASON, outcome.reason)
    if outcome.message:
        metrics.add_metric(_PROOFS[outcome.message.remedy.proof.level], MetricUnit.Count, 1)
        metrics.add_metric(LOOK_UP_ERRORS, MetricUnit.Count, outcome.unanswered)
        if failure.seen_at:
            metrics.add_metric(TIME_TO_ALERT, MetricUnit.Seconds, max(0.0, (now - failure.seen_at) / 1000))
    if outcome.delivery:
        count_delivery(outcome.delivery)


def count_delivery(delivery: Delivery) -> None:
    """Per channel: what arrived, and what was refused for good."""
    for channel in delivery.channels(State.SENT):
        _by(DELIVERED, CHANNEL, channel)
    for channel in delivery.channels(State.REFUSED):
        _by(UNDELIVERED, CHANNEL, channel)


def _count_diagnosis(metrics: Metrics, diagnosis: Diagnosis) -> None:
    _by(DIAGNOSED, CAUSE, diagnosis.cause)
    if diagnosis.cause == "unknown":
        metrics.add_metric(UNKNOWN, MetricUnit.Count, 1)
    if diagnosis.broken_rules:
        metrics.add_metric(BROKEN_RULES, MetricUnit.Count, len(diagnosis.broken_rules))


def _by(name: str, dimension: str, value: str) -> None:
    """Also without the dimension: an alarm cannot add up what it does not know the names of."""
    for dimensions in ({SERVICE: RESPONDER, dimension: value}, {SERVICE: RESPONDER}):
        with single_metric(name, MetricUnit.Count, 1, namespace=NAMESPACE, default_dimensions=dimensions):
            pass
