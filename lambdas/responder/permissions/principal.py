"""Whose right is missing: the execution role's, that of a connection's own role, of a service's job role, of somebody else.

A session's ARN has lost the path of its role (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html), so a
role is compared by account and name, and the ARN used is the one that MWAA or IAM states.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from responder.evidence.lazy_pattern import LazyPattern, lazy
from responder.permissions.arn import ROLE_NAME, Arn, read


class Whose(StrEnum):
    """Who was refused."""

    EXECUTION_ROLE = "execution-role"
    CONNECTION_ROLE = "connection-role"
    JOB_ROLE = "job-role"
    SERVICE_ROLE = "service-role"  # what a service was handed; the text names the service alone
    OTHER_ROLE = "other-role"
    OTHER_ACCOUNT = "other-account"
    USER = "user"
    SERVICE = "service"  # no principal of IAM: "anonymous", a Kubernetes user
    UNNAMED = "unnamed"  # the text does not say


# Whose policies cannot be simulated, and why
NOT_SIMULATED = {
    Whose.OTHER_ACCOUNT: "the role belongs to another account, whose policies cannot be simulated from here",
    Whose.SERVICE_ROLE: "the log names the service that was refused, not the role that it works with",
    Whose.USER: "an IAM user was refused, not a role of this environment",
    Whose.SERVICE: "no role of IAM was refused",
    Whose.UNNAMED: "neither the log nor MWAA says which role was refused",
}


class Principal(NamedTuple):
    """The refused one, read from the text and compared with the execution role."""

    whose: Whose
    account: str | None = None
    partition: str = "aws"
    name: str | None = None  # of the role or user, without its path
    session: str | None = None
    role_arn: str | None = None  # with its path, where that is known
    of: str | None = None  # the connection's id, or the service whose job it is

    @property
    def is_role(self) -> bool:
        return self.whose in {Whose.EXECUTION_ROLE, Whose.CONNECTION_ROLE, Whose.JOB_ROLE, Whose.OTHER_ROLE}


MWAA_SESSION = "AmazonMWAA"  # the beginning of the sessions that MWAA's own containers have
# https://airflow.apache.org/docs/apache-airflow-providers-amazon/stable/connections/aws.html: the default session name
_CONNECTION = lazy(r"Airflow_(?P<id>[\w.@-]{1,60})")
# Sessions and role names that services give the jobs they run
_JOBS: tuple[tuple[LazyPattern, str], ...] = (
    (lazy(r"GlueJobRunnerSession"), "Glue"),
    (lazy(r"AWS-Crawler|GlueCrawler\w*"), "Glue"),
    (lazy(r"SageMaker"), "SageMaker"),
    (lazy(r"i-[0-9a-f]{8,17}"), "EC2 or EMR"),
    (lazy(r"CCSession"), "EMR"),
    (lazy(r"(?i)emr-?(?:serverless|containers)[\w-]*"), "EMR"),
    (lazy(r"[0-9a-f]{32}"), "ECS"),
    (lazy(r"(?i)RedshiftIamRoleSession|redshift[\w-]*"), "Redshift"),
    (lazy(r"awslambda_\w+"), "Lambda"),
    (lazy(r"AWSCodeBuild-[\w-]+"), "CodeBuild"),
    (lazy(r"dms-session\w*|DMS[\w-]*"), "DMS"),
    (lazy(r"BatchEcs\w*|batch[\w-]*"), "Batch"),
)
# A service that works with the role it was handed prints its own name: "Service Principal: glue.amazonaws.com is not authorized"
_SERVICE = lazy(r"(?P<name>[a-z0-9-]{2,40})(?:\.[a-z0-9-]{2,30})?\.amazonaws\.com(?:\.cn)?")
# A function's session is its own name; so is the execution role that Lambda's console makes: <function>-role-<random>
_FUNCTION_ROLE = lazy(r".{1,45}-role-[a-z0-9]{8}")
_ROLE_HINTS = (
    ("glue", "Glue"),
    ("ecstaskexecution", "ECS"),
    ("ecs-task", "ECS"),
    ("sagemaker", "SageMaker"),
    ("lambda", "Lambda"),
    ("stepfunctions", "Step Functions"),
    ("emr_ec2", "EMR"),
    ("emr-ec2", "EMR"),
    ("emr_", "EMR"),
    ("emrserverless", "EMR"),
    ("emr-serverless", "EMR"),
    ("redshift", "Redshift"),
    ("batch", "Batch"),
    ("databrew", "DataBrew"),
    ("firehose", "Firehose"),
)


def resolve(printed: str | None, execution_role_arn: str | None = None) -> Principal:
    """Who the printed principal is; `execution_role_arn` is the environment's, None where it could not be asked."""
    if printed is None:
        return _unnamed(execution_role_arn)
    arn = read(printed)
    if service := _SERVICE.fullmatch(printed):
        return Principal(Whose.SERVICE_ROLE, of=dict(_ROLE_HINTS).get(service["name"], service["name"].title()))
    if arn is None or arn.service not in {"sts", "iam"} or not arn.account:
        return Principal(Whose.SERVICE, name=printed[:200])
    return _of_arn(arn, printed, execution_role_arn)


def _of_arn(arn: Arn, printed: str, execution_role_arn: str | None) -> Principal:
    execution = read(execution_role_arn)
    kind, _, rest = arn.rest.partition("/")
    if kind in {"user", "root", "federated-user"} or arn.rest == "root":
        return Principal(Whose.USER, arn.account, arn.partition, rest.rpartition("/")[2] or "root")
    name, session = _role_and_session(kind, rest)
    if not name or not ROLE_NAME.fullmatch(name):
        return Principal(Whose.SERVICE, arn.account, arn.partition, printed[:200])
    if execution and (execution.account, execution.leaf) == (arn.account, name):
        return Principal(Whose.EXECUTION_ROLE, arn.account, arn.partition, name, session, execution_role_arn)
    if execution is None and (session or "").startswith(MWAA_SESSION):
        return Principal(Whose.EXECUTION_ROLE, arn.account, arn.partition, name, session)
    whose, of = _other(name, session, same_account=execution is None or execution.account == arn.account)
    role_arn = printed if kind == "role" else None
    return Principal(whose, arn.account, arn.partition, name, session, role_arn, of)


def _unnamed(execution_role_arn: str | None) -> Principal:
    execution = read(execution_role_arn)
    if execution is None:
        return Principal(Whose.UNNAMED)
    return Principal(Whose.UNNAMED, execution.account, execution.partition, execution.leaf, None, execution_role_arn)


def _role_and_session(kind: str, rest: str) -> tuple[str, str | None]:
    if kind == "assumed-role":
        name, _, session = rest.partition("/")
        return name, session or None
    return (rest.rpartition("/")[2], None) if kind == "role" else ("", None)


def _other(name: str, session: str | None, *, same_account: bool) -> tuple[Whose, str | None]:
    connection = _CONNECTION.fullmatch(session or "")
    if not same_account:
        return Whose.OTHER_ACCOUNT, connection["id"] if connection else None
    if connection:
        return Whose.CONNECTION_ROLE, connection["id"]
    service = _service_of(name, session)
    return (Whose.JOB_ROLE, service) if service else (Whose.OTHER_ROLE, None)


def _service_of(name: str, session: str | None) -> str | None:
    by_session = next((service for shape, service in _JOBS if shape.fullmatch(session or "")), None)
    if by_session:
        return by_session
    if _FUNCTION_ROLE.fullmatch(name):
        return "Lambda"
    lowered = name.lower()
    return next((service for hint, service in _ROLE_HINTS if hint in lowered and "mwaa" not in lowered), None)
