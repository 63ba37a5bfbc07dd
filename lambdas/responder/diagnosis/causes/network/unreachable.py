"""A host is known, but no connection comes about, or it breaks off.

Seen as: connection refused, timed out, reset or closed; EndpointConnectionError; ConnectTimeout, ReadTimeout.
Comes from: a security group, a missing route, NAT gateway or VPC endpoint; a port where nothing listens; a slow or restarting server.
"""

from __future__ import annotations

from responder.diagnosis.advice import EDIT_CONNECTION, FROM_TEXT, NETWORK_DOCS
from responder.diagnosis.connection_outcome import AGAIN, Outcome, ended
from responder.diagnosis.environment_advice import about_environment, known, own_groups, own_subnets, unknown_because
from responder.diagnosis.network_match import Peer, by_obstacle, called, is_aws, is_local, is_private
from responder.diagnosis.quoting import beginning
from responder.diagnosis.rule import Match, Rule
from responder.evidence.network_error import Obstacle
from responder.inquiry.environment import EnvironmentFacts
from responder.inquiry.question import Answers
from responder.model import Category, Link, Remedy

ENDPOINT_DOCS = Link(
    "VPC endpoints for private routing", "https://docs.aws.amazon.com/mwaa/latest/userguide/vpc-vpe-create-access.html"
)


def remedy(match: Match[Peer], answers: Answers) -> Remedy:
    """How it ended, and what to check where the host lies."""
    found, outcome = match.facts, ended(match.because[0])
    local = is_local(found.host)
    return Remedy(
        summary=f"The environment cannot reach {called(found)}: {outcome.said}.",
        explanation=_HERE if local else outcome.meaning,
        steps=_local(found) if local else (*_first(found, outcome), *_where(found, known(answers))),
        proof=FROM_TEXT,
        not_checked=() if local else unknown_because(answers),
        links=(NETWORK_DOCS, ENDPOINT_DOCS) if is_aws(found.host) else (NETWORK_DOCS,),
    )


_HERE = "That address is the worker itself, where no such service runs; most often it is what a client takes when no host is set."


def _local(found: Peer) -> tuple[str, ...]:
    return (
        f"Set the real host: {EDIT_CONNECTION} > {found.connection or 'the connection that the task uses'}, or wherever the code takes the address from.",
    )


def _first(found: Peer, outcome: Outcome) -> tuple[str, ...]:
    where = f" with {EDIT_CONNECTION} > {found.connection}" if found.connection else ""
    if outcome.refused:
        return (
            f"Compare host and port{where}, and see that the service runs and listens there. Only then look at the network:",
        )
    return (AGAIN,) if outcome.passes else ()


def _where(found: Peer, environment: EnvironmentFacts | None) -> tuple[str, ...]:
    subnets = own_subnets(environment)
    if is_aws(found.host):
        return (
            (
                f"{beginning(subnets)} need a way to this service: a route to a NAT gateway, or the service's own VPC endpoint "
                "whose security group lets port 443 in from the environment's security group."
            ),
            "Check the region in the endpoint's name against the one where the resource is.",
        )
    inside = f"let {own_groups(environment)} into the security group or firewall of the target, on its port; another VPC or a network on premises needs a route in both directions."
    if is_private(found.host):
        return (beginning(inside),)
    return (
        f"A host inside your own network: {inside}",
        f"A host on the internet: {subnets} need a route to a NAT gateway; if the other side filters by address, allow the NAT gateway's Elastic IP there.",
    )


RULE = Rule(
    category=Category.NETWORK,
    cause="unreachable",
    may_heal=True,
    recognise=by_obstacle(Obstacle.CONNECTION),
    remedy=remedy,
    questions=about_environment,
    yields_to=("connection-invalid", "metadata-database", "airflow-config", "secrets-backend"),
)
