"""A request to an AWS API, read far enough to know what it asks for: service, operation, caller, and on what."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

CREDENTIAL = re.compile(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/aws4_request")
S3, PROVISIONED = "s3", "airflow"
# Query strings that make a GET of a bucket another operation: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
BUCKET_READS = {
    "versions": "ListBucketVersions",
    "location": "GetBucketLocation",
    "versioning": "GetBucketVersioning",
    "policy": "GetBucketPolicy",
}
OBJECT_METHODS = {"PUT": "PutObject", "DELETE": "DeleteObject", "POST": "PutObject"}


@dataclass(frozen=True, slots=True)
class AwsRequest:
    """What one HTTP request is about."""

    access_key: str
    region: str
    service: str  # the signing name
    operation: str  # of S3: the last part of the IAM action
    members: Mapping[str, Any]  # the parameters as far as they come in a body or query
    path: str

    @staticmethod
    def read(environ: dict[str, Any]) -> AwsRequest | None:
        """None for a request without a signature. The body can be read again afterwards."""
        signed = CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
        if signed is None:
            return None
        key, region, service = signed.groups()
        path = unquote(environ["PATH_INFO"])
        if service == S3:
            return AwsRequest(key, region, service, _s3_operation(environ, path), _query(environ), path)
        members = _members(environ, _body(environ))
        return AwsRequest(key, region, service, _operation(environ, members, path), members, path)


def _body(environ: dict[str, Any]) -> bytes:
    body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def _query(environ: Mapping[str, Any]) -> dict[str, str]:
    return dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))


def _members(environ: Mapping[str, Any], body: bytes) -> Mapping[str, Any]:
    if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(body.decode()))
    try:
        members = json.loads(body or b"{}")
    except ValueError:
        return {}
    return members if isinstance(members, dict) else {}


def _operation(environ: Mapping[str, Any], members: Mapping[str, Any], path: str) -> str:
    if target := environ.get("HTTP_X_AMZ_TARGET"):
        return str(target).rpartition(".")[2]
    if "Action" in members:
        return str(members["Action"])
    if path.startswith("/environments"):
        return "GetEnvironment" if path.count("/") > 1 else "ListEnvironments"
    return f"{environ['REQUEST_METHOD']} {path}"


def _s3_operation(environ: Mapping[str, Any], path: str) -> str:
    method, query = environ["REQUEST_METHOD"], _query(environ)
    if path == "/":
        return "ListAllMyBuckets"
    if "/" not in path.strip("/"):
        if method in {"GET", "HEAD"}:
            return next((BUCKET_READS[each] for each in query if each in BUCKET_READS), "ListBucket")
        return "CreateBucket" if method == "PUT" and not query else "PutBucketPolicy"
    if method in OBJECT_METHODS:
        return OBJECT_METHODS[method]
    return "GetObjectVersion" if "versionId" in query else "GetObject"


# ------------------------------------------------------------------------------------------ what IAM calls it

PREFIXES = {"monitoring": "cloudwatch"}
ACTIONS = {
    ("sqs", "SendMessageBatch"): ("SendMessage",),
    ("sqs", "DeleteMessageBatch"): ("DeleteMessage",),
    ("sqs", "ChangeMessageVisibilityBatch"): ("ChangeMessageVisibility",),
    ("sns", "PublishBatch"): ("Publish",),
}
TRANSACTION = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
# Nobody needs a permission for it: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
FREE = {("sts", "GetCallerIdentity")}


def permissions(request: AwsRequest, account: str) -> Iterable[tuple[str, str]]:
    """Every (action, resource) that the caller needs."""
    if (request.service, request.operation) in FREE:
        return ()
    if request.operation == "TransactWriteItems":
        return _transaction(request, account)
    prefix = PREFIXES.get(request.service, request.service)
    names = ACTIONS.get((request.service, request.operation), (request.operation,))
    return [(f"{prefix}:{name}", resource) for name in names for resource in _resources(request, account)]


def _transaction(request: AwsRequest, account: str) -> list[tuple[str, str]]:
    items = [pair for item in request.members.get("TransactItems", []) for pair in item.items()]
    return [
        (f"dynamodb:{TRANSACTION[kind]}", _arn("dynamodb", request, account, f"table/{what['TableName']}"))
        for kind, what in items
    ]


def _arn(service: str, request: AwsRequest, account: str, resource: str) -> str:
    return f"arn:aws:{service}:{request.region}:{account}:{resource}"


def _resources(request: AwsRequest, account: str) -> list[str]:
    given = request.members
    if request.service == "events":
        return [_bus(request, account, each.get("EventBusName") or "default") for each in given.get("Entries", [{}])]
    if named := LOCAL.get(request.service):
        local = named(request)
        return [_arn(request.service, request, account, local) if local else "*"]
    if request.service == S3:
        name = request.path.strip("/")
        return [f"arn:aws:s3:::{name}" if name else "*"]
    return [str(next((given[key] for key in NAMES_A_RESOURCE if key in given), "*"))]


def _log_stream(request: AwsRequest) -> str:
    given = request.members
    group = given.get("logGroupName") or str(given.get("logGroupIdentifier", "*")).rpartition("log-group:")[2]
    return f"log-group:{group}:log-stream:{given.get('logStreamName', '')}"


def _environment(request: AwsRequest) -> str | None:
    _, _, name = request.path.removeprefix("/").partition("/")
    return f"environment/{name}" if name else None


# The last part of the ARN of what a request is about, for services whose ARNs name region and account.
LOCAL: Mapping[str, Callable[[AwsRequest], str | None]] = {
    "sqs": lambda request: str(request.members.get("QueueUrl", "*")).rpartition("/")[2],
    "dynamodb": lambda request: f"table/{request.members.get('TableName', '*')}",
    "logs": _log_stream,
    "airflow": _environment,
}


NAMES_A_RESOURCE = ("TopicArn", "TargetArn", "SecretId", "PolicySourceArn", "RoleArn", "WorkflowArn", "KeyId")


def _bus(request: AwsRequest, account: str, name: str) -> str:
    return name if name.startswith("arn:") else _arn("events", request, account, f"event-bus/{name}")
