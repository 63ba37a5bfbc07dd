"""Deep links, built from parts that were each checked: nothing of a log gets into an address otherwise.

Forms: the console's own addresses, https://docs.aws.amazon.com/mwaa/latest/userguide/access-airflow-ui.html, and
Airflow's `log_url` (Airflow 2: the grid with query parameters; Airflow 3: a path).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from responder.model import Failure, Kind, Link

if TYPE_CHECKING:
    from responder.inquiry.environment import EnvironmentFacts

_CONSOLES = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}
_REGION = re.compile(r"[a-z]{2}(?:-[a-z]{2,10}){1,3}-\d")
_ENVIRONMENT = re.compile(r"[A-Za-z][\w-]{0,79}", re.ASCII)
_GROUP = re.compile(
    r"[\w/.#-]{1,512}", re.ASCII
)  # https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
_STREAM = re.compile(r"[^:*\x00-\x1f]{1,512}")
_ID = re.compile(r"[^\x00-\x1f/?#\\]{1,250}")
_WEB_SERVER = re.compile(r"https://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){2,8}", re.ASCII)
# https://docs.aws.amazon.com/mwaa/latest/mwaa-serverless-userguide/observe-with-cloudwatch.html
_SERVERLESS = "/aws/mwaa-serverless/"
_WEB_DOMAINS = (".amazonaws.com", ".amazonaws.com.cn", ".on.aws", ".amazonaws-us-gov.com")


def links(failure: Failure, environment: EnvironmentFacts | None) -> tuple[Link, ...]:
    """The log stream, the Airflow task, the environment's console page: those that can be built, in this order."""
    found = _log(failure), _task(failure, environment), _console(failure)
    return tuple(link for link in found if link is not None)


def _host(failure: Failure) -> str | None:
    region, console = failure.place.region, _CONSOLES.get(failure.place.partition)
    return f"https://{region}.{console}" if region and console and _REGION.fullmatch(region) else None


def _log(failure: Failure) -> Link | None:
    place, host = failure.place, _host(failure)
    if host is None or not (place.log_group and _GROUP.fullmatch(place.log_group)):
        return None
    address = f"{host}/cloudwatch/home?region={place.region}#logsV2:log-groups/log-group/{_twice(place.log_group)}"
    if place.log_stream and _STREAM.fullmatch(place.log_stream):
        return Link("Log", f"{address}/log-events/{_twice(place.log_stream)}")
    return Link("Log group", address)


def _twice(part: str) -> str:
    """The console's own escape: percent-encoded twice, with `$` for `%`."""
    return quote(quote(part, safe=""), safe="").replace("%", "$")


def _task(failure: Failure, environment: EnvironmentFacts | None) -> Link | None:
    attempt, server = failure.attempt, environment.webserver_url if environment else None
    if environment is None or not server or not (_WEB_SERVER.fullmatch(server) and server.endswith(_WEB_DOMAINS)):
        return None
    if failure.kind is not Kind.TASK or not _are_ids(attempt.dag_id, attempt.run_id, attempt.task_id):
        return Link("Airflow", server)
    dag, run, task = (quote(part or "", safe="") for part in (attempt.dag_id, attempt.run_id, attempt.task_id))
    mapped = attempt.map_index if attempt.map_index is not None and attempt.map_index >= 0 else None
    if (environment.airflow_version or "2").startswith("2"):
        index = f"&map_index={mapped}" if mapped is not None else ""
        return Link("Airflow task", f"{server}/dags/{dag}/grid?dag_run_id={run}&task_id={task}{index}&tab=logs")
    index = f"/mapped/{mapped}" if mapped is not None else ""
    tried = f"?try_number={attempt.try_number}" if attempt.try_number else ""
    return Link("Airflow task", f"{server}/dags/{dag}/runs/{run}/tasks/{task}{index}{tried}")


def _are_ids(*ids: str | None) -> bool:
    return all(each and _ID.fullmatch(each) for each in ids)


def _console(failure: Failure) -> Link | None:
    host, name = _host(failure), failure.place.environment
    if host and (failure.place.log_group or "").startswith(_SERVERLESS):
        return Link("MWAA console", f"{host}/mwaa/home?region={failure.place.region}#serverlessWorkflows")
    if host is None or not (name and _ENVIRONMENT.fullmatch(name)):
        return None
    return Link("MWAA console", f"{host}/mwaa/home?region={failure.place.region}#environments/{name}")
