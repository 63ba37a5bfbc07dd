"""A message as the ledger keeps it, so that a follow-up can say again what the first message said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from responder.model import (
    Artifact,
    Attempt,
    Category,
    Diagnosis,
    Failure,
    Kind,
    Link,
    Message,
    Occurrences,
    Place,
    Proof,
    ProofLevel,
    Remedy,
    Strength,
)
from responder.report.as_json import as_json
from responder.report.shorter import fitted

MOST_CHARACTERS = 60_000  # DynamoDB takes items of 400 kB; a write costs by the kilobyte


def to_card(message: Message) -> str:
    """JSON of at most `MOST_CHARACTERS`, of as much of the message as that takes."""
    return fitted(message, _card, MOST_CHARACTERS)


def _card(message: Message) -> str:
    return json.dumps(_written(message), separators=(",", ":"))


def from_card(text: str) -> Message:
    """The message without the log it came from."""
    raw = json.loads(text)
    remedy = _remedy(raw)
    diagnosis = Diagnosis(
        category=Category(raw["category"]),
        cause=raw["cause"],
        facts=raw["facts"],
        evidence=tuple(raw["evidence"]),
        strength=Strength(raw["strength"]),
        may_heal=raw["may_heal"],
        questions=(),
        propose=lambda _answers: remedy,
    )
    return Message(raw["fingerprint"], _failure(raw), diagnosis, remedy, _links(raw["links"]), Occurrences())


def _written(message: Message) -> dict[str, Any]:
    place, remedy = message.failure.place, message.remedy
    return as_json(message) | {
        "place": [place.account, place.region, place.partition, place.log_group, place.log_stream],
        "dag_file": message.failure.dag_file,
        "seen_at": message.failure.seen_at,
        "strength": message.diagnosis.strength.value,
        "may_heal": message.diagnosis.may_heal,
        "titles": [each.title for each in remedy.artifacts],
        "owner": remedy.owner,
        "links": [[each.label, each.url] for each in message.links],
    }


def _failure(raw: Mapping[str, Any]) -> Failure:
    attempt = Attempt(*(raw[name] for name in ("dag_id", "run_id", "task_id", "map_index", "try_number", "final")))
    place = Place(raw["environment"], *raw["place"])
    return Failure(Kind(raw["kind"]), place, (), attempt=attempt, dag_file=raw["dag_file"], seen_at=raw["seen_at"])


def _remedy(raw: Mapping[str, Any]) -> Remedy:
    said = raw["remedy"]
    artifacts = zip(said["artifacts"], raw["titles"], strict=True)
    return Remedy(
        summary=raw["summary"],
        explanation=raw["explanation"],
        steps=tuple(said["steps"]),
        proof=Proof(ProofLevel(said["proof"]["level"]), said["proof"]["how"]),
        artifacts=tuple(Artifact(each["kind"], each["text"], title) for each, title in artifacts),
        not_checked=tuple(raw["not_checked"]),
        owner=raw["owner"],
    )


def _links(raw: list[list[str]]) -> tuple[Link, ...]:
    return tuple(Link(label, url) for label, url in raw)
