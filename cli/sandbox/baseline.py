"""What MWAA's documentation lets an execution role do, for environments in the sandbox.

https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-create-role.html
"""

from __future__ import annotations

from typing import Any

METRICS, BUCKET, ACCOUNT_ACCESS, LOGS, LOG_GROUPS, CLOUDWATCH, CELERY, KEYS = (
    "airflow:PublishMetrics",
    "the bucket",
    "s3:GetAccountPublicAccessBlock",
    "the log groups",
    "logs:DescribeLogGroups",
    "cloudwatch:PutMetricData",
    "Celery's queue",
    "AWS's keys",
)
LOG_ACTIONS = "CreateLogStream CreateLogGroup PutLogEvents GetLogEvents GetLogRecord GetLogGroupFields GetQueryResults"
QUEUE_ACTIONS = "ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ReceiveMessage SendMessage"
KEY_ACTIONS = "Decrypt DescribeKey GenerateDataKey* Encrypt"


def baseline(
    name: str, bucket: str, *, account: str, region: str, without: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """The statements, but those that are named in `without`."""
    arn = f"arn:aws:%s:{region}:{account}:%s"
    statements = {
        METRICS: _allow([METRICS], arn % ("airflow", f"environment/{name}")),
        BUCKET: _allow(
            ["s3:GetObject*", "s3:GetBucket*", "s3:List*"], f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"
        ),
        ACCOUNT_ACCESS: _allow([ACCOUNT_ACCESS], "*"),
        LOGS: _allow(_actions("logs", LOG_ACTIONS), arn % ("logs", f"log-group:airflow-{name}-*")),
        LOG_GROUPS: _allow([LOG_GROUPS], "*"),
        CLOUDWATCH: _allow([CLOUDWATCH], "*"),
        CELERY: _allow(_actions("sqs", QUEUE_ACTIONS), f"arn:aws:sqs:{region}:*:airflow-celery-*"),
        KEYS: {
            "Effect": "Allow",
            "Action": _actions("kms", KEY_ACTIONS),
            "NotResource": f"arn:aws:kms:*:{account}:key/*",
            "Condition": {"StringLike": {"kms:ViaService": [f"sqs.{region}.amazonaws.com"]}},
        },
    }
    return [statement for what, statement in statements.items() if what not in without]


def _actions(service: str, names: str) -> list[str]:
    return [f"{service}:{name}" for name in names.split()]


def _allow(actions: list[str], *resources: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": list(resources)}
