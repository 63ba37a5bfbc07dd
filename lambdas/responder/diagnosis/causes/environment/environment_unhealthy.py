"""The MWAA environment itself is failing, not one of its DAGs.

Seen as: an environment status such as CREATE_FAILED, UPDATE_FAILED or UNAVAILABLE, or MWAA's own health check stopping a process.
Comes from: the execution role, the VPC's routes and endpoints, the bucket, or a change (requirements, startup script) that its processes do not survive.
"""

from __future__ import annotations

import re
from typing import Any

from responder.diagnosis.advice import FROM_TEXT, NETWORK_DOCS, READ_INSTALL_LOG, ROLE_DOCS, TROUBLESHOOTING_DOCS
from responder.diagnosis.environment_advice import ENVIRONMENT, known, last_update
from responder.diagnosis.recognise import find, matched
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.inquiry.iam_questions import BaselineRights
from responder.inquiry.question import Answers, Question
from responder.model import Category, EnvironmentStatus, Evidence, Remedy, Strength
from responder.permissions import baseline

# https://docs.aws.amazon.com/mwaa/latest/API/API_Environment.html
BROKEN = frozenset({"CREATE_FAILED", "UPDATE_FAILED", "DELETE_FAILED", "UNAVAILABLE", "ROLLING_BACK"})
_HEALTH = re.compile(
    r"Status received from sidecar: RED|is being stopped due to the following reason(?!.{0,200}(?:marked for kill|graceful termination|idle))|limit for activation has been breached|"
    r"(?:environment|status)\W{1,20}(?:is |changed to |=)?['\"]?(?:CREATE_FAILED|UPDATE_FAILED|UNAVAILABLE)\b|INCORRECT_CONFIGURATION|INTERNAL_ERROR: .{0,80}environment"
)


def recognise(evidence: Evidence) -> Match[NoFacts] | None:
    status = evidence.failure.status
    if status and (status.status in BROKEN or status.status.endswith("_FAILED")):
        return Match(Strength.STRUCTURED, NoFacts(), _lines(status), evidence.failure)
    hit = find(evidence, _HEALTH)
    return matched(evidence, hit, NoFacts(), Strength.STRUCTURED) if hit else None


def _lines(status: EnvironmentStatus) -> tuple[str, ...]:
    reason = ": ".join(filter(None, (status.error_code, status.error_message)))
    return tuple(filter(None, (reason, f"Status: {status.status}")))


def questions(_match: Match[NoFacts]) -> tuple[Question[Any], ...]:
    """What MWAA gives for a reason, and whether the execution role has what it documents: the reason it gives most often."""
    return (ENVIRONMENT, BaselineRights())


def remedy(match: Match[NoFacts], answers: Answers) -> Remedy:
    lacking = answers[BaselineRights()]
    role = baseline.shown(lacking)
    status = match.failure.status
    reason = last_update(known(answers))
    name = match.failure.place.environment
    said = (
        _STATUS.get(status.status, f"its status is {status.status}")
        if status
        else "MWAA's own health check found one of its processes failing"
    )
    return Remedy(
        summary=f"The environment{f' {name}' if name else ''} is not healthy: {said}.",
        explanation=f"{reason}The logs of DAGs cannot tell why. The usual reasons are the execution role or its trust, a missing route or VPC endpoint, a bucket that does not block "
        "public access or has no versioning, and a requirements.txt or startup script that the processes do not survive.",
        steps=(
            *role.steps,
            f"Read the reason: MWAA console > the environment (banner), or `aws mwaa get-environment --name {name or '<name>'} --query Environment.LastUpdate`.",
            READ_INSTALL_LOG,
            "Check that the execution role trusts airflow.amazonaws.com and airflow-env.amazonaws.com, and that it may use the bucket, the logs, the queue (SQS) and the key.",
            "Check the network: two private subnets with a NAT gateway, or VPC endpoints for S3, CloudWatch (logs and monitoring), SQS, KMS and Airflow (airflow.api, airflow.env, airflow.ops); the security group lets itself in.",
            "If the last change was requirements.txt, plugins.zip or the startup script: go back to the object version that worked, and update again.",
        ),
        proof=role.proof or FROM_TEXT,
        artifacts=role.artifacts,
        not_checked=role.not_checked,
        links=(TROUBLESHOOTING_DOCS, NETWORK_DOCS, ROLE_DOCS),
    )


# https://docs.aws.amazon.com/mwaa/latest/API/API_Environment.html
_STATUS = {
    "CREATE_FAILED": "it could not be created (CREATE_FAILED), and has to be deleted and created anew once the reason is mended",
    "UPDATE_FAILED": "its last update failed and was undone (UPDATE_FAILED); it runs on as it was before",
    "ROLLING_BACK": "its last update failed and is being undone (ROLLING_BACK)",
    "UNAVAILABLE": "it did not come back after a change (UNAVAILABLE), and runs no DAGs",
    "DELETE_FAILED": "it could not be deleted (DELETE_FAILED)",
}


RULE = Rule(
    category=Category.ENVIRONMENT,
    cause="environment-unhealthy",
    may_heal=True,
    recognise=recognise,
    questions=questions,
    remedy=remedy,
)
