"""An MWAA environment in the sandbox: its role, its bucket with object versions, its log groups, and what MWAA says of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

LOG_TYPES = {
    "Task": "TaskLogs",
    "DAGProcessing": "DagProcessingLogs",
    "Scheduler": "SchedulerLogs",
    "Worker": "WorkerLogs",
    "WebServer": "WebserverLogs",
}
CREATED_AT = 1_790_000_000.0
TRUST = {"Service": ["airflow.amazonaws.com", "airflow-env.amazonaws.com"]}
VERSION = "2012-10-17"


@dataclass(frozen=True, slots=True, kw_only=True)
class MwaaEnvironment:
    """What to set up. `statements` are those of the execution role; `files` are keys and texts in the bucket."""

    name: str
    airflow_version: str = "2.10.3"
    environment_class: str = "mw1.small"
    role_name: str = ""  # NAME-execution where none is given
    requirements: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    statements: Sequence[Mapping[str, Any]] = ()
    overrides: Mapping[str, Any] = field(default_factory=dict)  # of GetEnvironment's answer

    @property
    def bucket(self) -> str:
        return f"airflow-{self.name}"

    def __post_init__(self) -> None:
        if not self.role_name:
            object.__setattr__(self, "role_name", f"{self.name}-execution")

    def role_arn(self, account: str) -> str:
        return f"arn:aws:iam::{account}:role/service-role/{self.role_name}"

    def log_group(self, kind: str) -> str:
        return f"airflow-{self.name}-{kind}"

    def settings(self, account: str) -> dict[str, Any]:
        """As `cdk.json` describes it."""
        return {
            "airflow_version": self.airflow_version,
            "bucket": self.bucket,
            "execution_role_arn": self.role_arn(account),
            "kms_key_arn": None,
            "logs": {kind: self.log_group(kind) for kind in LOG_TYPES},
        }


def create(wanted: MwaaEnvironment, client: Callable[[str], Any], *, account: str, region: str) -> dict[str, Any]:
    """Sets everything up and returns what GetEnvironment is to answer."""
    _role(wanted, client("iam"))
    versions = _bucket(wanted, client("s3"), region)
    for kind in LOG_TYPES:
        client("logs").create_log_group(logGroupName=wanted.log_group(kind))
    return {**_described(wanted, versions, account, region), **wanted.overrides}


def attach(iam: Any, role_name: str, name: str, *statements: Mapping[str, Any]) -> None:
    """Puts an inline policy on a role, replacing one of the same name."""
    document = json.dumps({"Version": VERSION, "Statement": list(statements)})
    iam.put_role_policy(RoleName=role_name, PolicyName=name, PolicyDocument=document)


def _role(wanted: MwaaEnvironment, iam: Any) -> None:
    statement = {"Effect": "Allow", "Principal": TRUST, "Action": "sts:AssumeRole"}
    trust = json.dumps({"Version": VERSION, "Statement": [statement]})
    iam.create_role(RoleName=wanted.role_name, Path="/service-role/", AssumeRolePolicyDocument=trust)
    if wanted.statements:
        attach(iam, wanted.role_name, "execution", *wanted.statements)


def _bucket(wanted: MwaaEnvironment, s3: Any, region: str) -> dict[str, str]:
    s3.create_bucket(Bucket=wanted.bucket, CreateBucketConfiguration={"LocationConstraint": region})
    s3.put_bucket_versioning(Bucket=wanted.bucket, VersioningConfiguration={"Status": "Enabled"})
    files = {**wanted.files, **({} if wanted.requirements is None else {"requirements.txt": wanted.requirements})}
    return {
        key: s3.put_object(Bucket=wanted.bucket, Key=key, Body=text.encode())["VersionId"]
        for key, text in files.items()
    }


def _described(wanted: MwaaEnvironment, versions: Mapping[str, str], account: str, region: str) -> dict[str, Any]:
    requirements = {
        "RequirementsS3Path": "requirements.txt",
        "RequirementsS3ObjectVersion": versions.get("requirements.txt"),
    }
    return {
        "Name": wanted.name,
        "Arn": f"arn:aws:airflow:{region}:{account}:environment/{wanted.name}",
        "Status": "AVAILABLE",
        "CreatedAt": CREATED_AT,
        "AirflowVersion": wanted.airflow_version,
        "EnvironmentClass": wanted.environment_class,
        "ExecutionRoleArn": wanted.role_arn(account),
        "SourceBucketArn": f"arn:aws:s3:::{wanted.bucket}",
        "DagS3Path": "dags",
        "MinWorkers": 1,
        "MaxWorkers": 10,
        "Schedulers": 2,
        "WebserverAccessMode": "PUBLIC_ONLY",
        "WebserverUrl": f"{wanted.name}.c3.{region}.airflow.amazonaws.com",
        "AirflowConfigurationOptions": {},
        "LoggingConfiguration": {
            member: {
                "Enabled": True,
                "LogLevel": "INFO",
                "CloudWatchLogGroupArn": f"arn:aws:logs:{region}:{account}:log-group:{wanted.log_group(kind)}:*",
            }
            for kind, member in LOG_TYPES.items()
        },
        "LastUpdate": {"Status": "SUCCESS", "CreatedAt": CREATED_AT},
        **({} if wanted.requirements is None else requirements),
    }
