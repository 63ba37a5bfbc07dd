"""Links lead where they say, and nothing of a log gets into them unchecked."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from responder.inquiry.environment import EnvironmentFacts
from responder.model import Attempt, Failure, Message
from responder.report.links import links

from tests.stand_ins.samples import PLACE, failure, messages

WEB = "https://0123abcd-1234.c3.eu-west-1.airflow.amazonaws.com"


def _environment(version: str, url: str = WEB) -> EnvironmentFacts:
    return EnvironmentFacts(
        "analytics",
        "arn:aws:airflow:eu-west-1:123456789012:environment/analytics",
        "AVAILABLE",
        airflow_version=version,
        webserver_url=url,
    )


def _url(label: str, seen: Failure, environment: EnvironmentFacts | None = None) -> str | None:
    return next((link.url for link in links(seen, environment) if link.label == label), None)


def test_the_log_stream_is_escaped_as_the_console_wants_it() -> None:
    assert _url("Log", failure()) == (
        "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/airflow-analytics-Task"
        "/log-events/dag_id$253Dsales$252Frun_id$253Dr$252Ftask_id$253Dload$252Fattempt$253D1.log"
    )


@pytest.mark.parametrize(
    ("partition", "region", "host"),
    [
        ("aws", "eu-west-1", "eu-west-1.console.aws.amazon.com"),
        ("aws-cn", "cn-north-1", "cn-north-1.console.amazonaws.cn"),
        ("aws-us-gov", "us-gov-west-1", "us-gov-west-1.console.amazonaws-us-gov.com"),
    ],
)
def test_each_partition_has_its_console(partition: str, region: str, host: str) -> None:
    url = _url("MWAA console", failure(place=replace(PLACE, partition=partition, region=region)))
    assert url == f"https://{host}/mwaa/home?region={region}#environments/analytics"


def test_the_task_in_airflow_2() -> None:
    assert _url("Airflow task", failure(), _environment("2.10.3")) == (
        f"{WEB}/dags/sales/grid?dag_run_id=manual__2026-01-01T00%3A00%3A00%2B00%3A00&task_id=load&tab=logs"
    )


def test_the_task_in_airflow_3() -> None:
    mapped = failure(attempt=Attempt("sales", "r", "load", 3, 2, None))
    assert (
        _url("Airflow task", mapped, _environment("3.0.6"))
        == f"{WEB}/dags/sales/runs/r/tasks/load/mapped/3?try_number=2"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"region": "eu-west-1/../x"},
        {"region": None},
        {"partition": "aws-other"},
        {"environment": "a/b?c", "log_group": "a b"},
        {"environment": None, "log_group": None},
    ],
)
def test_no_link_without_sound_parts(changes: dict[str, str | None]) -> None:
    assert links(failure(place=replace(PLACE, **changes)), None) == ()


@pytest.mark.parametrize(
    "url",
    [
        "http://a.airflow.amazonaws.com",
        "https://evil.example",
        "https://evil.example/.amazonaws.com",
        "https://a.amazonaws.com@evil.example",
    ],
)
def test_no_link_to_another_host(url: str) -> None:
    assert _url("Airflow task", failure(), _environment("3.0.6", url)) is None


@given(messages())
def test_every_link_is_https_to_a_host_of_ours(message: Message) -> None:
    hosts = {urlsplit(link.url).hostname or "" for link in message.links}
    assert all(host.endswith((".amazon.com", ".amazonaws.com", "docs.aws.amazon.com")) for host in hosts)
    assert not any(set(link.url) & set("<>|\"' \n") for link in message.links)
