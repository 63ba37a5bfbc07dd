"""One failure as one JSON object: what `diagnose --format json` prints and the event `Failure Diagnosed` carries."""

from __future__ import annotations

from typing import Any

from responder.model import Message


def as_json(message: Message) -> dict[str, Any]:
    """The keys are a contract with those who read it; values are plain JSON."""
    failure, diagnosis, remedy = message.failure, message.diagnosis, message.remedy
    attempt = failure.attempt
    return {
        "kind": failure.kind.value,
        "environment": failure.place.environment,
        "dag_id": attempt.dag_id,
        "run_id": attempt.run_id,
        "task_id": attempt.task_id,
        "map_index": attempt.map_index,
        "try_number": attempt.try_number,
        "final": attempt.final,
        "category": diagnosis.category.value,
        "cause": diagnosis.cause,
        "facts": dict(diagnosis.facts),
        "evidence": list(diagnosis.evidence),
        "summary": remedy.summary,
        "explanation": remedy.explanation,
        "remedy": {
            "steps": list(remedy.steps),
            "artifacts": [{"kind": each.kind, "text": each.text} for each in remedy.artifacts],
            "proof": {"level": remedy.proof.level.value, "how": remedy.proof.how},
        },
        "not_checked": list(remedy.not_checked),
        "fingerprint": message.fingerprint,
    }
