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

_PASSES = 'A "temporary failure" may pass: clear the task. If all names fail, the VPC\'s resolver is not reached (DHCP options, network ACL on port 53).'
_PRIVATE = (
    "For a private name, associate its Route 53 private hosted zone with the environment's VPC, or forward the zone with a Resolver rule; "
    "the VPC needs enableDnsSupport and enableDnsHostnames."
)
_AWS = (
    "Check that the service exists in the region that the name holds. A service's private names resolve only where its interface endpoint has private DNS names enabled "
    "and the VPC has enableDnsSupport and enableDnsHostnames."
)


def remedy(match: Match[Peer], _answers: Answers) -> Remedy:
    """Compare the name first; then the VPC's resolver."""
    found = match.facts
    where = (
        f"{EDIT_CONNECTION} > {found.connection}" if found.connection else f"{EDIT_CONNECTION}, or the DAG's own code"
    )
    steps = [
        *((_PASSES,) if "emporary failure" in match.because[0] else ()),
        f"Compare the host letter by letter with what it should be: {where}. The field takes a bare host name, without https:// and without a path.",
        f"If it is right, ask the resolver of the environment's VPC: run `getent hosts {found.host or '<host>'}` in a BashOperator of the same environment.",
        *((_AWS,) if is_aws(found.host) else (_PRIVATE,)),
    ]
    return Remedy(
        summary=f"The name of {called(found)} cannot be resolved."
        if found.host is None
        else f"The host name {called(found)} cannot be resolved from the environment.",
        explanation="The worker asked the DNS resolver of its VPC and got no address, so no connection was even tried: "
        "security groups, logins and certificates play no part yet.",
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
