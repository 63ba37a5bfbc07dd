"""How much wider than the refused request a statement has to be, so that it still holds tomorrow.

Each widening comes with its reason; an ARN without one is exactly what was refused.
"""

from __future__ import annotations

from responder.evidence.lazy_pattern import LazyPattern, lazy
from responder.permissions import arn as arns
from responder.permissions.actions import known
from responder.permissions.arn import Arn
from responder.permissions.target import Target

_DATED = lazy(
    r"(?:^|(?<=[/=_.-]))(?:19|20)\d\d(?:[-_/]?(?:0[1-9]|1[0-2])|/month=)|(?:dt|date|year|month|day|ds|run_id)="
)
_MINTED = lazy(r"[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{24,}|\d{10,}|__\d{4}-|T\d\d:?\d\d")
# Kinds whose last part is made by the service when a run starts
_RUNS: tuple[tuple[str, LazyPattern, str], ...] = (
    ("ecs", lazy(r"(task/[^/*]+/)[^/*]+"), "task ids are new for each run"),
    ("states", lazy(r"((?:execution|express|mapRun):[^:*]+:).+"), "execution names are new for each run"),
    ("emr-serverless", lazy(r"(/applications/[^/*]+/jobruns/)[^/*]+"), "job run ids are new for each run"),
    ("emr-containers", lazy(r"(/virtualclusters/[^/*]+/jobruns/)[^/*]+"), "job run ids are new for each run"),
    ("batch", lazy(r"(job/)[^/*]+"), "job ids are new for each run"),
    ("elasticmapreduce", lazy(r"(cluster/)j-[A-Z0-9]+"), "cluster ids are new for each cluster; keep the id if this one stays"),
    ("datasync", lazy(r"(task/[^/*]+/execution/)[^/*]+"), "execution ids are new for each run"),
    ("databrew", lazy(r"(jobrun/[^/*]+/)[^/*]+"), "run ids are new for each run"),
    ("logs", lazy(r"(log-group:[^:*]+:)log-stream:.+"), "log streams are new for each run"),
    ("quicksight", lazy(r"(dataset/[^/*]+/ingestion/)[^/*]+"), "ingestion ids are new for each run"),
    ("ecs", lazy(r"(task-definition/[^:*]+:)\d+"), "each deployment is a new revision"),
    ("batch", lazy(r"(job-definition/[^:*]+:)\d+"), "each deployment is a new revision"),
    ("sagemaker", lazy(r"((?:training|processing|transform|hyper-parameter-tuning)-job/)[^/*]+"), "job names are new for each run"),
    ("redshift-data", lazy(r"(statement/)[^/*]+"), "statement ids are new for each run"),
)  # fmt: skip
# Six letters and digits that AWS adds; a word of small letters is rather part of the name
_SUFFIX = lazy(r"(secret:.+)-(?=[a-z]{0,5}[A-Z0-9])[A-Za-z0-9]{6}")


def widened(action: str, whole: Arn) -> Target:
    exact = str(whole) if whole.is_concrete else None
    if whole.service == "glue" and whole.rest.startswith(("table/", "database/", "catalog")):
        return _catalog(action, whole, exact)
    for service, shape, why in _RUNS:
        if whole.service == service and (match := shape.fullmatch(whole.rest)):
            return Target((_with(whole, f"{match[1]}*"),), exact, why)
    if whole.service == "s3" and "/" in whole.rest and not arns.WILD.search(whole.rest):
        return _object(whole, exact)
    if whole.service == "secretsmanager" and whole.rest.startswith("secret:"):
        return _secret(whole, exact)
    if whole.service in {"ecs", "batch"} and _FAMILY.fullmatch(whole.rest):
        return Target((str(whole), f"{whole}:*"), exact, "the log names no revision, and each deployment is a new one")
    wild = (
        "each space of its name is written as ?, which stands for any character"
        if "?" in whole.rest
        else "the log names a folder, and what lies in it is meant"
        if whole.service == "s3"
        else "the log itself names it with a wildcard"
    )
    return Target((str(whole),), exact, None if exact else wild)


_FAMILY = lazy(r"(?:task-definition|job-definition)/[^:*?]+")


def _secret(whole: Arn, exact: str | None) -> Target:
    """https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html: a secret's own ARN ends in six characters."""
    if match := _SUFFIX.fullmatch(whole.rest):
        why = "the six characters at the end change when a secret is made anew"
        return Target((_with(whole, f"{match[1]}-??????"),), exact, why)
    if whole.rest.endswith("-??????"):
        return Target((str(whole),), None, "the log names the secret without the six characters that AWS adds")
    if not whole.is_concrete:
        return Target((str(whole),), None, "the log itself names it with a wildcard")
    named = f"{whole}-??????"
    return Target((str(whole), named), exact, "the log names the secret without the six characters that AWS adds")


def _with(whole: Arn, rest: str) -> str:
    return str(Arn(whole.partition, whole.service, whole.region, whole.account, rest))


def _object(whole: Arn, exact: str | None) -> Target:
    """A key with a date or a run's id in it is another one tomorrow."""
    bucket, _, key = whole.rest.partition("/")
    changing = [match.start() for shape in (_DATED, _MINTED) if (match := shape.search(key))]
    if not changing:
        return Target((str(whole),), exact)
    folder = key[: min(changing)].rpartition("/")[0]
    wide = f"{bucket}/{folder}/*" if folder else f"{bucket}/*"
    return Target((_with(whole, wide),), exact, "the key changes with each run, so its folder is named")


def _catalog(action: str, whole: Arn, exact: str | None) -> Target:
    """Glue asks for the catalog, the database and the table together:
    https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html.
    """
    kind, _, rest = whole.rest.partition("/")
    database, _, table = rest.partition("/")
    found = known(action)
    takes = found.kinds if found else ("database", "table")
    parts = ["catalog"]
    if "database" in takes:
        parts.append(f"database/{database or '*'}")
    if "table" in takes:
        parts.append(f"table/{database or '*'}/{table or '*'}")
    if kind == "catalog" and len(parts) > 1:
        why: str | None = "the log names the catalog only; put your database and table in the stars' place"
    else:
        why = "Glue asks for the catalog, the database and the table together" if len(parts) > 1 else None
    return Target(tuple(_with(whole, part) for part in parts), exact, why)
