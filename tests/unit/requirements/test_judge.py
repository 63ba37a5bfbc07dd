"""Where the resolver's answer is not pip's, and what must never be claimed; index and packages are the tests' own."""

from hashlib import sha256 as sha256_of

import pytest
from responder.knowledge.images import nearest
from responder.model import ProofLevel


def found(verdict):
    return [(problem.kind.value, problem.line) for problem in verdict.problems]


def blocking(verdict):
    return [(problem.kind.value, problem.line) for problem in verdict.problems if problem.blocks]


def test_a_file_that_resolves_is_left_alone_and_proven(shelf, judged):
    shelf.wheel("acme", "1.0", ["lkml>=1"]).wheel("lkml", "1.3")
    verdict = judged("acme==1.0\n")
    assert (verdict.ok, verdict.problems, verdict.corrected, verdict.diff) == (True, (), None, None)
    assert verdict.proof.level is ProofLevel.PROVEN
    assert verdict.changes == ("+ acme==1.0", "+ lkml==1.3")


def test_a_pre_release_proves_nothing_while_there_are_final_releases(shelf, judged):
    """uv by itself would take tool 2.0a4, which has no requirements; pip would not."""
    shelf.wheel("tool", "1.0", ["requests>=99"]).wheel("tool", "2.0a4")
    verdict = judged("tool\n")
    assert blocking(verdict) == [("conflict", 1)]
    assert verdict.corrected is None


def test_a_pre_release_proves_nothing_with_the_constraints_off_either(shelf, judged):
    shelf.wheel("tool", "1.0", ["flask>=99"]).wheel("tool", "2.0a4")
    verdict = judged("# -c none\ntool\n")
    assert not verdict.ok
    assert verdict.proof.level is not ProofLevel.PROVEN


def test_a_dependency_that_has_nothing_but_betas_is_taken(shelf, judged):
    """OpenTelemetry's instrumentation pins such ones; pip takes them."""
    shelf.wheel("tool", "1.0", ["beta==0.48b0"]).wheel("beta", "0.48b0").wheel("beta", "0.49b0")
    assert judged("tool==1.0\n").ok
    assert judged("# -c none\ntool==1.0\n").ok


def test_a_dependency_without_wheels_resolves_and_is_said_to_be_built(shelf, judged):
    shelf.wheel("acme", "1.0", ["oldish"]).source("oldish", "0.9", ["leaf"]).wheel("leaf", "1.0")
    verdict = judged("acme==1.0\n")
    assert verdict.ok
    assert verdict.proof.level is ProofLevel.CHECKED
    assert any("oldish 0.9" in each and "pure Python" in each for each in verdict.not_checked)
    assert "+ leaf==1.0" in verdict.changes


def test_the_requirements_of_a_source_are_read_from_its_old_form_too(shelf, judged):
    shelf.wheel("acme", "1.0", ["oldish"]).wheel("leaf", "1.0").source(
        "oldish", "0.9", files={"oldish.egg-info/requires.txt": "leaf\n\n[x]\nnothing\n"}
    )
    assert "+ leaf==1.0" in judged("acme==1.0\n").changes


@pytest.mark.parametrize(
    "files",
    [
        {"Cargo.toml": "[package]"},
        {"CMakeLists.txt": "project(x)"},
        {"setup.py": "import pkg_resources\n"},
        {"setup.py": "print 'hello'\n"},
        {"setup.py": "import numpy\nfrom setuptools import setup\n"},
        {"pyproject.toml": '[build-system]\nrequires = ["maturin>=1"]\n'},
    ],
    ids=["Rust", "CMake", "pkg_resources", "Python 2", "numpy at build time", "maturin"],
)  # fmt: skip
def test_sources_that_no_image_can_build_are_a_build_problem(shelf, judged, files):
    """Never by building them: by reading them."""
    shelf.source("acme", "2.0", files=files).wheel("acme", "1.0")
    verdict = judged("acme==2.0\n")
    assert blocking(verdict) == [("build", 1)]
    assert verdict.corrected == "acme==1.0\n"
    assert verdict.proof.level is ProofLevel.PROVEN


