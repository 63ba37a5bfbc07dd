"""What will be refused next: the further calls of the operator whose first call was refused."""

from __future__ import annotations

from typing import NamedTuple

from responder.permissions.actions import known
from responder.permissions.operator_actions import ALIASES, BEHIND, OPERATORS
from responder.permissions.resources import Place, fits, target
from responder.permissions.statement import Statement, refusal
from responder.permissions.target import NoTarget

MOST = 8  # actions of a second block; no operator makes more calls

# Second resources of one action: https://docs.aws.amazon.com/batch/latest/userguide/security_iam_id-based-policy-examples.html
_ALSO_ON = {
    ("batch:SubmitJob", "job-definition"): "job-queue/*",
    ("batch:SubmitJob", "job-queue"): "job-definition/*",
    ("batch:SubmitJob", "job"): "job-queue/*",
}


class Companion(NamedTuple):
    """One action that the same operator needs."""

    action: str
    resources: tuple[str, ...]
    asked: str  # the resource to simulate it on


def companions(action: str, resource: str | None, operator: str | None, place: Place) -> tuple[Companion, ...]:
    """Those whose resource can be told; in the order of the operator's calls."""
    found = [each for name in _others(action, operator) if (each := _companion(name, resource, place))]
    also = _second_resource(action, resource)
    return tuple(([also] if also else []) + found)[:MOST]


def behind(action: str) -> str | None:
    """What the service will ask for with the same rights, in words."""
    return BEHIND.get(action)


def as_statements(found: tuple[Companion, ...]) -> tuple[Statement, ...]:
    """One statement for all actions on the same resources."""
    by_resources: dict[tuple[str, ...], list[str]] = {}
    for each in found:
        by_resources.setdefault(each.resources, []).append(each.action)
    return tuple(Statement(tuple(actions), resources) for resources, actions in by_resources.items())


def _others(action: str, operator: str | None) -> tuple[str, ...]:
    name = ALIASES.get(operator or "", operator or "")
    row = OPERATORS.get(name, ())
    if action in row:
        return tuple(each for each in row if each != action)
    row = next((each for each in OPERATORS.values() if action in each and not action.startswith("s3:")), ())
    return _of_guessed(action, row)


def _of_guessed(action: str, row: tuple[str, ...]) -> tuple[str, ...]:
    """Whoever only looks need not start anything: of the calls before the refused one those that read."""
    at = row.index(action) if row else 0
    return tuple(each for each in row[:at] if _reads(each)) + row[at + 1 :]


def _reads(action: str) -> bool:
    found = known(action)
    return found is not None and found.level in {"L", "R"}


def _companion(action: str, resource: str | None, place: Place) -> Companion | None:
    if known(action) is None:
        return None
    aimed = target(action, _of_same_thing(action, resource), place)
    if isinstance(aimed, NoTarget) or refusal(Statement((action,), aimed.resources)):
        return None
    return Companion(action, aimed.resources, aimed.asked or aimed.resources[0])


def _of_same_thing(action: str, resource: str | None) -> str | None:
    """The refused call's resource, where the other action takes its kind too (a bucket for an object included), or what lies within it."""
    if not resource or not resource.startswith("arn:"):
        return None
    if fits(action, resource) or (action.startswith("s3:") and resource.split(":")[2] == "s3"):
        return resource
    return _within(action, resource)


_RUNS = (":*", "/jobruns/*", "/execution/*")


def _within(action: str, resource: str) -> str | None:
    """The runs of the refused thing: `/applications/x/jobruns/*`, and for a state machine its executions, which have its name."""
    parent = resource.replace(":stateMachine:", ":execution:")
    return next((parent + runs for runs in _RUNS if fits(action, parent + runs)), None)


def _second_resource(action: str, resource: str | None) -> Companion | None:
    if not resource:
        return None
    head, _, _ = resource.partition("/")
    wanted = _ALSO_ON.get((action, head.rpartition(":")[2]))
    second = f"{head.rpartition(':')[0]}:{wanted}" if wanted else None
    return Companion(action, (second,), second) if second else None
