"""What counts as a repeat: the fingerprint of an incident, and the key of one attempt."""

from __future__ import annotations

import hashlib
import json
import re

from responder.model import Category, Diagnosis, Failure, Kind
from responder.report.discriminators import DEFAULT, DISCRIMINATORS
from responder.report.stable_text import stable

VERSION = "v1"  # another version of the rules below starts every incident anew
LENGTH = 24  # hexadecimal digits, 96 bits: no two problems meet by chance

_S3_OBJECT = re.compile(r"(arn:aws[a-z-]{0,12}:s3:::[^/]{1,80})/.{0,2000}", re.DOTALL)
_SESSION = re.compile(r"(:assumed-role/.{1,600}/)[^/]{1,80}")
_NOT_IN_STREAM_NAMES = re.compile(r"[:*+]")


def fingerprint(failure: Failure, diagnosis: Diagnosis) -> str:
    """`v1:…`, the same for all that one remedy would mend."""
    told_apart_by = DISCRIMINATORS.get(diagnosis.cause, DEFAULT)
    known = {key: _value(key, diagnosis.facts[key]) for key in told_apart_by.keys if key in diagnosis.facts}
    parts: list[object] = [failure.place.environment, diagnosis.category, diagnosis.cause, sorted(known.items())]
    if told_apart_by.per_place or not known:
        parts.append(_thing(failure, diagnosis))
    if diagnosis.category is Category.UNKNOWN and diagnosis.evidence:
        parts.append(stable(diagnosis.evidence[0]))
    return f"{VERSION}:{_digest(parts)}"


def attempt_key(failure: Failure) -> str:
    """One key for one attempt, whoever tells of it. What is no attempt is known by its place in the log."""
    attempt, place = failure.attempt, failure.place
    parts: list[object]
    if failure.kind is Kind.TASK and attempt.dag_id and attempt.task_id and attempt.try_number is not None:
        index = max(attempt.map_index or 0, 0)  # -1 is Airflow's word for a task that is not mapped
        run = _NOT_IN_STREAM_NAMES.sub("_", attempt.run_id or "")
        parts = [place.environment, attempt.dag_id, run, attempt.task_id, index, attempt.try_number]
    else:
        status = failure.status.status if failure.status else None
        parts = [failure.kind, place.environment, place.log_group, place.log_stream, failure.dag_file, attempt.dag_id]
        parts += [attempt.run_id, attempt.task_id, attempt.map_index, status, failure.seen_at]
    return _digest(parts)


def _value(key: str, value: str | int) -> str | int:
    if isinstance(value, int):
        return value
    if key == "resource":
        return stable(_S3_OBJECT.sub(r"\1", value), is_name=True)
    if key == "principal":
        return _SESSION.sub(r"\1", value)
    return stable(value) if key == "message" else value


def _thing(failure: Failure, diagnosis: Diagnosis) -> str:
    """The task, the file or the component that failed."""
    attempt = failure.attempt
    if attempt.dag_id:
        return f"{attempt.dag_id}.{attempt.task_id or ''}"
    return failure.dag_file or str(diagnosis.facts.get("file", "")) or failure.kind


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:LENGTH]