def test_an_upper_bound_of_requires_python_counts(shelf, judged):
    """uv ignores it, pip does not."""
    shelf.wheel("acme", "1.0", python="<3.6").wheel("acme", "0.9")
    verdict = judged("acme==1.0\n")
    assert blocking(verdict) == [("python-version", 1)]
    assert verdict.corrected == "acme==0.9\n"


def test_an_upper_bound_of_a_dependency_leads_to_another_release(shelf, judged):
    shelf.wheel("acme", "1.0", ["leaf"]).wheel("leaf", "2.0", python=">=3.6,<3.11").wheel("leaf", "1.0", python=">=3.6")
    verdict = judged("acme==1.0\n")
    assert verdict.ok
    assert "+ leaf==1.0" in verdict.changes


def test_metadata_that_pip_refuses_is_no_proof(shelf, judged):
    """uv repairs `>dev`; pip from 24.1 on ignores such a release."""
    shelf.wheel(
        "acme", "1.0", metadata="Metadata-Version: 2.1\nName: acme\nVersion: 1.0\nRequires-Dist: leaf (>dev)\n\n"
    )
    shelf.wheel("acme", "0.9").wheel("leaf", "1.0")
    verdict = judged("acme==1.0\n")
    assert blocking(verdict) == [("not-found-version", 1)]
    assert verdict.corrected == "acme==0.9\n"


def test_two_lines_that_clash_are_found_among_many(shelf, judged):
    for name in ("p", "q", "r", "s"):
        shelf.wheel(name, "1.0")
    shelf.wheel("acme", "1.0", ["leaf==1.0"]).wheel("zeta", "1.0", ["leaf==2.0"]).wheel(
        "zeta", "0.9", ["leaf==1.0"]
    ).wheel("leaf", "1.0").wheel("leaf", "2.0")
    verdict = judged("p==1.0\nacme==1.0\nq==1.0\nr==1.0\nzeta==1.0\ns==1.0\n")
    assert blocking(verdict) == [("conflict", 2), ("conflict", 5)]
    assert verdict.corrected == "p==1.0\nacme==1.0\nq==1.0\nr==1.0\nzeta==0.9\ns==1.0\n"
    assert "leaf" in verdict.problems[0].explanation


def test_a_pin_that_needs_what_the_constraints_do_not_allow_moves_to_the_nearest_that_does(shelf, judged):
    shelf.wheel("acme", "3.0", ["requests>=99"]).wheel("acme", "2.1").wheel("acme", "1.0").wheel("requests", "2.32.3")
    verdict = judged("acme==3.0\n")
    assert blocking(verdict) == [("conflict", 1)]
    assert verdict.corrected == "acme==2.1\n"


def test_of_releases_that_fit_a_near_one_is_taken_and_then_a_newer_one(shelf, judged):
    """Releases of long ago fit because they name no limits."""
    shelf.wheel("acme", "0.1.0").wheel("acme", "1.2.0", ["requests>=99"]).wheel("acme", "1.4.0").wheel("acme", "1.1.0")
    shelf.wheel("leaf", "1.2.5", ["requests>=99"]).wheel("leaf", "1.2.4").wheel("leaf", "1.3.0")
    shelf.wheel("requests", "2.32.3")
    assert judged("acme==1.2.0\nleaf==1.2.5\n").corrected == "acme==1.4.0\nleaf==1.2.4\n"


def test_a_line_with_two_problems_is_mended_once(shelf, judged):
    shelf.wheel("gcsfs", "2024.9.0", yanked="wrong").wheel("gcsfs", nearest("2.10.3").image.pins["gcsfs"])
    verdict = judged("gcsfs==2024.9.0\n")
    assert blocking(verdict) == [("conflict", 1), ("yanked", 1)]
    assert verdict.corrected == f"gcsfs=={nearest('2.10.3').image.pins['gcsfs']}\n"


def test_a_local_version_gives_way_to_its_public_one(shelf, judged):
    shelf.wheel("acme", "2.4.0").wheel("acme", "2.4.1")
    assert judged("acme==2.4.0+cpu\n").corrected == "acme==2.4.0\n"


def test_what_needs_a_distribution_for_another_system_has_no_wheel(shelf, judged):
    shelf.wheel("acme", "1.0", ["winonly>=1"]).wheel("winonly", "1.0", tag="cp311-cp311-win_amd64")
    shelf.wheel("acme", "0.9")
    verdict = judged("acme==1.0\n")
    assert blocking(verdict) == [("no-wheel", 1)]
    assert "winonly" in verdict.problems[0].explanation


