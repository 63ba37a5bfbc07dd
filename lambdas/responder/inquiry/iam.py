"""Who says why a request was refused: the clients to ask with. How they are asked stands in `refused_request`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from responder.inquiry import iam_evidence, iam_policies, iam_simulator
from responder.inquiry.environment import EnvironmentFacts, EnvironmentState
from responder.inquiry.iam_questions import WhyDenied
from responder.inquiry.iam_simulator import Simulator
from responder.inquiry.question import Budget
from responder.inquiry.refused_request import RefusedRequest
from responder.model import Failure
from responder.permissions.findings import Findings

# `s3:ListAllMyBuckets` tells whether a bucket is the account's own: its ARN does not name an account
ACTIONS = tuple(sorted({*iam_evidence.ACTIONS, *iam_policies.ACTIONS, *iam_simulator.ACTIONS, "s3:ListAllMyBuckets"}))


class Environments(Protocol):
    """The inquirer of `inquiry/environment`."""

    def answer(self, question: EnvironmentState, failure: Failure, budget: Budget) -> EnvironmentFacts: ...


@dataclass(frozen=True, slots=True)
class IamInquirer:
    """Clients are made when first needed. `toolbox` may raise where boto3 does not know the service yet."""

    environments: Environments
    iam: Callable[[], Any]
    sts: Callable[[], Any]
    s3: Callable[[], Any]
    toolbox: Callable[[], Any]
    simulator: Simulator

    def answer(self, question: WhyDenied, failure: Failure, budget: Budget) -> Findings:
        """Findings with whatever could be found out; what could not is in their notes."""
        return RefusedRequest(self, question, failure, budget).findings()
