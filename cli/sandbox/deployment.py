"""Puts a synthesised CDK app into the sandbox: its assets into the bootstrap bucket, then its stacks."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BOOTSTRAP_VERSION = ("/cdk-bootstrap/hnb659fds/version", "33")
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]
# No need to make small what goes from memory to memory.
FASTEST = 1


class NotDeployed(Exception):
    """A stack did not come up; says what CloudFormation says."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One deployed stack."""

    name: str
    outputs: dict[str, str]
    resources: dict[str, str]  # logical id -> physical id


def deploy(assembly: Path, client: Callable[[str], Any], *, account: str, region: str) -> tuple[Stack, ...]:
    """All stacks of a folder that `cdk synth` wrote. Raises NotDeployed."""
    name, version = BOOTSTRAP_VERSION
    client("ssm").put_parameter(Name=name, Value=version, Type="String", Overwrite=True)
    manifest = json.loads((assembly / "manifest.json").read_text())
    stacks = [each for each in manifest["artifacts"].items() if each[1]["type"] == "aws:cloudformation:stack"]
    for assets in assembly.glob("*.assets.json"):
        _publish(assembly, json.loads(assets.read_text()), client("s3"), account, region)
    return tuple(_create(name, assembly / each["properties"]["templateFile"], client) for name, each in stacks)


def _publish(assembly: Path, assets: dict[str, Any], s3: Any, account: str, region: str) -> None:
    for asset in assets.get("files", {}).values():
        path = assembly / asset["source"]["path"]
        body = _zip(path) if asset["source"]["packaging"] == "zip" else path.read_bytes()
        for destination in asset["destinations"].values():
            bucket = destination["bucketName"].replace("${AWS::AccountId}", account).replace("${AWS::Region}", region)
            _ensure_bucket(s3, bucket, region)
            s3.put_object(Bucket=bucket, Key=destination["objectKey"], Body=body)


def _ensure_bucket(s3: Any, bucket: str, region: str) -> None:
    if bucket not in {each["Name"] for each in s3.list_buckets()["Buckets"]}:
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": region})


def _create(name: str, template: Path, client: Callable[[str], Any]) -> Stack:
    formation = client("cloudformation")
    formation.create_stack(StackName=name, TemplateBody=template.read_text(), Capabilities=CAPABILITIES)
    described = formation.describe_stacks(StackName=name)["Stacks"][0]
    if described["StackStatus"] != "CREATE_COMPLETE":
        raise NotDeployed(f"{name}: {described['StackStatus']} {described.get('StackStatusReason', '')}")
    outputs = {each["OutputKey"]: each["OutputValue"] for each in described.get("Outputs", [])}
    resources = formation.describe_stack_resources(StackName=name)["StackResources"]
    return Stack(name, outputs, {each["LogicalResourceId"]: each.get("PhysicalResourceId", "") for each in resources})


def _zip(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=FASTEST) as archive:
        for path in _files(folder):
            archive.write(path, path.relative_to(folder))
    return packed.getvalue()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