def test_a_provider_that_never_fitted_this_airflow_is_too_new(shelf, judged):
    """However else it clashes."""
    for version in ("0.1", "1.0"):
        shelf.wheel("apache-airflow-providers-git", version, ["apache-airflow>=3.0.0", "requests>=99"])
    shelf.wheel("requests", "2.32.3")
    verdict = judged("apache-airflow-providers-git\n")
    assert blocking(verdict) == [("provider-too-new", 1)]
    assert "apache-airflow>=3.0.0" in verdict.problems[0].explanation


def test_what_python_has_itself_goes(shelf, judged):
    shelf.wheel("dataclasses", "0.8", python="<3.7").wheel("futures", "3.3.0", python="<3").wheel("futures", "2.2.0")
    verdict = judged("dataclasses==0.8\nfutures==3.3.0\n")
    assert blocking(verdict) == [("python-version", 1), ("python-version", 2)]
    assert verdict.corrected == ""


def test_a_misspelt_name_of_what_many_install_is_put_right(shelf, judged):
    shelf.wheel("twilio", "9.5.2")
    verdict = judged("twillio==9.5.2\n")
    assert blocking(verdict) == [("not-found-name", 1)]
    assert verdict.corrected == "twilio==9.5.2\n"


def test_ranges_that_leave_no_version_are_a_duplicate(shelf, judged):
    shelf.wheel("acme", "1.0").wheel("acme", "2.0")
    verdict = judged("acme>=2\nacme<2\n")
    assert blocking(verdict) == [("duplicate", 2)]
    assert verdict.corrected == "acme>=2\n"


def test_two_requirements_on_one_line_become_two_lines_that_are_judged_each(shelf, judged):
    shelf.wheel("acme", "1.0").wheel("leaf", "1.0").wheel("leaf", "0.9")
    verdict = judged("# both\r\nacme==1.0 leaf==1.1  # here\r\n")
    assert blocking(verdict) == [("syntax", 2), ("not-found-version", 2)]
    assert verdict.corrected == "# both\r\nacme==1.0\r\nleaf==1.0  # here\r\n"


def test_of_two_constraint_lines_the_wrong_one_goes(judged):
    address = nearest("2.10.3").image.constraints_url
    verdict = judged(f"-c {address}\n-c {address.replace('2.10.3', '2.9.2')}\n")
    assert blocking(verdict) == [("constraint-wrong-airflow", 2)]
    assert verdict.corrected == f"-c {address}\n"


def test_a_need_that_an_essential_pin_excludes_is_its_clash(shelf, judged):
    """Whatever constraint line stands in the file: MWAA applies that list besides."""
    shelf.wheel("acme", "2.0", ["sqlalchemy>=2"]).wheel("acme", "1.0").wheel("sqlalchemy", "1.4.54").wheel(
        "sqlalchemy", "2.0.30"
    )
    verdict = judged("acme==2.0\n")
    assert blocking(verdict) == [("essential-conflict", 1)]
    assert "sqlalchemy==1.4.54" in verdict.problems[0].explanation
    assert verdict.corrected == "acme==1.0\n"


def test_sources_among_releases_with_wheels_are_not_what_fails(shelf, judged):
    shelf.wheel("acme", "2.0", ["requests>=99"]).source("acme", "0.1", yanked="broken").wheel("requests", "2.32.3")
    assert blocking(judged("acme\n")) == [("conflict", 1)]


def test_a_release_without_wheel_is_moved_and_keeps_its_pin(shelf, judged):
    """Its name is one of the constraints', which are off: no reason to drop the version."""
    shelf.source("numpy", "1.24.4", files={"Cargo.toml": ""}).wheel("numpy", "1.26.4")
    assert judged("# -c none\nnumpy==1.24.4\n").corrected == "# -c none\nnumpy==1.26.4\n"


def test_a_yanked_release_is_never_proposed(shelf, judged):
    shelf.wheel("acme", "1.1", yanked="broken").wheel("acme", "1.0")
    verdict = judged("acme==1.2\n")
    assert blocking(verdict) == [("not-found-version", 1)]
    assert verdict.corrected == "acme==1.0\n"


