"""MWAA's two services answer boto3 in the shapes of their models."""

import pytest
from botocore.validate import ParamValidator

from cli.sandbox.environment import MwaaEnvironment
from cli.sandbox.world import ACCOUNT

WORKFLOW = f"arn:aws:airflow-serverless:eu-west-1:{ACCOUNT}:workflow/sales-0123456789"
RUN = {"WorkflowArn": WORKFLOW, "RunId": "run-1"}
TASK = {**RUN, "TaskInstanceId": "ex_1_load_1"}


@pytest.fixture(scope="module", autouse=True)
def environments(aws):
    aws.put_environment(MwaaEnvironment(name="prod", requirements="pandas\n"))
    aws.put_environment(MwaaEnvironment(name="broken", overrides={"Status": "UPDATE_FAILED"}))
    aws.mwaa.workflows[WORKFLOW] = {"WorkflowArn": WORKFLOW, "Name": "sales", "RoleArn": "arn:aws:iam::1:role/r"}
    aws.mwaa.runs[WORKFLOW, "run-1"] = {**RUN, "RunDetail": {"RunState": "FAILED", "ErrorMessage": "no"}}
    aws.mwaa.tasks[WORKFLOW, "run-1", "ex_1_load_1"] = {
        **TASK,
        "Status": "FAILED",
        "AttemptNumber": 1,
        "TaskId": "load",
        "ErrorMessage": "no",
        "EndedAt": 1_790_000_000.0,
    }


def answer(client, operation, **asked):
    method = client.meta.method_to_api_mapping[operation]
    answered = getattr(client, operation)(**asked)
    answered.pop("ResponseMetadata")
    problems = ParamValidator().validate(answered, client.meta.service_model.operation_model(method).output_shape)
    assert not problems.has_errors(), problems.generate_report()
    return answered


def test_environments_are_listed_and_described(aws):
    mwaa = aws.client("mwaa")
    assert answer(mwaa, "list_environments")["Environments"] == ["broken", "prod"]
    described = answer(mwaa, "get_environment", Name="prod")["Environment"]
    assert described["ExecutionRoleArn"] == f"arn:aws:iam::{ACCOUNT}:role/service-role/prod-execution"
    assert answer(mwaa, "get_environment", Name="broken")["Environment"]["Status"] == "UPDATE_FAILED"


def test_the_deployed_version_of_requirements_can_be_read(aws):
    s3 = aws.client("s3")
    s3.put_object(Bucket="airflow-prod", Key="requirements.txt", Body=b"polars\n")
    described = aws.client("mwaa").get_environment(Name="prod")["Environment"]
    version = described["RequirementsS3ObjectVersion"]
    assert s3.get_object(Bucket="airflow-prod", Key="requirements.txt", VersionId=version)["Body"].read() == b"pandas\n"
    assert s3.get_object(Bucket="airflow-prod", Key="requirements.txt")["Body"].read() == b"polars\n"


def test_an_environment_that_does_not_exist(aws):
    mwaa = aws.client("mwaa")
    with pytest.raises(mwaa.exceptions.ResourceNotFoundException):
        mwaa.get_environment(Name="none")


def test_workflows_runs_and_tasks(aws):
    serverless = aws.client("mwaa-serverless")
    assert answer(serverless, "get_workflow", WorkflowArn=WORKFLOW)["Name"] == "sales"
    assert answer(serverless, "get_workflow_run", **RUN)["RunDetail"]["RunState"] == "FAILED"
    assert answer(serverless, "get_task_instance", **TASK)["TaskId"] == "load"
    (summary,) = answer(serverless, "list_task_instances", **RUN)["TaskInstances"]
    assert summary["TaskInstanceId"] == "ex_1_load_1"


def test_a_workflow_that_does_not_exist(aws):
    serverless = aws.client("mwaa-serverless")
    with pytest.raises(serverless.exceptions.ResourceNotFoundException):
        serverless.get_workflow(WorkflowArn=WORKFLOW[:-1] + "x")
