import json

import pytest
from responder.knowledge.images import nearest

from cli.main import main
from tests.stand_ins.package_index import Shelf, serving

KEYS = ["file", "airflow", "python", "ok", "problems", "corrected", "diff", "proof", "changes_on_image", "not_checked"]


@pytest.fixture
def index():
    image = nearest("2.10.3").image
    shelf = (
        Shelf()
        .wheel("apache-airflow", image.airflow)
        .wheel("pandas", "2.1.4")
        .wheel("pandas", "2.2.3")
        .wheel("acme", "1.0")
    )
    with serving(shelf) as url:
        yield url


@pytest.fixture
def run(tmp_path, capsys):
    """`run(b"pandas\\n", …)`: exit status and what was printed."""

    def command(data, *more, airflow="2.10.3"):
        file = tmp_path / "requirements.txt"
        file.write_bytes(data)
        status = main(["requirements", str(file), "--airflow", airflow, *more])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


def test_a_file_that_mwaa_would_install_ends_with_0(run, index):
    status, out, _ = run(b"pandas\nacme==1.0\n", "--format", "json", "--index", index)
    answer = json.loads(out)
    assert (status, list(answer)) == (0, KEYS)
    assert (answer["ok"], answer["airflow"], answer["python"], answer["corrected"], answer["diff"]) == (
        True,
        "2.10.3",
        "3.11",
        None,
        None,
    )
    assert answer["proof"]["level"] == "PROVEN"
    assert "+ acme==1.0" in answer["changes_on_image"]


def test_a_file_that_mwaa_would_not_install_ends_with_1_and_its_correction(run, index):
    status, out, _ = run(b"pandas==2.2.3\n", "--format", "json", "--index", index)
    answer = json.loads(out)
    (problem,) = answer["problems"]
    assert status == 1
    assert (problem["class"], problem["line"], problem["requirement"]) == ("conflict", 1, "pandas==2.2.3")
    assert "pandas==2.1.4" in problem["explanation"]
    assert answer["corrected"] == "pandas==2.1.4\n"
    assert "-pandas==2.2.3\n+pandas==2.1.4\n" in answer["diff"]


def test_the_text_for_people_says_the_same(run, index):
    status, out, _ = run(b"pandas==2.2.3\n", "--index", index)
    assert status == 1
    assert "MWAA would not install it" in out
    assert "\n  The constraints of Airflow 2.10.3 pin pandas==2.1.4," in out
    assert "+pandas==2.1.4" in out
    assert "PROVEN" in out


def test_offline_judges_by_words_and_pins_alone(run):
    status, out, _ = run(b"pandas==2.2.3\nacme\n", "--format", "json", "--offline")
    answer = json.loads(out)
    assert (status, answer["corrected"], answer["proof"]["level"]) == (1, "pandas==2.1.4\nacme\n", "SUSPECTED")
    assert answer["not_checked"]


UNREADABLE = {
    "a picture": (b"\x89PNG\r\n\x00\x00", "2.10.3"),
    "no version": (b"pandas\n", "latest"),
    "a major that no image has": (b"pandas\n", "1.10.12"),
}


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_ends_with_2_and_one_sentence(run, case):
    status, out, err = run(case[0], airflow=case[1])
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_file_that_is_not_there_ends_with_2(capsys, tmp_path):
    assert main(["requirements", str(tmp_path / "none.txt"), "--airflow", "2.10.3"]) == 2
    assert "none.txt" in capsys.readouterr().err


@pytest.mark.parametrize("shape", ["json", "text"])
def test_no_login_is_printed_wherever_it_stands(run, index, tmp_path, shape):
    data = b"--extra-index-url https://aws:s3cr3t@example.com/simple/\n--find-links https://example.com/w?sig=s3cr3t\npandas==2.2.3\n"
    status, out, err = run(data, "--format", shape, "--index", index, "--output", str(tmp_path / "new.txt"))
    assert status == 1
    assert "s3cr3t" not in out + err
    assert (tmp_path / "new.txt").read_bytes() == data.replace(b"2.2.3", b"2.1.4")


def test_where_nothing_can_be_written_is_said(run, index, tmp_path):
    status, _, err = run(b"pandas==2.2.3\n", "--index", index, "--output", str(tmp_path))
    assert (status, err) == (2, f"mwaa-responder requirements: {tmp_path} cannot be written: Is a directory\n")


def test_the_written_file_keeps_its_encoding(run, index, tmp_path):
    data = b"\xef\xbb\xbfpandas==2.2.3 # f\xc3\xbcr\r\n"
    run(data, "--index", index, "--output", str(tmp_path / "new.txt"))
    assert (tmp_path / "new.txt").read_bytes() == data.replace(b"2.2.3", b"2.1.4")


def test_constraints_in_dags_beside_the_file_are_read(run, index, tmp_path):
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "c.txt").write_text("pandas==2.2.3\n")
    status, _, _ = run(b"-c /usr/local/airflow/dags/c.txt\npandas==2.2.3\n", "--offline")
    assert status == 0


def test_constraints_that_dags_beside_the_file_does_not_have_stop_pip(run, tmp_path):
    (tmp_path / "dags").mkdir()
    status, out, _ = run(b"-c /usr/local/airflow/dags/c.txt\npandas\n", "--offline", "--format", "json")
    assert (status, json.loads(out)["problems"][0]["class"]) == (1, "constraint-unreachable")


def test_a_near_version_is_judged_by_the_nearest_image_and_that_is_said(run, index):
    _, out, _ = run(b"pandas\n", "--format", "json", "--index", index, airflow="2.10.5")
    answer = json.loads(out)
    assert (answer["airflow"], answer["proof"]["level"]) == ("2.10.5", "CHECKED")
    assert "2.10.3" in answer["not_checked"][0]