def test_a_vulnerable_release_is_never_proposed(shelf, judged):
    """Where the index tells of advisories; withdrawn ones do not count."""
    for version in ("1.2", "1.1", "1.0"):
        shelf.wheel("acme", version)
    shelf.advisories = {
        "acme/1.2": [{"id": "PYSEC-1"}],
        "acme/1.1": [{"id": "PYSEC-2", "withdrawn": "2024-01-01T00:00:00Z"}],
    }
    assert judged("acme==1.3\n").corrected == "acme==1.1\n"


def test_a_yanked_pin_is_named_with_its_reason(shelf, judged):
    shelf.wheel("acme", "1.1", yanked="broken upload").wheel("acme", "1.0")
    verdict = judged("acme==1.1\n")
    assert blocking(verdict) == [("yanked", 1)]
    assert "broken upload" in verdict.problems[0].explanation


def test_several_problems_are_all_found_and_mended(shelf, judged):
    shelf.wheel("acme", "1.0").wheel("pandas", "2.1.4").wheel("pandas", "2.2.3")
    verdict = judged("pandas==2.2.3\nacme==9\napache-airflow==2.9.2\nflask==3\nqzv-none\n# end\n")
    assert blocking(verdict) == [
        ("conflict", 1),
        ("not-found-version", 2),
        ("airflow-pin", 3),
        ("essential-conflict", 4),
        ("not-found-name", 5),
    ]
    assert verdict.corrected == "pandas==2.1.4\nacme==1.0\n# end\n"
    assert verdict.proof.level is ProofLevel.PROVEN


def test_lines_that_are_joined_are_one_for_the_resolver(shelf, judged):
    shelf.wheel("acme", "1.0")
    assert judged("acme \\\n  ==1.0\n").ok


def test_a_marker_is_read_for_the_environment_and_not_for_this_machine(shelf, judged):
    shelf.wheel("acme", "1.0")
    assert judged(
        'acme==9; python_version < "3.8"\nacme==9; sys_platform == "win32"\nacme==1.0; python_version == "3.11"\n'
    ).ok


def test_constraints_in_dags_are_read(shelf, judged):
    shelf.wheel("acme", "1.0").wheel("acme", "2.0")
    verdict = judged("-c /usr/local/airflow/dags/c.txt\nacme==2.0\n", own={"c.txt": "acme==1.0\n"})
    assert blocking(verdict) == [("conflict", 2)]
    assert verdict.corrected == "-c /usr/local/airflow/dags/c.txt\nacme==1.0\n"


def test_an_included_file_in_dags_counts(shelf, judged):
    shelf.wheel("acme", "1.0", ["leaf==1.0"]).wheel("leaf", "1.0").wheel("leaf", "2.0")
    verdict = judged("-r /usr/local/airflow/dags/more.txt\nacme==1.0\n", own={"more.txt": "leaf==2.0\n"})
    assert not verdict.ok


MORE = "-r /usr/local/airflow/dags/more.txt\nacme==1.0\n"


@pytest.mark.parametrize("text", [MORE, MORE.replace("/usr/local/airflow", "..")], ids=["absolute", "relative"])
def test_the_line_that_includes_what_does_not_fit_is_to_blame(shelf, judged, text):
    shelf.wheel("acme", "1.0").wheel("pandas", "2.1.4")
    verdict = judged(text, own={"more.txt": "pandas==2.2.3\n"})
    assert blocking(verdict) == [("conflict", 1)]
    assert "virtual environment" not in verdict.problems[0].explanation


def test_the_index_of_an_included_file_is_the_files(shelf, judged):
    shelf.wheel("acme", "1.0")
    verdict = judged(MORE, own={"more.txt": "--index-url https://aws:s3cr3t@example.com/simple/\n"})
    assert blocking(verdict) == [("private-index", 1)]
    assert "s3cr3t" not in repr(verdict)


def test_what_an_included_file_names_in_turn_is_said_to_be_unseen(shelf, judged):
    shelf.wheel("acme", "1.0")
    verdict = judged(MORE, own={"more.txt": "-r other.txt\n-c mine.txt\n"})
    assert (verdict.ok, verdict.proof.level) == (True, ProofLevel.CHECKED)
    assert len(verdict.not_checked) == 2


