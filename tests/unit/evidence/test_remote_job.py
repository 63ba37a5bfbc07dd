"""Failed jobs of other services: which, and which run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.evidence.remote_job import id_in, read_job

UUID = "3f1a7d3e-5a0c-4d55-9d0a-9a2b0f5d1b77"


@pytest.mark.parametrize(
    ("text", "service", "remote_id", "exit_code"),
    [
        pytest.param("Exiting Job jr_7f1c2e9a5b Run State: FAILED", "glue", "jr_7f1c2e9a5b", None, id="Glue"),
        pytest.param("EMR Steps failed: s-2ABCDEFGHIJKL: Waiter StepComplete failed", "emr", "s-2ABCDEFGHIJKL", None, id="EMR"),
        pytest.param(f"AWS Batch job ({UUID}) failed: {{'container': {{'exitCode': 3}}}}", "batch", UUID, 3, id="Batch"),
        pytest.param("This task is not in success state {'containers': [{'exitCode': 0}, {'exitCode': 2}]}", "ecs", None, 2, id="ECS, the first code that is no success"),
        pytest.param("Pod build-x1 returned a failure.\n{'exit_code': 2}", "kubernetes", "build-x1", 2, id="a pod"),
        pytest.param("notebook_run failed with terminal state: {'run_id': 88123}", "databricks", "88123", None, id="Databricks"),
        pytest.param("Job run 70403103 has failed or has been cancelled.", "dbt-cloud", "70403103", None, id="dbt Cloud"),
        pytest.param("Cannot execute: spark-submit --master yarn a.py. Error code is: 1.", "spark", None, 1, id="spark-submit"),
        pytest.param("Waiter ClusterRunning failed: Waiter encountered a terminal failure state", None, None, None, id="any waiter"),
    ],
)  # fmt: skip
def test_reads(text, service, remote_id, exit_code):
    job = read_job(text)
    assert job is not None
    assert (job.service, job.remote_id, job.exit_code) == (service, remote_id, exit_code)


@pytest.mark.parametrize(
    "text",
    [
        "Exiting Job jr_7f Run State",
        "division by zero",
        "not authorized to perform: dynamodb:Query (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: AccessDeniedException; Request ID: 0a1b)",
        "arn:aws:ecs:eu-west-1:123456789012:cluster/etl (Service: AmazonECS; Status Code: 400; Error Code: ClusterNotFoundException; Request ID: 0a1b)",
        "role/ecsTaskExecutionRole (Service: AmazonECS; Status Code: 400; Error Code: AccessDeniedException; Request ID: 0a1b)",
        "batch:SubmitJob (Service: AWSBatch; Status Code: 403; Error Code: AccessDeniedException; Request ID: 0a1b)",
        "Bash command failed. The command returned a non-zero exit code 1.",
        "",
    ],
)
def test_leaves_alone(text):
    assert read_job(text) is None


def test_the_id_is_found_in_another_line():
    assert id_in(["Poking", "Run submitted with run_id: 88123"], "databricks") == "88123"
    assert id_in(["nothing"], "databricks") is None


@given(st.text(max_size=400))
def test_any_text_is_read_without_a_crash(text):
    job = read_job("job " + text + " failed")
    assert job is None or job.end > job.start >= 0
