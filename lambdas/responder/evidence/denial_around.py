"""What a refusal was about, told by the words beside an SDK's envelope: the path of a copy, the address of a request.

The AWS CLI: `upload failed: ./a.csv to s3://lake/a.csv An error occurred (…`. smart_open: `unable to access bucket: 'lake' key: 'a.csv' … error:
An error occurred (…`. Rust's object_store, which polars and delta-rs use: `Error performing GET https://s3.eu-west-1.amazonaws.com/lake/a.csv …
403 Forbidden: <?xml …`. Hadoop: `AccessDeniedException: s3a://lake/a: getFileStatus on s3a://lake/a: …(Service: …`. Trino: `… (Bucket: lake, Key: a)`; a crawler: `… retrieving file at s3://lake/a`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from responder.evidence.denial_forms import BUCKET
from responder.evidence.lazy_pattern import lazy

NEAR = 1_500  # characters before an envelope that may speak of its request
BEFORE = 2_500  # characters of a message that its envelope closes
BEHIND = 400  # characters behind an envelope, where Trino names the object

_S3 = r"s3a?n?://"
_UPLOAD = lazy(rf"Failed to upload \S{{1,300}} to (?P<path>{BUCKET}/[^\s:]{{1,1024}}): $")
_COMMAND = lazy(
    r"(?:upload|download|copy|move|delete|remove_bucket|make_bucket) failed: (?P<source>\S{1,1100})(?: to (?P<target>\S{1,1100}))? $"
)
_OPENED = lazy(rf"bucket: '(?P<bucket>{BUCKET})' key: '(?P<key>[^']{{1,1024}})'[^']{{0,80}}error: $")
_WRITES = ("Put", "Create", "Upload", "Complete", "Copy")


class Request(NamedTuple):
    """None is what the words do not say."""

    operation: str | None = None
    resource: str | None = None


def of_call(text: str, at: int, operation: str | None) -> str | None:
    """The bucket or object, as an ARN, of the call that botocore's words at `at` are about."""
    before = text[max(0, at - NEAR) : at]
    if match := _UPLOAD.search(before):
        return _arn(match["path"])
    if match := _OPENED.search(before):
        return _arn(f"{match['bucket']}/{match['key']}")
    match = _COMMAND.search(before)
    return _of_command(match["source"], match["target"] or "", operation or "") if match else None


def _of_command(source: str, target: str, operation: str) -> str | None:
    """Of a copy between buckets the one that the operation writes to, or reads from."""
    paths = [each.removeprefix("s3://") for each in (source, target) if each.startswith("s3://")]
    if not paths:
        return None
    return _arn(paths[-1] if operation.startswith(_WRITES) else paths[0])


def _arn(path: str) -> str:
    return f"arn:aws:s3:::{path.rstrip('/')}"


# ------------------------------------------------------------------------------------------- the address of a request

_ASKED = lazy(
    r"\b(?P<method>GET|PUT|HEAD|POST|DELETE)(?: error on)? [`'\"]?https?://(?P<host>[\w.-]{1,200})(?P<path>/[^\s`'\"?]{0,1024})?(?:\?(?P<query>[^\s`'\"]{1,1024}))?"
)
_HOST = lazy(
    rf"(?:(?P<bucket>{BUCKET})\.)?s3(?:[.-](?:dualstack\.)?[a-z]{{2}}(?:-[a-z]{{2,12}}){{1,3}}-\d)?\.amazonaws\.com(?:\.cn)?"
)
_METHODS = {"GET": "GetObject", "HEAD": "HeadObject", "PUT": "PutObject", "DELETE": "DeleteObject"}
_QUERIES = {"uploads": "CreateMultipartUpload", "uploadId": "UploadPart", "delete": "DeleteObjects"}


def of_request(text: str, at: int) -> Request:
    """The S3 request whose refused answer begins at `at`; https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html."""
    asked = list(_ASKED.finditer(text, max(0, at - NEAR), at))
    host = _HOST.fullmatch(asked[-1]["host"]) if asked else None
    if not host:
        return Request()
    path = _decoded((asked[-1]["path"] or "/").lstrip("/"))
    bucket, _, key = path.partition("/") if host["bucket"] is None else (host["bucket"], "/", path)
    if not _NAME.fullmatch(bucket):
        return Request()
    operation = _operation(asked[-1]["method"], _names(asked[-1]["query"] or ""), key)
    lists = operation == "ListObjectsV2"
    return Request(operation, _arn(bucket if lists or not key else f"{bucket}/{key}"))


_NAME = lazy(BUCKET)
_ESCAPE = lazy(r"(?:%[0-9A-Fa-f]{2}){1,100}")


