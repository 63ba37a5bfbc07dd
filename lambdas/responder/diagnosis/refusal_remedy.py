"""The remedy of a refusal: the leaf's advice, the statement with its proof, what will be refused next."""

from __future__ import annotations

from dataclasses import replace

from responder.diagnosis.advice import ROLE_DOCS
from responder.evidence.refusal import Layer
from responder.inquiry.question import Unanswered
from responder.model import Artifact, Link, Proof, ProofLevel, Remedy
from responder.permissions import attach, baseline
from responder.permissions.advice import words
from responder.permissions.baseline import Lacking
from responder.permissions.companions import behind
from responder.permissions.decision import Leaf, decide, layer_of
from responder.permissions.findings import Findings, Follower
from responder.permissions.phrases import action_of, summary
from responder.permissions.principal import Whose
from responder.permissions.proof import DECIDES, proof
from responder.permissions.proposal import Proposal

DENIED_DOCS = Link(
    "Troubleshooting access denied messages",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
)
# Where an Allow on the refused one is what has to change
_PROPOSES = frozenset({Leaf.ADD_STATEMENT, Leaf.OBJECT_MAY_BE_MISSING, Leaf.CONDITIONAL, Leaf.OTHER_ACCOUNT, Leaf.USER})


def remedy(found: Findings) -> Remedy:
    """For whatever was found; what could not be looked at is said."""
    leaf = decide(found)
    told = words(leaf, found)
    proposal = found.proposal if isinstance(found.proposal, Proposal) and leaf in _PROPOSES else None
    more = (*_wide(proposal), *_next(found, proposal), "Clear the failed task.") if proposal else ()
    return Remedy(
        summary=summary(found, layer_of(found)),
        explanation=told.explanation,
        steps=(*told.steps, *more),
        proof=_proof(found, proposal),
        artifacts=_artifacts(found, proposal) if proposal else _beneath(found),
        not_checked=found.notes,
        links=(
            *(attach.console(found.principal) if found.principal.whose is not Whose.SERVICE else ()),
            DENIED_DOCS,
            ROLE_DOCS,
        ),
        owner=told.owner,
    )


def _proof(found: Findings, proposal: Proposal | None) -> Proof:
    if proposal:
        return proof(found)
    if found.before is not None:
        said = f"IAM's policy simulator {DECIDES[found.before.decision]} {found.before.action} on {found.before.resource} as the role is"
        return Proof(
            ProofLevel.CHECKED,
            f"{said}; it does not look at resource, key, endpoint, session and resource control policies",
        )
    if found.layer_by:
        return Proof(ProofLevel.CHECKED, f"{found.layer_by} names the layer that refused")
    named = layer_of(found) is not Layer.UNKNOWN
    return Proof(
        ProofLevel.SUSPECTED,
        "read from the log's text, which names what refused" if named else "read from the log's text alone",
    )


def _wide(proposal: Proposal) -> tuple[str, ...]:
    return (
        (f"The statement is wider than the refused request: {proposal.target.widened}.",)
        if proposal.target.widened
        else ()
    )


def _next(found: Findings, proposal: Proposal) -> tuple[str, ...]:
    also = behind(proposal.action)
    told = [also] if also else []
    failing = [each for each in found.followers if each.before is not None and not each.before.allowed]
    if proposal.companion_policy and failing:
        told.append(
            f"The second block is for what the same operator will be refused next: {', '.join(each.action for each in failing)} (the simulator denies that now{_then(failing)})."
        )
    elif proposal.companion_policy and not found.followers:
        told.append(
            "The second block is for the further calls of the same operator; whether the role allows them already was not looked at."
        )
    return tuple(told)


def _then(failing: list[Follower]) -> str:
    still = [each.action for each in failing if each.after is None or not each.after.allowed]
    return f", and allows it with the block but for {', '.join(still)}" if still else ", and allows it with the block"


def _artifacts(found: Findings, proposal: Proposal) -> tuple[Artifact, ...]:
    title = f"Policy that allows {action_of(found)}"
    shown = [Artifact("iam-statement", proposal.policy, title)]
    second = _second(found, proposal)
    if second:
        shown.append(Artifact("companion-statement", second, "Second block: what the same operator calls next"))
    return (*shown, *attach.artifacts(proposal.policy, found.principal, found.role_arn))


def _beneath(found: Findings) -> tuple[Artifact, ...]:
    """The statement that the role needs besides, once a guardrail lets the request through."""
    if not found.enough_without_guardrail or not isinstance(found.proposal, Proposal):
        return ()
    return (
        Artifact("companion-statement", found.proposal.policy, "Needed besides, once the guardrail lets it through"),
    )


def _second(found: Findings, proposal: Proposal) -> str | None:
    """Not shown where the role allows all of it already."""
    if found.followers and all(each.before is not None and each.before.allowed for each in found.followers):
        return None
    return proposal.companion_policy


def with_baseline(found: Remedy, answer: Lacking | Unanswered) -> Remedy:
    """The remedy with whatever else MWAA's documented policy has and the role has not."""
    role = baseline.shown(answer)
    rest = tuple(each._replace(kind="companion-statement") for each in role.artifacts)
    return replace(
        found,
        steps=found.steps + role.steps,
        artifacts=found.artifacts + rest,
        not_checked=found.not_checked + role.not_checked,
    )
