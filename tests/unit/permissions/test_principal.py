import pytest
from responder.permissions.principal import Whose, resolve

EXECUTION = "arn:aws:iam::123456789012:role/service-role/AmazonMWAA-analytics-x7Yd2q"


def session(role, name, account="123456789012"):
    return f"arn:aws:sts::{account}:assumed-role/{role}/{name}"


WHOSE = {
    "the execution role": (session("AmazonMWAA-analytics-x7Yd2q", "AmazonMWAA-airflow"), Whose.EXECUTION_ROLE, None),
    "a connection's role": (session("lake-reader", "Airflow_lake"), Whose.CONNECTION_ROLE, "lake"),
    "a Glue job": (session("etl", "GlueJobRunnerSession"), Whose.JOB_ROLE, "Glue"),
    "a SageMaker job": (session("ml", "SageMaker"), Whose.JOB_ROLE, "SageMaker"),
    "an ECS task": (session("ecs", "0d4f5c1b2a3e4d5f8a9b0c1d2e3f4a5b"), Whose.JOB_ROLE, "ECS"),
    "an EMR node": (session("EMR_EC2_DefaultRole", "i-0ba52d178d30f0e42"), Whose.JOB_ROLE, "EC2 or EMR"),
    "a function": (session("score-role-ab12cd34", "score"), Whose.JOB_ROLE, "Lambda"),
    "a role that somebody assumed": (session("reader", "me"), Whose.OTHER_ROLE, None),
    "a namesake in another account": (session("AmazonMWAA-analytics-x7Yd2q", "x", "444455556666"), Whose.OTHER_ACCOUNT, None),
    "a connection into another account": (session("lake", "Airflow_far", "444455556666"), Whose.OTHER_ACCOUNT, "far"),
    "a user": ("arn:aws:iam::123456789012:user/etl/loader", Whose.USER, None),
    "a federated user": ("arn:aws:sts::123456789012:federated-user/vault-x", Whose.USER, None),
    "the root user": ("arn:aws:iam::123456789012:root", Whose.USER, None),
    "nobody": ("anonymous", Whose.SERVICE, None),
    "Kubernetes": ("system:serviceaccount:ml:default", Whose.SERVICE, None),
    "an ARN with nonsense": ("arn:aws:sts::123456789012:assumed-role/$(id)/x", Whose.SERVICE, None),
    "not said": (None, Whose.UNNAMED, None),
}  # fmt: skip


@pytest.mark.parametrize(("printed", "whose", "of"), WHOSE.values(), ids=WHOSE)
def test_whose_right_is_missing(printed, whose, of):
    found = resolve(printed, EXECUTION)
    assert (found.whose, found.of) == (whose, of)


def test_the_execution_role_keeps_its_path():
    assert resolve(session("AmazonMWAA-analytics-x7Yd2q", "AmazonMWAA-airflow"), EXECUTION).role_arn == EXECUTION


def test_without_an_answer_of_mwaa_its_own_sessions_tell():
    found = resolve(session("AmazonMWAA-analytics-x7Yd2q", "AmazonMWAA-airflow"))
    assert (found.whose, found.role_arn) == (Whose.EXECUTION_ROLE, None)
