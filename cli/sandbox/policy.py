"""IAM's documented evaluation of one request, as a pure function.

Within one account: an explicit deny anywhere wins; then every level of service control policies has to
allow, then the permissions boundary, then an identity policy; else the request is denied implicitly.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cli.sandbox.policy_document import Policy, Position, Statement
from cli.sandbox.policy_pattern import Context, matches_action, matches_resource, variables


class Decision(StrEnum):
    """As IAM's simulator spells it."""

    ALLOWED = "allowed"
    EXPLICIT_DENY = "explicitDeny"
    IMPLICIT_DENY = "implicitDeny"


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks is not part of it: the policies handed in are the caller's."""

    action: str
    resource: str
    context: Context

    @staticmethod
    def of(action: str, resource: str = "*", context: Mapping[str, str | Sequence[str]] | None = None) -> Request:
        """`context` by key name in any case; a value is one text or several."""
        given = (context or {}).items()
        return Request(action, resource, {key.lower(): (v,) if isinstance(v, str) else tuple(v) for key, v in given})


@dataclass(frozen=True, slots=True)
class Matched:
    """A statement that decided."""

    policy_id: str
    policy_type: str
    sid: str
    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The decision and what it rests on."""

    decision: Decision
    matched: tuple[Matched, ...] = ()  # of a deny only the denying ones; never those of service control policies
    missing: tuple[str, ...] = ()  # context keys that a statement for this call asks for and nobody gave
    allowed_by_boundary: bool | None = None  # None: there is no boundary
    allowed_by_organizations: bool | None = None  # None: there are no service control policies


def evaluate(
    request: Request,
    identity: Sequence[Policy],
    *,
    boundary: Sequence[Policy] | None = None,
    scp_levels: Sequence[Sequence[Policy]] = (),
) -> Evaluation:
    """The verdict over one caller's policies; `scp_levels` from the organisation's root down to the account."""
    organizations = _levels(request, scp_levels)
    limit = None if boundary is None else _verdict(request, boundary)
    own = _verdict(request, identity)
    decision = _combine(organizations, limit, own)
    stopped = organizations is not None and organizations is not Decision.ALLOWED
    return Evaluation(
        decision=decision,
        matched=() if stopped else _deciding(request, [*identity, *(boundary or ())], decision),
        missing=_missing(request, [*identity, *(boundary or ())]),
        allowed_by_boundary=None if limit is None else limit is Decision.ALLOWED,
        allowed_by_organizations=None if organizations is None else not stopped,
    )


def context_keys(policies: Iterable[Policy]) -> tuple[str, ...]:
    """Every context key that the policies mention, sorted, each once whatever its case."""
    named = (key for policy in policies for statement in policy.statements for key in _asked(statement))
    return tuple(sorted({key.lower(): key for key in named}.values()))


def _combine(*verdicts: Decision | None) -> Decision:
    given = [verdict for verdict in verdicts if verdict is not None]
    if Decision.EXPLICIT_DENY in given:
        return Decision.EXPLICIT_DENY
    return Decision.IMPLICIT_DENY if Decision.IMPLICIT_DENY in given else Decision.ALLOWED


def _levels(request: Request, levels: Sequence[Sequence[Policy]]) -> Decision | None:
    return _combine(*(_verdict(request, level) for level in levels)) if levels else None


def _verdict(request: Request, policies: Iterable[Policy]) -> Decision:
    matching = [each.allows for policy in policies for each in policy.statements if _applies(each, request)]
    if not matching:
        return Decision.IMPLICIT_DENY
    return Decision.ALLOWED if all(matching) else Decision.EXPLICIT_DENY


def _deciding(request: Request, policies: Iterable[Policy], decision: Decision) -> tuple[Matched, ...]:
    if decision is Decision.IMPLICIT_DENY:
        return ()
    wanted = decision is Decision.ALLOWED
    return tuple(
        Matched(policy.id, policy.type, each.sid, each.start, each.end)
        for policy in policies
        for each in policy.statements
        if each.allows == wanted and _applies(each, request)
    )


def _missing(request: Request, policies: Iterable[Policy]) -> tuple[str, ...]:
    concerned = (each for policy in policies for each in policy.statements if _concerns(each, request))
    keys = {key.lower(): key for each in concerned for key in _asked(each)}
    return tuple(sorted(key for folded, key in keys.items() if folded not in request.context))


def _asked(statement: Statement) -> Iterable[str]:
    yield from (condition.key for condition in statement.conditions)
    if not statement.has_variables:
        return
    values = (value for condition in statement.conditions for value in condition.values)
    for text in (*statement.resources, *statement.not_resources, *values):
        yield from variables(text)


def _applies(statement: Statement, request: Request) -> bool:
    return (
        _has_action(statement, request.action)
        and _has_resource(statement, request)
        and all(each.holds(request.context, has_variables=statement.has_variables) for each in statement.conditions)
    )


def _concerns(statement: Statement, request: Request) -> bool:
    """Would apply, were it not for its conditions and for variables that nobody filled in."""
    if not _has_action(statement, request.action):
        return False
    open_ended = statement.has_variables and any(
        key.lower() not in request.context
        for text in (*statement.resources, *statement.not_resources)
        for key in variables(text)
    )
    return open_ended or _has_resource(statement, request)


def _has_action(statement: Statement, action: str) -> bool:
    if statement.not_actions:
        return not any(matches_action(pattern, action) for pattern in statement.not_actions)
    return any(matches_action(pattern, action) for pattern in statement.actions)


def _has_resource(statement: Statement, request: Request) -> bool:
    context = request.context if statement.has_variables else None
    if statement.not_resources:
        return not any(matches_resource(pattern, request.resource, context) for pattern in statement.not_resources)
    return any(matches_resource(pattern, request.resource, context) for pattern in statement.resources)
