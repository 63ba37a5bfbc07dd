"""Which service an error of AWS comes from."""

import pytest
from responder.evidence.aws_service import with_service
from responder.model import AwsError, Frame, Level, Raised, Record, Said


def service(operation, message="", *, said_by=None, frames=(), logged=()):
    raised = Raised("ClientError", message, tuple(frames))
    records = [Record(0, Level.INFO, "", text) for text in logged]
    return with_service(AwsError("X", message, operation, said_by), Said(message, raised), records).service


@pytest.mark.parametrize(
    ("found", "name"),
    [
        pytest.param(service("StartExecution"), "states", id="by the operation"),
        pytest.param(service("X", said_by="stepfunctions"), "states", id="IAM's name for boto3's"),
        pytest.param(service("GetWidget", "not authorized to perform: widgets:GetWidget on"), "widgets", id="by the action"),
        pytest.param(service("GetObject", "not authorized to perform: kms:Decrypt on"), "s3", id="not by another action"),
        pytest.param(service("GetThing", frames=[Frame("/usr/local/airflow/dags/x.py", 1, "f", 'boto3.client("rds")')]), "rds", id="by the client in the code"),
        pytest.param(service("GetThing", frames=[Frame("/x/airflow/providers/amazon/aws/hooks/step_function.py", 1, "f")]), "states", id="by the provider's module"),
        pytest.param(service("StartJobRun", frames=[Frame("/x/airflow/providers/amazon/aws/hooks/emr_serverless.py", 1, "f")]), "emr-serverless", id="a shared operation by the module"),
        pytest.param(service("StartJobRun"), "glue", id="a shared operation by what is likely"),
        pytest.param(service("GetThing", logged=["Found endpoint for sqs via: environment_global."]), "sqs", id="by the endpoint"),
        pytest.param(service("GetThing"), None, id="unknown"),
    ],
)  # fmt: skip
def test_is(found, name):
    assert found == name