def test_a_file_in_plugins_may_be_included_and_is_said_to_be_unseen(shelf, judged):
    shelf.wheel("acme", "1.0")
    verdict = judged("-r /usr/local/airflow/plugins/more.txt\nacme==1.0\n")
    assert (verdict.ok, verdict.proof.level, len(verdict.not_checked)) == (True, ProofLevel.CHECKED, 1)


def test_what_a_second_index_offers_is_said_to_be_unseen(shelf, judged):
    shelf.wheel("acme", "1.0")
    verdict = judged("--extra-index-url https://aws:s3cr3t@example.com/simple/\nacme==1.0\n")
    assert (verdict.ok, verdict.proof.level, len(verdict.not_checked)) == (True, ProofLevel.CHECKED, 1)
    assert "s3cr3t" not in repr(verdict)


def test_constraints_that_were_not_seen_are_not_called_none(shelf, judged):
    shelf.wheel("acme", "1.0").wheel("pandas", "2.2.3")
    verdict = judged("-c /usr/local/airflow/plugins/c.txt\nacme\npandas==2.2.3\n")
    assert (verdict.ok, verdict.problems, verdict.proof.level) == (True, (), ProofLevel.CHECKED)


def test_no_constraints_at_all_are_a_warning(shelf, judged):
    shelf.wheel("pandas", "2.2.3")
    verdict = judged("--constraint /dev/null\npandas==2.2.3\n")
    assert (verdict.ok, found(verdict)) == (True, [("constraint-disabled-by-comment", 1)])
    assert verdict.proof.level is ProofLevel.PROVEN


@pytest.mark.parametrize(
    ("python", "fits"), [("311", True), ("312", False)], ids=["of this Python", "of another Python"]
)
def test_the_name_of_a_wheel_is_read_from_a_quoted_address(shelf, judged, python, fits):
    wheel = f"https://example.com/whl/torch-2.5.1%2Bcpu-cp{python}-cp{python}-linux_x86_64.whl"
    assert judged(f"torch @ {wheel}\n").ok is fits
    assert judged(f"{wheel}\n").ok is fits


def test_a_source_that_nobody_read_is_not_called_unbuildable_where_wheels_clash(shelf, judged):
    """uv names each release that it would have to build; what stands in the way is the constraint."""
    shelf.wheel("core", "2.0", ["requests>=99"]).source("core", "1.0", yanked="broken").wheel("requests", "2.32.3")
    shelf.wheel("acme", "1.0", ["core==2.0"]).wheel("acme", "0.9", ["core==1.0"])
    assert blocking(judged("acme\n")) == [("conflict", 1)]


def test_a_module_of_the_users_own_is_never_looked_for_elsewhere(shelf, judged):
    verdict = judged("sales-loaders==1.0\n", own_modules=frozenset({"sales_loaders"}))
    assert blocking(verdict) == [("local-or-private-name", 1)]
    assert verdict.corrected == ""


def test_an_own_looking_name_that_a_stranger_has_is_a_warning(shelf, judged):
    shelf.wheel("utils", "1.0")
    verdict = judged("utils==1.0\n")
    assert verdict.ok
    assert found(verdict) == [("dependency-confusion-risk", 1)]


def test_no_release_of_a_strangers_is_proposed_for_an_own_looking_name(shelf, judged):
    shelf.wheel("company-common", "1.0").wheel("sales-utils", "0.1", python="<3.6").wheel("sales-utils", "0.2")
    verdict = judged("company-common==2.1\nsales-utils==0.1\n")
    assert ("local-or-private-name", 1) in blocking(verdict)
    assert ("python-version", 2) in blocking(verdict)
    assert verdict.corrected is None


def test_an_unpinned_line_without_constraint_is_a_warning(shelf, judged):
    shelf.wheel("acme", "1.0")
    verdict = judged("acme>=0.5\n")
    assert (verdict.ok, found(verdict), verdict.corrected) == (True, [("unpinned-risk", 1)], None)


