from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from responder.inquiry.ask import Deadline
from responder.inquiry.environment import FRESH_SECONDS, EnvironmentInquirer, EnvironmentState
from responder.inquiry.question import CouldNot
from responder.model import Failure, Kind, Place

TIME = Deadline(60, clock=lambda: 0.0)
LOGS = "arn:aws:logs:eu-west-1:123456789012:log-group:airflow-analytics-{}:*"
ENVIRONMENT: dict[str, Any] = {
    "Name": "analytics",
    "Arn": "arn:aws:airflow:eu-west-1:123456789012:environment/analytics",
    "Status": "AVAILABLE",
    "AirflowVersion": "2.10.3",
    "EnvironmentClass": "mw1.small",
    "ExecutionRoleArn": "arn:aws:iam::123456789012:role/mwaa-analytics",
    "SourceBucketArn": "arn:aws:s3:::acme-dags",
    "DagS3Path": "airflow/dags/",
    "RequirementsS3Path": "requirements.txt",
    "RequirementsS3ObjectVersion": "v7",
    "WebserverUrl": "abc.c1.eu-west-1.airflow.amazonaws.com",
    "MinWorkers": 1,
    "MaxWorkers": 10,
    "AirflowConfigurationOptions": {"smtp.smtp_password": "hidden", "core.lazy_load_plugins": "False"},
    "LoggingConfiguration": {
        "TaskLogs": {"Enabled": True, "LogLevel": "INFO", "CloudWatchLogGroupArn": LOGS.format("Task")},
        "WorkerLogs": {"Enabled": False, "LogLevel": "ERROR", "CloudWatchLogGroupArn": LOGS.format("Worker")},
    },
    "LastUpdate": {
        "Status": "FAILED",
        "Error": {"ErrorCode": "INCORRECT_CONFIGURATION", "ErrorMessage": "check the role"},
    },
}


@contextmanager
def stubbed(
    *answers: dict[str, Any], error: str | None = None, clock: Any = lambda: 0.0
) -> Iterator[EnvironmentInquirer]:
    client = boto3.client("mwaa", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
    with Stubber(client) as stub:
        for answer in answers:
            stub.add_response("get_environment", {"Environment": answer}, {"Name": "analytics"})
        if error:
            stub.add_client_error("get_environment", error)
        yield EnvironmentInquirer(lambda: client, clock)
        stub.assert_no_pending_responses()


def failure(name: str | None = "analytics", **place: Any) -> Failure:
    return Failure(Kind.TASK, Place(name, **place), ())


def test_the_environment_is_described_in_its_own_words() -> None:
    with stubbed(ENVIRONMENT) as inquirer:
        facts = inquirer.answer(EnvironmentState(), failure(), TIME)
    assert (facts.name, facts.account, facts.region, facts.partition) == (
        "analytics",
        "123456789012",
        "eu-west-1",
        "aws",
    )
    assert (facts.source_bucket, facts.dag_s3_path) == ("acme-dags", "airflow/dags")
    assert (facts.requirements_s3_path, facts.requirements_s3_version) == ("requirements.txt", "v7")
    assert facts.webserver_url == "https://abc.c1.eu-west-1.airflow.amazonaws.com"
    assert facts.log_groups == {"Task": "airflow-analytics-Task"}
    assert facts.log_levels == {"Task": "INFO", "Worker": "ERROR"}
    assert (facts.last_update_status, facts.last_update_error_code) == ("FAILED", "INCORRECT_CONFIGURATION")


def test_no_value_of_a_configuration_option_is_kept() -> None:
    with stubbed(ENVIRONMENT) as inquirer:
        facts = inquirer.answer(EnvironmentState(), failure(), TIME)
    assert facts.configuration_options == ("core.lazy_load_plugins", "smtp.smtp_password")
    assert "hidden" not in repr(facts)


def test_an_answer_with_hardly_anything_in_it_is_still_one() -> None:
    with stubbed({"Name": "analytics"}) as inquirer:
        facts = inquirer.answer(EnvironmentState(), failure(), TIME)
    assert (facts.status, facts.source_bucket, facts.webserver_url, facts.log_groups) == ("UNKNOWN", None, None, {})


def test_mwaa_is_asked_once_a_minute() -> None:
    now = [0.0]
    with stubbed(ENVIRONMENT, ENVIRONMENT | {"Status": "UPDATING"}, clock=lambda: now[0]) as inquirer:
        statuses = []
        for now[0] in (0.0, FRESH_SECONDS - 1, FRESH_SECONDS):
            statuses.append(inquirer.answer(EnvironmentState(), failure(), TIME).status)
    assert statuses == ["AVAILABLE", "AVAILABLE", "UPDATING"]


@pytest.mark.parametrize(
    ("sighting", "error", "reason"),
    [
        pytest.param(failure(), "ResourceNotFoundException", "the environment analytics does not exist", id="gone"),
        pytest.param(failure(), "AccessDeniedException", "may not call airflow:GetEnvironment", id="refused"),
        pytest.param(failure(), "InternalServerException", "failed", id="a fault of MWAA"),
        pytest.param(failure(None), None, "does not say which environment", id="unnamed"),
        pytest.param(failure("../x"), None, "not one that MWAA allows", id="a name that is none"),
        pytest.param(failure("n", log_group="/aws/mwaa-serverless/n/"), None, "Serverless", id="serverless"),
    ],
)
def test_says_why_the_environment_is_not_known(sighting: Failure, error: str | None, reason: str) -> None:
    with stubbed(error=error) as inquirer, pytest.raises(CouldNot, match=reason):
        inquirer.answer(EnvironmentState(), sighting, TIME)


def test_without_an_answer_the_fault_is_named() -> None:
    client = boto3.client(
        "mwaa",
        region_name="eu-west-1",
        aws_access_key_id="x",
        aws_secret_access_key="x",
        endpoint_url="http://127.0.0.1:1",
    )
    with pytest.raises(CouldNot, match="EndpointConnectionError"):
        EnvironmentInquirer(lambda: client).answer(EnvironmentState(), failure(), TIME)


def test_nothing_is_asked_when_the_time_is_over() -> None:
    with stubbed() as inquirer, pytest.raises(CouldNot, match="run out"):
        inquirer.answer(EnvironmentState(), failure(), Deadline(0, clock=lambda: 1.0))
