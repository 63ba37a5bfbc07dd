"""What was found out about one refusal: the nouns between `inquiry/iam` and `decision`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from responder.evidence.refusal import Denial, Layer
from responder.permissions.principal import Principal
from responder.permissions.proposal import Proposal
from responder.permissions.resources import Place
from responder.permissions.statement import Refused


class Decision(StrEnum):
    """As IAM's policy simulator spells it: https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html."""

    ALLOWED = "allowed"
    EXPLICIT_DENY = "explicitDeny"
    IMPLICIT_DENY = "implicitDeny"


class Matched(NamedTuple):
    """A policy that decided, as the simulator names it."""

    policy: str
    kind: str


class Verdict(NamedTuple):
    """The simulator's answer for one action on one resource."""

    action: str
    resource: str
    decision: Decision
    organizations: bool | None = None  # False: a service control policy does not let it through; None: there is none
    boundary: bool | None = None  # the same for the permissions boundary
    missing: tuple[str, ...] = ()  # condition keys that policies ask for and nobody could fill in
    matched: tuple[Matched, ...] = ()

    @property
    def allowed(self) -> bool:
        return self.decision is Decision.ALLOWED


class Follower(NamedTuple):
    """A companion action, as it is and with the second block."""

    action: str
    resource: str
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that was looked up; None is what was not, and `notes` says why."""

    denial: Denial  # with what a decoded message added
    principal: Principal
    place: Place
    proposal: Proposal | Refused
    role_arn: str | None = None  # with its path, as MWAA or IAM states it
    before: Verdict | None = None
    after: Verdict | None = None
    followers: tuple[Follower, ...] = ()
    layer: Layer | None = None  # what AWS itself or the simulator says refused
    layer_by: str = ""  # who says so
    denied_by: tuple[str, ...] = ()  # "policy X, statement Y"
    boundary_arn: str | None = None
    owned: bool | None = None  # whether the bucket belongs to the role's account
    enough_without_guardrail: bool | None = (
        None  # the statement alone would do, once boundary or organisation let it through
    )
    notes: tuple[str, ...] = ()  # "what: why not"
