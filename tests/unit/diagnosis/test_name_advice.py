"""What to import instead of a name that is not there."""

import pytest
from responder.diagnosis.import_failure import FailedName
from responder.diagnosis.name_advice import advice_for
from responder.diagnosis.name_meaning import alike_in_meaning
from responder.model import Raised

S3 = "airflow.providers.amazon.aws.operators.s3"


def wrong(name, module, *, circular=False):
    return FailedName(name, module, "", circular, Raised("ImportError", ""))


@pytest.mark.parametrize(
    ("wanted", "offered", "best"),
    [
        ("S3UploadFileOperator", ["S3ListOperator", "S3CreateObjectOperator", "S3Hook"], "S3CreateObjectOperator"),
        ("ECSOperator", ["EcsRunTaskOperator", "EksPodOperator"], "EcsRunTaskOperator"),
        ("AwsGlueJobOperator", ["GlueJobOperator", "GlueCrawlerOperator"], "GlueJobOperator"),
    ],
)
def test_the_name_that_means_the_same(wanted, offered, best):
    assert alike_in_meaning(wanted, offered)[0] == best


def test_names_of_another_kind_are_not_offered():
    assert alike_in_meaning("S3UploadFileOperator", ["S3UploadFileHook"]) == ()


def test_an_operator_that_never_was_is_answered_with_those_that_are():
    """The example that this project began with imports S3UploadFileOperator, which no release has."""
    advice = advice_for(wrong("S3UploadFileOperator", S3), "2.10.3")
    assert "S3CreateObjectOperator" in advice.steps[0]
    assert "LocalFilesystemToS3Operator (from airflow.providers.amazon.aws.transfers.local_to_s3)" in advice.steps[0]


def test_a_name_that_lives_elsewhere_is_answered_with_its_place():
    advice = advice_for(wrong("LocalFilesystemToS3Operator", S3), "2.10.3")
    assert (
        "from airflow.providers.amazon.aws.transfers.local_to_s3 import LocalFilesystemToS3Operator" in advice.steps[0]
    )


def test_two_modules_that_import_each_other_are_told_apart_from_a_typo():
    assert "import each other" in advice_for(wrong("build", "flows.core", circular=True), None).explanation


def test_of_a_module_that_is_not_airflows_nothing_is_claimed():
    assert "another version" in advice_for(wrong("read_execl", "pandas"), None).explanation
