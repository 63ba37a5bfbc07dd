"""A host is known, but no connection comes about, or it breaks off.

Seen as: connection refused, timed out, reset or closed; EndpointConnectionError; ConnectTimeout, ReadTimeout.
Comes from: a security group, a missing route, NAT gateway or VPC endpoint; a port where nothing listens; a slow or restarting server.
"""

from __future__ import annotations

from responder.diagnosis.advice import EDIT_CONNECTION, FROM_TEXT, NETWORK_DOCS
from responder.diagnosis.environment_advice import about_environment, known, own_groups, own_subnets, unknown_because
from responder.diagnosis.network_match import Peer, by_obstacle, called, is_aws, is_local, is_private
from responder.diagnosis.rule import Match, Rule
from responder.evidence.network_error import Obstacle
from responder.inquiry.environment import EnvironmentFacts
from responder.inquiry.question import Answers
from responder.model import Category, Link, Remedy

ENDPOINT_DOCS = Link(
    "VPC endpoints for private routing", "https://docs.aws.amazon.com/mwaa/latest/userguide/vpc-vpe-create-access.html"
)

_REFUSED = (
    "Refused: the machine answers, but nothing listens on that port; compare the port, and whether the service runs."
)
_TIMED_OUT = (
    "Timed out: packets are dropped on the way; a security group, a network ACL or a missing route is the usual reason."
)


def remedy(match: Match[Peer], answers: Answers) -> Remedy:
    """What to check depends on where the host lies."""
    found = match.facts
    return Remedy(
        summary=f"The environment cannot reach {called(found)}.",
        explanation="The name is known, but the connection was not made or did not last. Refused and timed out have different reasons.",
        steps=(*_where(found, known(answers)), _REFUSED, _TIMED_OUT),
        proof=FROM_TEXT,
        not_checked=unknown_because(answers),
        links=(NETWORK_DOCS, ENDPOINT_DOCS) if is_aws(found.host) else (NETWORK_DOCS,),
    )


def _where(found: Peer, environment: EnvironmentFacts | None) -> tuple[str, ...]:
    if is_local(found.host):
        return (
            f"localhost is the worker itself: set the real host in {EDIT_CONNECTION} > {found.connection or 'the connection that the task uses'}.",
        )
    if is_aws(found.host):
        return (
            (
                f"{own_subnets(environment).capitalize()} need a way to this service: a route to a NAT gateway, or the service's own VPC endpoint "
                "whose security group lets port 443 in from the environment's security group."
            ),
            "Check the region in the endpoint's name against the one where the resource is.",
        )
    if is_private(found.host):
        return (
            f"Let {own_groups(environment)} into the security group of the target, on its port (MWAA console > the environment > Networking).",
            "If the target is in another VPC or on premises: peering, transit gateway or VPN need a route in both directions.",
        )
    return (
        f"{own_subnets(environment).capitalize()} need a route to a NAT gateway for hosts outside the VPC; with private routing only there is none.",
        "If the other side filters by address, allow the NAT gateway's Elastic IP there.",
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
