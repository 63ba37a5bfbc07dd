"""`mwaa-responder discover`: fills cdk.json from the environments of the account that the shell is logged in to."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.log_patterns import LogType

Client = Callable[[str], Any]

ACTIONS = ("airflow:ListEnvironments", "airflow:GetEnvironment", "logs:DescribeSubscriptionFilters")
DESCRIPTION = f"""Reads the MWAA environments of an account and prints the settings that watch them, or writes them to cdk.json.
Only names, ARNs and versions are read, no secret and no configuration option. Needs {", ".join(ACTIONS)}.
Settings of other kinds stay as they are, and so does the choice of logs of an environment that is there already."""

# GetEnvironment's name of each log: https://docs.aws.amazon.com/mwaa/latest/API/API_LoggingConfiguration.html
LOGS: Mapping[LogType, str] = {
    LogType.TASK: "TaskLogs",
    LogType.DAG_PROCESSING: "DagProcessingLogs",
    LogType.SCHEDULER: "SchedulerLogs",
    LogType.WORKER: "WorkerLogs",
    LogType.WEB_SERVER: "WebserverLogs",
}
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
MOST_FILTERS = 2
USAGE_ERROR = 2
# What an environment that is being created may not have yet
NEEDED = {"AirflowVersion", "SourceBucketArn", "ExecutionRoleArn"}


@dataclass(frozen=True, slots=True)
class Found:
    """The settings of the environments by name, where they are, and what a person should know."""

    environments: Mapping[str, Mapping[str, Any]]
    account: str | None
    region: str | None
    notes: tuple[str, ...]


def main(argv: Sequence[str], *, client: Client | None = None) -> int:
    """Prints or writes the settings. Exit code 2, with one sentence, where the account cannot be read."""
    from botocore.exceptions import BotoCoreError, ClientError

    arguments = _arguments(argv)
    try:
        present = _read(arguments.file)[1].get("environments", {}) if arguments.write or arguments.file.exists() else {}
        found = discover(client or _clients(arguments.region), present)
    except (BotoCoreError, ClientError, OSError, ValueError) as error:
        print(f"mwaa-responder discover: {error}", file=sys.stderr)
        return USAGE_ERROR
    for note in found.notes:
        print(f"note: {note}", file=sys.stderr)
    if arguments.write:
        _write(arguments.file, found)
        print(f"{arguments.file}: {len(found.environments)} environments", file=sys.stderr)
    else:
        print(json.dumps(_settings(found), indent=2))
    return 0


def discover(client: Client, present: Mapping[str, Any]) -> Found:
    """Asks for every environment. `present`: the settings of the environments so far, whose choice of logs is kept."""
    mwaa = client("mwaa")
    names = [name for page in mwaa.get_paginator("list_environments").paginate() for name in page["Environments"]]
    described = [mwaa.get_environment(Name=name)["Environment"] for name in sorted(names)]
    complete = [each for each in described if set(each) >= NEEDED]
    environments = {each["Name"]: _environment(each, present.get(each["Name"], {})) for each in complete}
    region, account = described[0]["Arn"].split(":")[3:5] if described else (None, None)
    notes = [] if described else ["there is no environment in this account and region"]
    notes += [
        f"{each['Name']} is {each.get('Status')}: not yet to be watched" for each in described if each not in complete
    ]
    notes += [note for each in complete for note in _notes(each)]
    notes += [note for each in environments.values() for note in _full_groups(client("logs"), each["logs"].values())]
    notes += [
        f"{name} is not in this account and region, so it is no longer watched"
        for name in sorted(set(present) - set(names))
    ]
    return Found(environments, account, region, tuple(notes))


def _environment(described: Mapping[str, Any], present: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "airflow_version": described["AirflowVersion"],
        "bucket": described["SourceBucketArn"].rpartition(":")[2],
        "execution_role_arn": described["ExecutionRoleArn"],
        "kms_key_arn": _key_arn(described),
        "logs": {kind: group for kind, group in _groups(described) if kind in present.get("logs", tuple(LogType))},
    }


def _groups(described: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    logging = described.get("LoggingConfiguration", {})
    for kind, name in LOGS.items():
        arn = logging.get(name, {}).get("CloudWatchLogGroupArn")
        if logging.get(name, {}).get("Enabled") and arn:
            yield kind.value, arn.split(":log-group:")[1].removesuffix(":*")


def _key_arn(described: Mapping[str, Any]) -> str | None:
    """MWAA also gives the bare id of a key; an alias is no resource that a policy could name."""
    key = described.get("KmsKey")
    if not key or key.startswith("arn:"):
        return key
    _, partition, _, region, account, *_ = described["Arn"].split(":")
    return f"arn:{partition}:kms:{region}:{account}:key/{key.removeprefix('key/')}"


def _notes(described: Mapping[str, Any]) -> Iterator[str]:
    name = described["Name"]
    present = {kind for kind, _ in _groups(described)}
    missing = [kind.value for kind in LOGS if kind.value not in present]
    if missing:
        yield f"{name} does not log {', '.join(missing)}: what would be said only there cannot be diagnosed"
    if described.get("Status") != "AVAILABLE":
        yield f"{name} is {described.get('Status')}"


def _full_groups(logs: Any, groups: Sequence[str]) -> Iterator[str]:
    for group in groups:
        filters = logs.describe_subscription_filters(logGroupName=group)["subscriptionFilters"]
        others = [each["filterName"] for each in filters if "MwaaFailureResponder" not in each["filterName"]]
        if len(others) >= MOST_FILTERS:
            yield f"{group} has {MOST_FILTERS} subscription filters already ({', '.join(others)}); AWS allows no third"


def _settings(found: Found) -> dict[str, Any]:
    return {"account": found.account, "region": found.region, "environments": found.environments}


def _read(file: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The file as it is, and the settings in it. Raises ValueError, with a sentence, where it is no cdk.json."""
    try:
        document = json.loads(file.read_text())
        settings = document["context"].setdefault("responder", {})
        settings.get("environments", {}).items()
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise ValueError(
            f"{file} is not a cdk.json with an object `context` and the object `responder` in it"
        ) from error
    return document, settings


def _write(file: Path, found: Found) -> None:
    document, settings = _read(file)
    settings.update(_settings(found))
    file.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def _clients(region: str | None) -> Client:
    import boto3

    session: Any = boto3.Session(region_name=region)
    client: Client = session.client
    return client


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="mwaa-responder discover", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--region", help="instead of the one that the shell is set to")
    parser.add_argument("--write", action="store_true", help="write the settings to the file instead of printing them")
    parser.add_argument("--file", type=Path, default=Path("cdk.json"), help="the cdk.json that is meant")
    return parser.parse_args(argv)
