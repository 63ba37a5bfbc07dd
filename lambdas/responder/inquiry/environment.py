"""What MWAA says of the environment that a failure happened in.

https://docs.aws.amazon.com/mwaa/latest/API/API_GetEnvironment.html
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from types import MappingProxyType
from typing import Any, NamedTuple

from responder.inquiry.aws_fault import in_time, told_as_could_not
from responder.inquiry.question import Budget, CouldNot, Question
from responder.model import Failure

ACTIONS = ("airflow:GetEnvironment",)
FRESH_SECONDS = 60  # several look-ups for one failure need it; an update of an environment takes minutes
SERVERLESS_GROUP = "/aws/mwaa-serverless/"
ARN_PARTS = 6  # arn:partition:service:region:account:resource

_NAME = re.compile(r"[a-zA-Z][0-9a-zA-Z_-]{0,79}")
# MWAA's names for the log types -> those in the names of the log groups
_LOGS = {
    "DagProcessingLogs": "DAGProcessing",
    "SchedulerLogs": "Scheduler",
    "TaskLogs": "Task",
    "WebserverLogs": "WebServer",
    "WorkerLogs": "Worker",
}


class EnvironmentFacts(NamedTuple):
    """The environment as it is now. None: MWAA did not say."""

    name: str
    arn: str
    status: str
    account: str | None = None
    region: str | None = None
    partition: str = "aws"
    airflow_version: str | None = None
    environment_class: str | None = None
    execution_role_arn: str | None = None
    source_bucket: str | None = None  # the bucket's name
    dag_s3_path: str | None = None  # key prefix without a slash at either end
    requirements_s3_path: str | None = None
    requirements_s3_version: str | None = None
    plugins_s3_path: str | None = None
    plugins_s3_version: str | None = None
    startup_script_s3_path: str | None = None
    startup_script_s3_version: str | None = None
    kms_key: str | None = None
    webserver_url: str | None = None  # with https:// and without a slash at its end
    webserver_access_mode: str | None = None
    min_workers: int | None = None
    max_workers: int | None = None
    schedulers: int | None = None
    configuration_options: tuple[str, ...] = ()  # names only: values may be secrets
    log_groups: Mapping[str, str] = MappingProxyType({})  # "Task" -> the group's name; only those switched on
    log_levels: Mapping[str, str] = MappingProxyType({})  # "Task" -> "INFO"
    subnets: tuple[str, ...] = ()
    security_groups: tuple[str, ...] = ()
    last_update_status: str | None = None
    last_update_error_code: str | None = None
    last_update_error_message: str | None = None


@dataclass(frozen=True)
class EnvironmentState(Question[EnvironmentFacts]):
    """The environment of the failure at hand."""


@dataclass(frozen=True)
class EnvironmentInquirer:
    """Asks MWAA, at most once a minute for one environment; other inquirers are handed this one."""

    client: Callable[[], Any]  # boto3's "mwaa" client
    clock: Callable[[], float] = time.monotonic
    _known: dict[str, tuple[float, EnvironmentFacts]] = field(default_factory=dict, repr=False, compare=False)
    _one_at_a_time: Lock = field(default_factory=Lock, repr=False, compare=False)

    def answer(self, _question: EnvironmentState, failure: Failure, budget: Budget) -> EnvironmentFacts:
        """Raises CouldNot with a reason."""
        name = _environment(failure)
        with self._one_at_a_time:
            asked_at, known = self._known.get(name, (0.0, None))
            if known is not None and self.clock() - asked_at < FRESH_SECONDS:
                return known
            in_time(budget)
            with told_as_could_not(ACTIONS[0], f"the environment {name}"):
                raw = self.client().get_environment(Name=name)["Environment"]
            facts = read_facts(name, raw)
            self._known[name] = (self.clock(), facts)
            return facts


def read_facts(name: str, raw: Mapping[str, Any]) -> EnvironmentFacts:
    """A `GetEnvironment` answer as facts."""
    logging = raw.get("LoggingConfiguration") or {}
    network = raw.get("NetworkConfiguration") or {}
    return EnvironmentFacts(
        name=str(raw.get("Name") or name),
        status=str(raw.get("Status", "UNKNOWN")),
        airflow_version=raw.get("AirflowVersion"),
        environment_class=raw.get("EnvironmentClass"),
        execution_role_arn=raw.get("ExecutionRoleArn"),
        kms_key=raw.get("KmsKey"),
        webserver_url=_url(raw.get("WebserverUrl")),
        webserver_access_mode=raw.get("WebserverAccessMode"),
        min_workers=raw.get("MinWorkers"),
        max_workers=raw.get("MaxWorkers"),
        schedulers=raw.get("Schedulers"),
        configuration_options=tuple(sorted(raw.get("AirflowConfigurationOptions") or {})),
        log_groups=_log_groups(logging),
        log_levels=_log_levels(logging),
        subnets=tuple(network.get("SubnetIds") or ()),
        security_groups=tuple(network.get("SecurityGroupIds") or ()),
        **_identity(str(raw.get("Arn", ""))),
        **_files(raw),
        **_last_update(raw.get("LastUpdate") or {}),
    )


def _identity(arn: str) -> dict[str, Any]:
    parts = (arn.split(":", ARN_PARTS - 1) + [""] * ARN_PARTS)[:ARN_PARTS]
    return {"arn": arn, "partition": parts[1] or "aws", "region": parts[3] or None, "account": parts[4] or None}


def _files(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "source_bucket": str(raw.get("SourceBucketArn") or "").rpartition(":")[2] or None,
        "dag_s3_path": str(raw.get("DagS3Path") or "").strip("/") or None,
        "requirements_s3_path": raw.get("RequirementsS3Path"),
        "requirements_s3_version": raw.get("RequirementsS3ObjectVersion"),
        "plugins_s3_path": raw.get("PluginsS3Path"),
        "plugins_s3_version": raw.get("PluginsS3ObjectVersion"),
        "startup_script_s3_path": raw.get("StartupScriptS3Path"),
        "startup_script_s3_version": raw.get("StartupScriptS3ObjectVersion"),
    }


def _last_update(raw: Mapping[str, Any]) -> dict[str, Any]:
    error = raw.get("Error") or {}
    return {
        "last_update_status": raw.get("Status"),
        "last_update_error_code": error.get("ErrorCode"),
        "last_update_error_message": error.get("ErrorMessage"),
    }


def _environment(failure: Failure) -> str:
    if (failure.place.log_group or "").startswith(SERVERLESS_GROUP):
        raise CouldNot("a workflow of MWAA Serverless has no environment to ask about")
    name = failure.place.environment
    if name is None:
        raise CouldNot("the failure does not say which environment it happened in")
    if not _NAME.fullmatch(name):
        raise CouldNot("the environment's name is not one that MWAA allows")
    return name


def _url(host: str | None) -> str | None:
    """The API's documentation says host name, its model says https address: both become an address."""
    return f"https://{host.removeprefix('https://').strip('/')}" if host else None


def _log_groups(logging: Mapping[str, Any]) -> dict[str, str]:
    """arn:aws:logs:region:account:log-group:airflow-analytics-Task:* -> airflow-analytics-Task."""
    found: dict[str, str] = {}
    for key, logs in _LOGS.items():
        module = logging.get(key) or {}
        _, marker, name = str(module.get("CloudWatchLogGroupArn") or "").partition(":log-group:")
        if module.get("Enabled") and marker:
            found[logs] = name.removesuffix(":*")
    return found


def _log_levels(logging: Mapping[str, Any]) -> dict[str, str]:
    modules = {logs: logging.get(key) or {} for key, logs in _LOGS.items()}
    return {logs: str(module["LogLevel"]) for logs, module in modules.items() if module.get("LogLevel")}
