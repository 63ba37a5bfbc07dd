"""What operators and hooks of the provider packages object to, in their own sentences."""

import pytest
from responder.evidence.provider_complaint import Complaint, complaint_of
from responder.model import Frame, Raised

PLACE = "/usr/local/airflow/.local/lib/python3.11/site-packages/airflow/providers/"


def raised(where, message, type_="airflow.exceptions.AirflowException"):
    return Raised(type_, message, (Frame(PLACE + where, 1, "execute"),))


@pytest.mark.parametrize(
    ("where", "message", "kind"),
    [
        (
            "amazon/aws/operators/emr.py",
            "Exactly one of job_flow_id or job_flow_name must be specified.",
            Complaint.ARGUMENT,
        ),
        ("amazon/aws/hooks/glue.py", "Cannot specify num_of_dpus with custom WorkerType", Complaint.ARGUMENT),
        (
            "amazon/aws/hooks/athena_sql.py",
            "region_name must be specified in the connection's extra",
            Complaint.CONNECTION,
        ),
        ("databricks/hooks/databricks_base.py", "Token authentication isn't configured", Complaint.CONNECTION),
        ("amazon/aws/hooks/chime.py", "Webhook token field is missing and is required.", Complaint.CONNECTION),
        ("amazon/aws/hooks/sagemaker.py", "SageMaker job took more than 3600 seconds", Complaint.WAITED),
        ("amazon/aws/operators/emr.py", "No cluster found for name: nightly", Complaint.ABSENT),
        ("amazon/aws/operators/redshift_cluster.py", "Redshift cluster must be in available state.", Complaint.STATE),
        ("amazon/aws/operators/glue_crawler.py", "Error in glue crawl: {'status': 'x'}", Complaint.FAILED),
        ("amazon/aws/sensors/glue_crawler.py", "Status: FAILED", Complaint.FAILED),
    ],
)
def test_reads(where, message, kind):
    assert complaint_of(raised(where, message)) is kind


def test_one_call_of_a_hook_that_comes_back_with_errors_is_no_job_that_failed():
    message = "Errors when deleting: ['tmp/a.csv']"
    frame = Frame(PLACE + "amazon/aws/hooks/s3.py", 1, "delete_objects")
    assert complaint_of(Raised("airflow.exceptions.AirflowException", message, (frame,))) is Complaint.ANSWER


def test_newer_packages_raise_other_classes():
    assert (
        complaint_of(raised("snowflake/operators/x.py", "Job 'x' finished with status: FAILED", "RuntimeError"))
        is Complaint.FAILED
    )


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Raised("ValueError", "Either a or b must be given", (Frame("/usr/local/airflow/dags/a.py", 1, "f"),)), id="the user's own words"),
        pytest.param(raised("amazon/aws/operators/ecs.py", "'exitCode'", "KeyError"), id="a stumble of the provider's code"),
        pytest.param(raised("amazon/aws/operators/ecs.py", "x"), id="no words that are known"),
        pytest.param(Raised("airflow.exceptions.AirflowException", "Either a or b must be given"), id="no frame that tells who says it"),
    ],
)  # fmt: skip
def test_leaves_alone(other):
    assert complaint_of(other) is None
