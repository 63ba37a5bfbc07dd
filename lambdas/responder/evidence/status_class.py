"""The HTTP status that an SDK's exception is named after, where its message prints none.

databricks.sdk.errors.platform.PermissionDenied: User … does not have Manage permissions on job 7      403
hvac.exceptions.InvalidPath: …                                                                         404
openai.RateLimitError, google.api_core.exceptions.ResourceExhausted, github.RateLimitExceededException 429
redis.exceptions.BusyLoadingError: Redis is loading the dataset in memory                              503

SDKs are generated from lists of statuses (HTTP's, gRPC's: https://grpc.io/docs/guides/status-codes/), so the names of
their classes are few; only a class that an installed distribution raises counts.
"""

from __future__ import annotations

from responder.model import Raised

_BY_NAME = {
    "badrequest": 400, "invalidargument": 400, "invalidparametervalue": 400, "invalidrequest": 400, "failedprecondition": 400,
    "unauthenticated": 401, "unauthorized": 401, "authentication": 401, "authenticationfailed": 401, "badcredentials": 401,
    "permissiondenied": 403, "forbidden": 403, "accessdenied": 403, "authorization": 403, "authorizationfailed": 403,
    "notfound": 404, "resourcenotfound": 404, "resourcedoesnotexist": 404, "invalidpath": 404, "unknownobject": 404,
    "conflict": 409, "resourceconflict": 409, "alreadyexists": 409, "resourcealreadyexists": 409, "resourceexists": 409,
    "unprocessableentity": 422,
    "toomanyrequests": 429, "ratelimit": 429, "ratelimitexceeded": 429, "resourceexhausted": 429, "requestlimitexceeded": 429,
    "internalservererror": 500, "internalserver": 500, "serviceunavailable": 503, "temporarilyunavailable": 503,
    "readonly": 409, "clusterdown": 503, "masterdown": 503, "busyloading": 503,
    "badgateway": 502, "gatewaytimeout": 504, "deadlineexceeded": 504,
}  # fmt: skip
_ENDINGS = ("exception", "error")


def status_of_class(raised: Raised | None) -> int | None:
    """None where the user's code, Airflow or Python raised it, and where the name is none of these."""
    if raised is None or not is_of_sdk(raised):
        return None
    name = raised.name.lower()
    if name == "permissionerror":
        return 403 if "." in raised.type else None  # without a module it is Python's own
    return _BY_NAME.get(name) or _BY_NAME.get(_bare(name))


def is_of_sdk(raised: Raised) -> bool:
    """Whether an installed distribution other than Airflow raised it."""
    file = raised.frames[-1].file if raised.frames else ""
    return "-packages/" in file and "-packages/airflow/" not in file


def _bare(name: str) -> str:
    return next((name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)), name)
