"""A host name does not resolve.

Seen as: gaierror, "Name or service not known", "Temporary failure in name resolution", "could not translate host name".
Comes from: a typo in a connection's host, a private zone that is not associated with the environment's VPC, or no DNS there.
"""

from __future__ import annotations

from responder.diagnosis.advice import EDIT_CONNECTION, FROM_TEXT, NETWORK_DOCS
from responder.diagnosis.network_match import Peer, by_obstacle, called, is_aws
from responder.diagnosis.rule import Match, Rule
from responder.evidence.network_error import Obstacle
from responder.inquiry.question import Answers
from responder.model import Category, Remedy


def remedy(match: Match[Peer], _answers: Answers) -> Remedy:
    """Compare the name first; then the VPC's resolver."""
    found = match.facts
    host = found.host or "the host"
    where = (
        f"{EDIT_CONNECTION} > {found.connection}" if found.connection else f"{EDIT_CONNECTION}, or the DAG's own code"
    )
    steps = [
        f"Compare the name letter by letter with what it should be: {where}. The field takes a bare host name, without https:// and without a path.",
        f"If it is right, ask the resolver of the environment's VPC: run `getent hosts {host}` in a BashOperator of the same environment.",
        (
            "For a private name, associate its Route 53 private hosted zone with the environment's VPC, or forward the zone with a Resolver rule; "
            "the VPC needs enableDnsSupport and enableDnsHostnames."
        ),
    ]
    if is_aws(found.host):
        steps.append(
            "For an AWS endpoint without internet access, create the service's interface endpoint with private DNS names enabled."
        )
    return Remedy(
        summary=f"The name {called(found)} does not resolve from the environment.",
        explanation="The worker asked the DNS resolver of its VPC and got no address, so no connection was even tried: "
        'security groups, logins and certificates play no part yet. "Temporary failure" may pass; "not known" will not.',
        steps=tuple(steps),
        proof=FROM_TEXT,
        links=(NETWORK_DOCS,),
    )


RULE = Rule(
    category=Category.NETWORK,
    cause="dns",
    may_heal=True,
    recognise=by_obstacle(Obstacle.NAME),
    remedy=remedy,
    yields_to=("connection-invalid", "metadata-database", "airflow-config", "secrets-backend"),
)
