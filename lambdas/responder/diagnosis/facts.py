"""What every diagnosis states, whatever its cause; the keys are those of the README's "Facts"."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from responder.diagnosis.rule import Match
from responder.model import Chain, Evidence, Fact, Frame, Raised

MESSAGE_LIMIT = 300  # characters; more does not fit a notification
OWN_FOLDERS = ("/dags/", "/plugins/", "/include/")
NOT_OWN = ("/site-packages/", "/dist-packages/", "/lib/python")


def common(evidence: Evidence, match: Match[Any]) -> dict[str, Fact]:
    """The exception that ended the work, where it was in the user's code, the AWS error; then the cause's own facts."""
    found: dict[str, Fact] = {}
    if evidence.chain:
        found |= _of_exception(evidence.chain.last) | _of_place(evidence.chain)
    if evidence.aws_errors:
        found |= _of_aws(evidence)
    return found | own(match.facts)


def own(facts: Any) -> dict[str, Fact]:
    """The fields of a cause's facts that have a value."""
    if not is_dataclass(facts):
        return {}
    values = {each.name: getattr(facts, each.name) for each in fields(facts)}
    return {name: value for name, value in values.items() if value is not None}


def _of_exception(raised: Raised) -> dict[str, Fact]:
    message = raised.message.split("\n", 1)[0].strip()[:MESSAGE_LIMIT]
    found: dict[str, Fact] = {"exception": raised.type}
    return found | ({"message": message} if message else {})


def is_own(file: str) -> bool:
    """Whether a file is the user's: in dags/, plugins/ or include/, not in an installed distribution."""
    return any(folder in file for folder in OWN_FOLDERS) and not any(place in file for place in NOT_OWN)


def own_frame(chain: Chain) -> Frame | None:
    """The innermost frame in the user's own code, of the exception raised first that has one."""
    frames = (frame for raised in chain.links for frame in reversed(raised.frames) if is_own(frame.file))
    return next(frames, None)


def _of_place(chain: Chain) -> dict[str, Fact]:
    syntax = next((raised.syntax for raised in chain.links if raised.syntax), None)
    if syntax:
        return {"file": syntax.file, "line": syntax.line}
    frame = own_frame(chain)
    return {"file": frame.file, "line": frame.line, "function": frame.function} if frame else {}


def _of_aws(evidence: Evidence) -> dict[str, Fact]:
    error = evidence.aws_errors[0]
    named = {"error_code": error.code, "aws_operation": error.operation, "aws_service": error.service}
    return {name: value for name, value in named.items() if value}
