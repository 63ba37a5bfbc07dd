"""The question why a request was refused, and whether the proposed policy would let it through. `inquiry/iam` answers it."""

from __future__ import annotations

from dataclasses import dataclass

from responder.evidence.refusal import Denial
from responder.inquiry.question import Question
from responder.permissions.findings import Findings


@dataclass(frozen=True)
class WhyDenied(Question[Findings]):
    """Why this was refused. `service` is the client whose call it was, `operator` the task's class, where the log tells."""

    denial: Denial
    service: str | None = None
    operator: str | None = None