def test_a_second_index_is_a_risk_and_its_names_are_not_called_missing(shelf, judged):
    verdict = judged("--extra-index-url https://aws:s3cr3t@example.com/simple/\nacme-private==1.0\n")
    assert ("dependency-confusion-risk", 1) in found(verdict)
    assert blocking(verdict) == [("private-index", 2)]
    assert "s3cr3t" not in repr(verdict)


def test_the_configured_index_beside_itself_is_no_risk(shelf, judged):
    shelf.wheel("acme", "1.0")
    verdict = judged("--extra-index-url {index}\nacme==1.0\n")
    assert (verdict.ok, verdict.problems) == (True, ())


def test_another_index_is_not_asked_and_that_is_said(shelf, judged):
    shelf.wheel("pandas", "2.1.4")
    verdict = judged("--index-url https://aws:s3cr3t@example.com/simple/\npandas==2.2.3\n")
    assert ("private-index", 1) in blocking(verdict)
    assert ("conflict", 2) in blocking(verdict)
    assert "s3cr3t" not in repr(verdict)


def test_a_wheel_and_a_repository_are_said_to_be_unseen(shelf, judged):
    verdict = judged("/usr/local/airflow/plugins/acme-1.0-py3-none-any.whl\ngit+https://me:s3cr3t@example.com/a.git\n")
    assert verdict.ok
    assert verdict.proof.level is ProofLevel.CHECKED
    assert len(verdict.not_checked) == 2
    assert "s3cr3t" not in repr(verdict)


def test_without_an_index_in_the_file_nothing_is_called_missing(shelf, judged):
    verdict = judged("--no-index\n--find-links /usr/local/airflow/plugins\nacme==1.0\n")
    assert verdict.proof.level is ProofLevel.SUSPECTED
    assert not [each for each in blocking(verdict) if each[0].startswith("not-found")]


@pytest.mark.parametrize("manners", [{"status": 500}, {"status": 403}, {"status": 401}, {"status": 200, "body": b"<html>log in</html>"}], ids=["500", "403", "401", "a login page"])  # fmt: skip
def test_an_index_that_does_not_answer_makes_nothing_invalid(judged, manners):
    verdict = judged("acme==1.0\npandas==2.1.4\n", **manners)
    assert verdict.ok
    assert verdict.proof.level is ProofLevel.SUSPECTED
    assert verdict.not_checked


def test_a_pin_against_the_constraints_is_told_without_index_and_mended_without_proof(judged):
    verdict = judged("pandas==2.2.3\n", status=500)
    assert blocking(verdict) == [("conflict", 1)]
    assert verdict.corrected == "pandas==2.1.4\n"
    assert verdict.proof.level is ProofLevel.SUSPECTED


def test_a_resolver_that_is_not_there_proves_nothing(shelf, judged):
    shelf.wheel("acme", "1.0")
    verdict = judged("acme==1.0\n", uv="/nonexistent/uv")
    assert verdict.ok
    assert verdict.proof.level is ProofLevel.SUSPECTED


def test_a_folder_that_cannot_be_written_proves_nothing(shelf, judged, tmp_path):
    shelf.wheel("acme", "1.0")
    (tmp_path / "mwaa-responder-uv").write_text("in the way")
    verdict = judged("acme==1.0\n")
    assert (verdict.ok, verdict.proof.level) == (True, ProofLevel.SUSPECTED)


def test_without_time_nothing_is_proven_and_nothing_is_invalid(shelf, judged):
    shelf.wheel("acme", "1.0")
    verdict = judged("acme==1.0\n", left=lambda: 0.0)
    assert (verdict.ok, verdict.proof.level) == (True, ProofLevel.SUSPECTED)


def test_a_private_index_is_asked_with_its_login_which_is_never_shown(shelf, judged):
    shelf.wheel("acme", "1.0")
    verdict = judged("acme==1.0\n", login=("aws", "s3cr3t/+:@"))
    assert verdict.proof.level is ProofLevel.PROVEN
    assert "s3cr3t" not in repr(verdict)


def test_an_index_in_html_serves_as_well(shelf, judged):
    shelf.wheel("acme", "1.0", python="<3.6").wheel("acme", "0.9").wheel("acme", "0.8", yanked="")
    verdict = judged("acme==1.0\n", as_html=True)
    assert blocking(verdict) == [("python-version", 1)]
    assert verdict.corrected == "acme==0.9\n"