def _decoded(path: str) -> str:
    return _ESCAPE.compiled.sub(lambda match: bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace"), path)


def _names(query: str) -> frozenset[str]:
    return frozenset(each.partition("=")[0] for each in query.split("&"))


def _operation(method: str, query: frozenset[str], key: str) -> str | None:
    special = next((name for mark, name in _QUERIES.items() if mark in query), None)
    if special:
        return special
    if not key:
        return {"GET": "ListObjectsV2", "HEAD": "HeadBucket"}.get(method)
    return _METHODS.get(method)


# ------------------------------------------------------------------------------------------- Hadoop and Trino

_PATH = lazy(rf"AccessDeniedException: {_S3}(?P<path>{BUCKET}(?:/[^\s:]{{0,1024}})?)")
# What the connector was about: https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/troubleshooting_s3a.html
_VERB = lazy(
    rf": (?P<verb>[A-Za-z][\w -]{{2,30}}?)(?:\(\))?(?: on (?:(?P<scheme>{_S3})?(?P<path>{BUCKET}(?:/[^\s:]{{0,1024}})?):|\S)| {_S3})"
)
_VERBS = {
    "getfilestatus": "HeadObject",
    "open": "GetObject",
    "read": "GetObject",
    "reopen": "GetObject",
    "liststatus": "ListObjectsV2",
    "listfiles": "ListObjectsV2",
    "delete": "DeleteObject",
    "put 0-byte object": "PutObject",
    "writing object": "PutObject",
    "completing multipart upload": "PutObject",
    "create": "PutObject",
    "mkdirs": "PutObject",
    "innermkdirs": "PutObject",
    "copyfile": "CopyObject",
    "getbucketlocation": "GetBucketLocation",
    "gets3region": "HeadBucket",
    "doesbucketexist": "HeadBucket",
    "verifybucketexists": "HeadBucket",
}
_OF_BUCKETS = frozenset({"GetBucketLocation", "HeadBucket"})  # whose path is a bucket; others may name a key alone
# Trino, and Glue's crawlers: the object that could not be read stands behind the SDK's own words
_OBJECT = lazy(
    rf"\(Bucket: (?P<bucket>{BUCKET}), Key: (?P<key>[^)]{{1,1024}})\)|(?:\(Path:|retrieving file at) {_S3}(?P<path>{BUCKET}(?:/[^\s),;]{{0,1024}})?)"
)


def of_java(text: str, at: int) -> Request:
    """Of a Java envelope that begins at `at`: Hadoop speaks before it, Trino behind it."""
    operation, resource = _of_hadoop(text, max(0, at - BEFORE), at)
    if resource:
        return Request(operation, resource)
    behind = _OBJECT.search(text, at, at + BEHIND)
    if not behind:
        return Request(operation)
    if behind["key"]:
        return Request(operation or "GetObject", f"arn:aws:s3:::{behind['bucket']}/{behind['key']}")
    return Request(operation, f"arn:aws:s3:::{behind['path'].rstrip('.')}")


def _of_hadoop(text: str, start: int, at: int) -> Request:
    verbs = [(match, _VERBS.get(match["verb"].strip().lower())) for match in _VERB.finditer(text, start, at)]
    operation = _last(each for _, each in verbs)
    named = _last(match["path"] for match in _PATH.finditer(text, start, at))
    path = named or _last(match["path"] for match, each in verbs if each and (match["scheme"] or each in _OF_BUCKETS))
    return Request(operation, f"arn:aws:s3:::{path}" if path else None)


# Arrow: key 'a' in bucket 'lake'; Terraform: object "a" in S3 bucket "lake", S3 Bucket (lake); Glue: bucket: lake, key: a.Access Denied
_NAMED = (
    lazy(rf"(?:key|object) ['\"](?P<key>[^'\"]{{1,1024}})['\"] in (?:S3 )?bucket ['\"](?P<bucket>{BUCKET})['\"]"),
    lazy(rf"bucket: (?P<bucket>{BUCKET}), key: (?P<key>[^\s,]{{1,1024}}?)\.?(?=Access Denied|Forbidden)"),
    lazy(rf"(?i)S3 bucket [('\"](?P<bucket>{BUCKET})(?P<key>)[)'\"]"),
)


def of_named(text: str, at: int, operation: str | None) -> str | None:
    """The ARN of what a program names in words of its own before it prints the answer that begins at `at`."""
    before = text[max(0, at - NEAR) : at]
    found = [match for named in _NAMED for match in named.finditer(before)]
    if not found:
        return None
    match = max(found, key=lambda each: (each.end(), bool(each["key"])))
    listed = (operation or "").startswith("List")
    return _arn(match["bucket"] if listed else f"{match['bucket']}/{match['key']}")


def _last(found: Iterable[str | None]) -> str | None:
    return next(reversed([each for each in found if each]), None)
