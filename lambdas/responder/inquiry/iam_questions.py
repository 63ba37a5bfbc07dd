"""What a rule may want to know of IAM. `inquiry/iam` and `inquiry/iam_baseline` answer it."""

from __future__ import annotations

from dataclasses import dataclass

from responder.evidence.refusal import Denial
from responder.inquiry.question import Question
from responder.permissions.baseline import Lacking
from responder.permissions.findings import Findings


@dataclass(frozen=True)
class WhyDenied(Question[Findings]):
    """Why this was refused, and whether the proposed policy would let it through. `service` is the client whose call it was,
    `operator` the task's class, where the log tells.
    """

    denial: Denial
    service: str | None = None
    operator: str | None = None


@dataclass(frozen=True)
class BaselineRights(Question[Lacking]):
    """What the execution role of the failure's environment lacks of the documented policy.

    `permissions.baseline.steps` and `artifacts` put the answer into words.
    """
