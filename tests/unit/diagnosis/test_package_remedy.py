"""In which order the reasons for a missing module are told, from plain answers."""

import pytest
from responder.diagnosis.package_remedy import package_remedy, requires
from responder.evidence.pip_output import read_pip
from responder.inquiry.question import NO_ANSWERS, Answers, Unanswered
from responder.model import Proof, ProofLevel
from responder.requirements.asked import (
    CorrectedFile,
    Deployed,
    DeployedRequirements,
    Installation,
    LastInstallation,
    OwnCode,
    OwnModules,
)
from responder.requirements.problem import Verdict

BROKEN = read_pip(
    [
        "ERROR: Could not find a version that satisfies the requirement pandas==99 (from versions: 2.1.4)",
        "ERROR: pip installation exited with a non-zero error code",
    ]
)
FAILED = Installation("airflow-a-Scheduler", "requirements_install_x", failed=True, report=BROKEN)
WORKED = Installation("airflow-a-Scheduler", "requirements_install_x", failed=False, report=None)
NOTHING_OWN = OwnModules(frozenset(), frozenset())
PROVEN = Proof(ProofLevel.PROVEN, "uv resolved 3 packages")


def verdict(diff="+polars==1.9.0\n"):
    return Verdict(ok=False, problems=(), corrected="polars==1.9.0\n", diff=diff, proof=PROVEN)


def remedy(**given):
    names = {
        "install": LastInstallation(),
        "deployed": DeployedRequirements(),
        "own": OwnCode(),
        "added": CorrectedFile(add="polars"),
    }
    return package_remedy("polars", "polars", Answers({names[key]: value for key, value in given.items()}))


def test_a_module_that_lies_in_dags_is_the_users_own_after_all():
    found = remedy(own=OwnModules(frozenset({"polars"}), frozenset()), install=FAILED)
    assert "module of your own" in found.summary
    assert not found.artifacts


def test_a_failed_installation_is_the_cause_before_anything_is_added():
    found = remedy(
        own=NOTHING_OWN,
        install=FAILED,
        deployed=Deployed("r.txt", "v1", b"pandas==99\n"),
        added=verdict("-pandas==99\n"),
    )
    assert "last installation of requirements.txt failed" in found.summary
    assert "requirements_install_x" in found.explanation
    assert "pandas==99" in found.explanation
    assert found.artifacts[0].text == "-pandas==99\n"


def test_what_is_in_the_deployed_file_is_not_added_again():
    found = remedy(
        own=NOTHING_OWN, install=WORKED, deployed=Deployed("r.txt", "v1", b"Polars == 1.9\n"), added=verdict()
    )
    assert "is in the deployed requirements.txt" in found.summary
    assert not found.artifacts


def test_what_is_in_a_newer_file_only_has_to_be_selected():
    found = remedy(
        own=NOTHING_OWN,
        install=WORKED,
        deployed=Deployed("r.txt", "v1", b"pandas\n", b"pandas\npolars\n"),
        added=verdict(),
    )
    assert "newer requirements.txt" in found.summary
    assert not found.artifacts


def test_what_is_really_missing_is_added_and_proven():
    found = remedy(own=NOTHING_OWN, install=WORKED, deployed=Deployed("r.txt", "v1", b"pandas\n"), added=verdict())
    assert found.artifacts[0].kind == "requirements-diff"
    assert found.proof == PROVEN


def test_without_any_answer_it_says_what_was_not_checked():
    found = package_remedy("polars", "polars", NO_ANSWERS)
    assert found.proof.level is ProofLevel.SUSPECTED
    assert found.not_checked
    assert found.steps


def test_a_name_that_says_too_little_is_not_guessed():
    found = package_remedy("google", None, Answers({OwnCode(): Unanswered("x")}))
    assert "widely used package is called google" in found.explanation
    assert not found.artifacts


@pytest.mark.parametrize(
    ("text", "found"),
    [("polars\n", True), ("  Polars[x]==1\n", True), ("# polars\n", False), ("polars-lts-cpu\n", False), ("", False)],
)
def test_a_requirement_is_found_by_its_whole_name(text, found):
    assert requires(text, "polars") is found
