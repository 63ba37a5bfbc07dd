"""The rights without which MWAA itself does not work, as its documentation lists them, and what a lack of each looks like.

https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-create-role.html. The documented policy allows S3 with wildcards; named here are the actions
that MWAA calls. Its queue and its own key are in an account of AWS's, so an example account stands in for it when they are simulated.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from responder.inquiry.question import Unanswered
from responder.model import Artifact, Proof, ProofLevel

AWS_SIDE = "111122223333"  # an example account: the policy has to allow the queue and the key in any account
SOME_KEY = "key/00000000-0000-0000-0000-000000000000"


class Environment(NamedTuple):
    """What the rows are about."""

    arn: str
    name: str
    bucket: str
    partition: str
    region: str
    account: str
    key: str | None = None  # ARN of a customer managed key, None for AWS's own


class Row(NamedTuple):
    """Actions on one kind of thing."""

    actions: tuple[str, ...]
    asked: str  # the resource to simulate
    allowed_on: tuple[str, ...]  # the resources of the documented statement
    without: str  # what its lack looks like
    conditions: tuple[tuple[str, str], ...] = ()
    excluded: str | None = None  # NotResource instead of a resource


_KMS = ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey", "kms:Encrypt")
_LOGS = (
    "logs:CreateLogStream",
    "logs:CreateLogGroup",
    "logs:PutLogEvents",
    "logs:GetLogEvents",
    "logs:GetLogRecord",
    "logs:GetLogGroupFields",
    "logs:GetQueryResults",
)
_SQS = (
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
)


def rows(of: Environment) -> tuple[Row, ...]:
    """For one environment."""
    p, r, a = of.partition, of.region, of.account
    bucket = f"arn:{p}:s3:::{of.bucket}"
    group = f"arn:{p}:logs:{r}:{a}:log-group:airflow-{of.name}-"
    return (
        Row(("airflow:PublishMetrics",), of.arn, (of.arn,), "MWAA cannot tell the environment's health, and no task runs"),
        Row(("s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketVersioning", "s3:GetBucketPublicAccessBlock"), bucket, (bucket,), "DAGs, plugins and requirements are not found"),
        Row(("s3:GetObject", "s3:GetObjectVersion"), f"{bucket}/dags/any.py", (f"{bucket}/*",), "DAGs, plugins and requirements are not read"),
        Row(("s3:GetAccountPublicAccessBlock",), bucket, ("*",), "an environment cannot be made where the account blocks public access"),
        Row(_LOGS, f"{group}Task:log-stream:any", (f"{group}*",), "task logs do not show in the Airflow UI"),
        Row(("logs:DescribeLogGroups",), f"{group}Task:*", ("*",), "task logs do not show in the Airflow UI"),
        Row(("cloudwatch:PutMetricData",), of.arn, ("*",), "no metrics of the environment arrive"),
        Row(_SQS, f"arn:{p}:sqs:{r}:{AWS_SIDE}:airflow-celery-any", (f"arn:{p}:sqs:{r}:*:airflow-celery-*",), "tasks stay queued"),
        _key(of),
    )  # fmt: skip


def _key(of: Environment) -> Row:
    via = ("kms:ViaService", f"sqs.{of.region}.{'amazonaws.com.cn' if of.partition == 'aws-cn' else 'amazonaws.com'}")
    without = "tasks stay queued, or DAGs cannot be read"
    if of.key:
        return Row(_KMS, of.key, (of.key,), without, (via,))
    foreign = f"arn:{of.partition}:kms:{of.region}:{AWS_SIDE}:{SOME_KEY}"
    return Row(_KMS, foreign, (), without, (via,), f"arn:{of.partition}:kms:*:{of.account}:key/*")


class Lacking(NamedTuple):
    """The rows that the role does not cover, each with the actions that are denied."""

    role_arn: str
    rows: tuple[tuple[Row, tuple[str, ...]], ...]
    checked: int  # actions looked at


class Shown(NamedTuple):
    """The parts of a remedy that come from the role."""

    steps: tuple[str, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    proof: Proof | None = None
    not_checked: tuple[str, ...] = ()


def shown(answer: Lacking | Unanswered) -> Shown:
    """Whatever was found out about the execution role."""
    if isinstance(answer, Unanswered):
        return Shown(not_checked=(f"the execution role's rights: {answer.reason}",))
    return Shown(steps(answer), artifacts(answer), proof(answer))


def steps(found: Lacking) -> tuple[str, ...]:
    """In words, as one step."""
    name = found.role_arn.rpartition("/")[2]
    if not found.rows:
        return (
            f"The execution role {name} has every right that MWAA documents ({found.checked} actions were simulated); look at the network, the key's policy and the bucket next.",
        )
    told = "; ".join(f"{', '.join(actions)} (without: {row.without})" for row, actions in found.rows)
    return (f"Add to the execution role {name} what it lacks of MWAA's documented policy: {told}.",)


def proof(found: Lacking) -> Proof:
    """CHECKED at most: MWAA's own queue and key, and the trust policy, cannot be simulated."""
    said = f"IAM's policy simulator was asked about the {found.checked} actions of MWAA's documented policy"
    return Proof(ProofLevel.CHECKED, f"{said}; it does not look at the role's trust, the key's policy or the network")


def artifacts(found: Lacking) -> tuple[Artifact, ...]:
    """The missing part of the documented policy, ready to paste."""
    if not found.rows:
        return ()
    statements = [_statement(row, actions) for row, actions in found.rows]
    text = json.dumps({"Version": "2012-10-17", "Statement": statements}, indent=2)
    return (Artifact("iam-statement", text, "What the execution role lacks of MWAA's documented policy"),)


def _statement(row: Row, actions: tuple[str, ...]) -> dict[str, object]:
    target: dict[str, object] = {"NotResource": row.excluded} if row.excluded else {"Resource": list(row.allowed_on)}
    found: dict[str, object] = {"Effect": "Allow", "Action": list(actions), **target}
    return found | ({"Condition": {"StringLike": dict(row.conditions)}} if row.conditions else {})