def sha256(shelf, name):
    return sha256_of(shelf.files[name][-1]["data"]).hexdigest()


def test_hashes_are_compared_with_those_of_the_index(shelf, judged):
    shelf.wheel("acme", "1.0", tag="cp311-cp311-macosx_11_0_arm64")
    other = sha256(shelf, "acme")
    shelf.wheel("acme", "1.0", tag="cp311-cp311-manylinux_2_17_x86_64")
    right = f"acme==1.0 \\\n    --hash=sha256:{other} \\\n    --hash=sha256:{sha256(shelf, 'acme')}\n"
    verdict = judged(right)
    assert (verdict.ok, verdict.not_checked, verdict.proof.level) == (True, (), ProofLevel.PROVEN)
    verdict = judged(f"acme==1.0 --hash=sha256:{other}\n")
    assert (blocking(verdict), verdict.corrected) == ([("syntax", 1)], None)


def test_hashes_that_cannot_be_compared_are_said_to_be(shelf, judged):
    shelf.wheel("acme", "1.0")
    verdict = judged("acme==1.0 --hash=sha512:aa\n")
    assert verdict.ok
    assert any("hash" in each for each in verdict.not_checked)


def test_a_dependency_needs_a_hash_too_unless_the_image_has_it(shelf, judged):
    shelf.wheel("acme", "1.0", ["leaf", "requests"]).wheel("leaf", "1.0")
    shelf.wheel("requests", nearest("2.10.3").image.preinstalled["requests"])
    verdict = judged(f"acme==1.0 --hash=sha256:{sha256(shelf, 'acme')}\n")
    assert (blocking(verdict), verdict.corrected) == ([("syntax", 1)], None)
    assert "missing: leaf." in verdict.problems[0].explanation


def test_a_hash_on_one_line_asks_for_one_on_every_line(shelf, judged):
    shelf.wheel("acme", "1.0").wheel("leaf", "1.0")
    verdict = judged("acme==1.0 --hash=sha256:aa\nleaf==1.0\n")
    assert blocking(verdict) == [("syntax", 2)]


def test_what_the_image_holds_and_the_file_replaces_is_listed(shelf, judged):
    """With the constraints off a file can move what Airflow uses; what need not move stays."""
    shelf.wheel("boto3", "1.34.0", ["botocore==1.34.0"]).wheel("botocore", "1.34.0").wheel("requests", "2.32.3").wheel(
        "requests", "2.99"
    )
    verdict = judged("# -c none\nboto3==1.34.0\nrequests\n")
    assert [each for each in verdict.changes if "boto" in each] == [
        "- boto3==1.35.36",
        "+ boto3==1.34.0",
        "- botocore==1.35.36",
        "+ botocore==1.34.0",
    ]
    assert not [each for each in verdict.changes if "requests" in each]


PACKED = {
    "there": ("acme==1.0\n", {"acme-1.0-py3-none-any.whl"}, []),
    "installed already": ("pandas==2.1.4\nboto3\n", {"pandas-2.1.4-cp311-cp311-manylinux_2_17_x86_64.whl"}, []),
    "not there": ("acme==1.0\n", set(), [("not-found-name", 2)]),
    "another version": ("acme==1.0\n", {"acme-0.9-py3-none-any.whl"}, [("not-found-version", 2)]),
    "another Python": ("acme==1.0\n", {"acme-1.0-cp39-cp39-manylinux2014_x86_64.whl"}, [("no-wheel", 2)]),
    "by path": ("/usr/local/airflow/plugins/acme-1.0-py3-none-any.whl\n", {"acme-1.0-py3-none-any.whl"}, []),
    "by path, spelt otherwise": ("/usr/local/airflow/plugins/Acme-1.0-py3-none-any.whl\n", {"acme-1.0-py3-none-any.whl"}, [("local-or-private-name", 2)]),
}  # fmt: skip


@pytest.mark.parametrize("case", PACKED.values(), ids=PACKED)
def test_without_an_index_the_wheels_of_plugins_zip_decide(judged, case):
    text, wheels, expected = case
    verdict = judged(f"--no-index\n{text}", wheels=frozenset(wheels))
    assert (blocking(verdict), verdict.corrected) == (expected, None)
