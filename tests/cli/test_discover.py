"""`discover` turns what MWAA says of an account into settings that the stack accepts."""

import copy
import json

import boto3
import pytest
from botocore.stub import Stubber

from cli.discover import main
from infra.settings import Settings

ROLE = "arn:aws:iam::123456789012:role/service-role/analytics"
GROUP = "arn:aws:logs:eu-west-1:123456789012:log-group:airflow-analytics-{}:*"


def environment(**changes):
    return {
        "Name": "analytics",
        "Arn": "arn:aws:airflow:eu-west-1:123456789012:environment/analytics",
        "Status": "AVAILABLE",
        "AirflowVersion": "2.10.3",
        "SourceBucketArn": "arn:aws:s3:::analytics-airflow",
        "ExecutionRoleArn": ROLE,
        "AirflowConfigurationOptions": {"smtp.smtp_password": "hunter2"},
        "LoggingConfiguration": {
            "TaskLogs": {"Enabled": True, "LogLevel": "INFO", "CloudWatchLogGroupArn": GROUP.format("Task")},
            "SchedulerLogs": {"Enabled": True, "LogLevel": "INFO", "CloudWatchLogGroupArn": GROUP.format("Scheduler")},
            "WorkerLogs": {"Enabled": False, "LogLevel": "INFO"},
        },
        **changes,
    }


@pytest.fixture
def cdk_json(tmp_path):
    file = tmp_path / "cdk.json"
    file.write_text(json.dumps({"app": "x", "context": {"responder": {"emails": ["a@example.com"]}, "@flag": True}}))
    return file


@pytest.fixture
def run(cdk_json, capsys):
    def ran(environments, *flags, filters=()):
        clients = {
            name: boto3.client(name, region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
            for name in ("mwaa", "logs")
        }
        with Stubber(clients["mwaa"]) as mwaa, Stubber(clients["logs"]) as logs:
            mwaa.add_response("list_environments", {"Environments": [each["Name"] for each in environments]})
            for each in environments:
                mwaa.add_response("get_environment", {"Environment": each}, {"Name": each["Name"]})
            for _ in range(5 * len(environments)):
                logs.add_response(
                    "describe_subscription_filters", {"subscriptionFilters": [{"filterName": each} for each in filters]}
                )
            code = main(["--file", str(cdk_json), *flags], client=clients.__getitem__)
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


def written(cdk_json):
    return json.loads(cdk_json.read_text())["context"]


def test_writes_what_the_stack_reads(run, cdk_json):
    run([environment()], "--write")
    settings = Settings.from_context(written(cdk_json)["responder"])
    (analytics,) = settings.environments
    assert (analytics.bucket, analytics.airflow_version, analytics.kms_key_arn) == ("analytics-airflow", "2.10.3", None)
    assert analytics.execution_role_arn == ROLE
    assert analytics.logs == {"Task": "airflow-analytics-Task", "Scheduler": "airflow-analytics-Scheduler"}
    assert (settings.account, settings.region) == ("123456789012", "eu-west-1")


def test_leaves_everything_else(run, cdk_json):
    run([environment()], "--write")
    assert written(cdk_json)["responder"]["emails"] == ["a@example.com"]
    assert written(cdk_json)["@flag"] is True


def test_writes_nothing_unless_told(run, cdk_json):
    before = cdk_json.read_text()
    code, out, _ = run([environment()])
    assert code == 0
    assert json.loads(out)["environments"]["analytics"]["bucket"] == "analytics-airflow"
    assert cdk_json.read_text() == before


def test_says_that_there_is_nothing(run):
    code, _, err = run([])
    assert (code, err) == (0, "note: there is no environment in this account and region\n")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"context": []}',
        '{"context": {"responder": null}}',
        '{"context": {"responder": {"environments": []}}}',
    ],
)
def test_a_file_that_is_no_cdk_json_is_left_alone(run, cdk_json, content):
    cdk_json.write_text(content)
    code, _, err = run([environment()], "--write")
    assert (code, cdk_json.read_text()) == (2, content)
    assert "is not a cdk.json" in err


def test_keeps_the_choice_of_logs(run, cdk_json):
    run([environment()], "--write")
    chosen = written(cdk_json)
    del chosen["responder"]["environments"]["analytics"]["logs"]["Scheduler"]
    cdk_json.write_text(json.dumps({"context": copy.deepcopy(chosen)}))
    run([environment()], "--write")
    assert list(written(cdk_json)["responder"]["environments"]["analytics"]["logs"]) == ["Task"]


def test_never_writes_configuration_options(run, cdk_json):
    _, out, err = run([environment()], "--write")
    assert "hunter2" not in cdk_json.read_text() + out + err


@pytest.mark.parametrize(
    ("key", "arn"),
    [
        ("arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555",) * 2,
        (
            "11111111-2222-3333-4444-555555555555",
            "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555",
        ),
    ],
    ids=["an ARN", "a bare id"],
)
def test_names_the_key_by_its_arn(run, key, arn):
    _, out, _ = run([environment(KmsKey=key)])
    assert json.loads(out)["environments"]["analytics"]["kms_key_arn"] == arn


def test_says_which_logs_are_off(run):
    _, _, err = run([environment()])
    assert "analytics does not log DAGProcessing, Worker, WebServer" in err


def test_leaves_out_what_is_not_there_yet(run):
    young = {key: value for key, value in environment(Status="CREATING").items() if key != "AirflowVersion"}
    code, out, err = run([young])
    assert code == 0
    assert json.loads(out)["environments"] == {}
    assert err == "note: analytics is CREATING: not yet to be watched\n"


def test_says_that_no_filter_fits(run):
    _, _, err = run([environment()], filters=("datadog", "splunk"))
    assert "airflow-analytics-Task has 2 subscription filters already (datadog, splunk)" in err


def test_does_not_count_its_own_filter(run):
    _, _, err = run([environment()], filters=("datadog", "MwaaFailureResponder"))
    assert "subscription filters" not in err


def test_says_what_is_gone(run, cdk_json):
    run([environment()], "--write")
    _, _, err = run([], "--write")
    assert "analytics is not in this account and region" in err
    assert written(cdk_json)["responder"]["environments"] == {}


def test_says_in_a_sentence_what_it_may_not(cdk_json, capsys):
    mwaa = boto3.client("mwaa", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
    with Stubber(mwaa) as stubbed:
        stubbed.add_client_error(
            "list_environments", "AccessDeniedException", "not authorized to perform: airflow:ListEnvironments"
        )
        code = main(["--file", str(cdk_json)], client=lambda _: mwaa)
    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1
