"""The deployed file, corrected and proven, as the responder asks for it."""

import pytest
from responder.inquiry.ask import Deadline, ask
from responder.inquiry.environment_files import DeployedInquirer, EnvironmentFiles, OwnCodeInquirer
from responder.inquiry.index import IndexInquirer
from responder.inquiry.package_index import PackageIndex
from responder.inquiry.question import Unanswered
from responder.inquiry.requirements import ACTIONS, CorrectedFileInquirer
from responder.knowledge.images import nearest
from responder.model import Failure, Kind, Place, ProofLevel
from responder.requirements.asked import CorrectedFile, DeployedRequirements, OnIndex, OwnCode

from cli.requirements import find_uv
from tests.stand_ins.package_index import Shelf, serving
from tests.unit.inquiry.test_environment_files import Bucket, Environments

FAILURE = Failure(Kind.REQUIREMENTS, Place("analytics"), ())


def who_answers(environments, bucket, url, folder):
    files = EnvironmentFiles(lambda: bucket, environments)
    return {
        DeployedRequirements: DeployedInquirer(files),
        OwnCode: OwnCodeInquirer(files),
        OnIndex: IndexInquirer(lambda: PackageIndex(url)),
        CorrectedFile: CorrectedFileInquirer(files, lambda: PackageIndex(url), find_uv(), folder),
    }


def answered(text, question, shelf, tmp_path, plugins=b"", **facts):
    bucket = Bucket({"requirements.txt": [("v7", text.encode())], "plugins.zip": [("v2", plugins)]}, ["dags/load.py"])
    environments = Environments(**({"airflow_version": "2.10.3"} | facts))
    with serving(shelf) as url:
        who = who_answers(environments, bucket, url, tmp_path)
        return ask([question], FAILURE, who, seconds=60)[question]


@pytest.fixture
def shelf():
    image = nearest("2.10.3").image
    filled = (
        Shelf()
        .wheel("pandas", "2.1.4")
        .wheel("pandas", "2.2.3")
        .wheel("polars", "1.9.0")
        .wheel("polars", "1.10.0", yanked="x")
    )
    return filled.wheel("apache-airflow", image.airflow).wheel("pyarrow", image.pins["pyarrow"])


def test_the_deployed_file_is_corrected_and_proven(shelf, tmp_path):
    verdict = answered("pandas==2.2.3\n", CorrectedFile(), shelf, tmp_path)
    assert (verdict.corrected, verdict.proof.level) == ("pandas==2.1.4\n", ProofLevel.PROVEN)


def test_a_missing_distribution_is_added_at_the_constraints_version(shelf, tmp_path):
    verdict = answered("pandas\n", CorrectedFile(add="pyarrow"), shelf, tmp_path)
    pin = nearest("2.10.3").image.pins["pyarrow"]
    assert verdict.corrected == f"pandas\npyarrow=={pin}\n"
    assert f"+pyarrow=={pin}" in verdict.diff
    assert verdict.proof.level is ProofLevel.PROVEN


def test_one_without_constraint_is_added_at_the_newest_version_that_is_not_yanked(shelf, tmp_path):
    assert answered("pandas\n", CorrectedFile(add="polars"), shelf, tmp_path).corrected == "pandas\npolars==1.9.0\n"


def test_a_file_that_does_not_resolve_is_mended_before_something_is_added(shelf, tmp_path):
    verdict = answered("pandas==2.2.3\n", CorrectedFile(add="polars"), shelf, tmp_path)
    assert verdict.corrected == "pandas==2.1.4\npolars==1.9.0\n"
    assert "-pandas==2.2.3" in verdict.diff


def test_what_is_in_the_file_already_is_not_added_again(shelf, tmp_path):
    assert (
        answered("Polars==1.9.0\npandas==2.2.3\n", CorrectedFile(add="polars"), shelf, tmp_path).corrected
        == "Polars==1.9.0\npandas==2.1.4\n"
    )


def test_an_environment_without_requirements_gets_its_first_line(shelf, tmp_path):
    verdict = answered("", CorrectedFile(add="polars"), shelf, tmp_path, requirements_s3_path=None)
    assert verdict.corrected == "polars==1.9.0\n"


def test_an_image_that_is_not_known_is_said(shelf, tmp_path):
    answer = answered("pandas\n", CorrectedFile(), shelf, tmp_path, airflow_version="1.10.12")
    assert isinstance(answer, Unanswered)
    assert "1.10.12" in answer.reason


def test_a_near_image_makes_a_weaker_proof(shelf, tmp_path):
    verdict = answered("pandas==2.2.3\n", CorrectedFile(), shelf, tmp_path, airflow_version="2.10.5")
    assert verdict.proof.level is ProofLevel.CHECKED


def test_own_code_that_cannot_be_looked_at_is_said(shelf, tmp_path):
    verdict = answered("pandas==2.2.3\n", CorrectedFile(), shelf, tmp_path, b"no zip", plugins_s3_path="plugins.zip")
    assert verdict.corrected == "pandas==2.1.4\n"
    assert any("own code" in each and "plugins.zip" in each for each in verdict.not_checked)


def test_all_questions_have_somebody_to_answer_them(shelf, tmp_path):
    assert answered("pandas\n", DeployedRequirements(), shelf, tmp_path).text == "pandas\n"
    assert answered("pandas\n", OwnCode(), shelf, tmp_path).in_dags == {"load"}
    assert answered("pandas\n", OnIndex("pandas"), shelf, tmp_path).name == "pandas"


def test_the_actions_that_are_called_are_named():
    assert set(ACTIONS) == {"s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "secretsmanager:GetSecretValue"}


def test_no_time_is_a_reason(shelf, tmp_path):
    bucket = Bucket({"requirements.txt": [("v7", b"pandas\n")]})
    with serving(shelf) as url:
        who = who_answers(Environments(airflow_version="2.10.3"), bucket, url, tmp_path)
        verdict = who[CorrectedFile].answer(CorrectedFile(), FAILURE, Deadline(1.0, clock=lambda: 0.0))
    assert verdict.proof.level is ProofLevel.SUSPECTED
