from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber
from responder.inquiry.ask import Deadline
from responder.inquiry.dag_source import MOST_BYTES, MOST_DIFF_LINES, DagSourceInquirer, SourceAround
from responder.inquiry.environment import EnvironmentInquirer
from responder.inquiry.question import CouldNot
from responder.model import Failure, Kind, Place

TIME = Deadline(60, clock=lambda: 0.0)
THEN = datetime(2026, 11, 22, 10, tzinfo=UTC)
FAILURE = Failure(Kind.TASK, Place("analytics"), (), seen_at=int(THEN.timestamp() * 1000))
QUESTION = SourceAround("/usr/local/airflow/dags/sales/load.py", 2)
KEY = "dags/sales/load.py"
OLD = "import a\nx = 1\n"
NEW = "import a\n    x = 1 / 0\nlast = 3\n"


def version(name: str, hours: float, key: str = KEY) -> dict[str, Any]:
    return {"Key": key, "VersionId": name, "LastModified": THEN + timedelta(hours=hours)}


@contextmanager
def bucket(versions: list[dict[str, Any]], *reads: tuple[str | None, bytes | str]) -> Iterator[DagSourceInquirer]:
    """Each read is the version that must be asked for, and its content or an error code."""
    access = {"region_name": "eu-west-1", "aws_access_key_id": "x", "aws_secret_access_key": "x"}
    s3, mwaa = boto3.client("s3", **access), boto3.client("mwaa", **access)
    with Stubber(s3) as stub, Stubber(mwaa) as mwaa_stub:
        environment = {"Name": "analytics", "SourceBucketArn": "arn:aws:s3:::acme-dags", "DagS3Path": "dags"}
        mwaa_stub.add_response("get_environment", {"Environment": environment})
        stub.add_response(
            "list_object_versions", {"Versions": versions}, {"Bucket": "acme-dags", "Prefix": KEY, "MaxKeys": 50}
        )
        for name, content in reads:
            which = {"VersionId": name} if name else {}
            asked = {"Bucket": "acme-dags", "Key": KEY, "Range": f"bytes=0-{MOST_BYTES}"} | which
            if isinstance(content, str):
                stub.add_client_error("get_object", content, expected_params=asked)
            else:
                stub.add_response("get_object", {"Body": StreamingBody(BytesIO(content), len(content))}, asked)
        yield DagSourceInquirer(lambda: s3, EnvironmentInquirer(lambda: mwaa))


def test_the_line_is_read_from_the_version_that_was_current_with_what_changed_last() -> None:
    versions = [version("v3", 1), version("v2", -1), version("v1", -5)]
    with bucket(versions, ("v2", NEW.encode()), ("v1", OLD.encode())) as inquirer:
        found = inquirer.answer(QUESTION, FAILURE, TIME)
    assert (found.bucket, found.key, found.version, found.text) == ("acme-dags", KEY, "v2", "x = 1 / 0")
    assert found.around == ("1: import a", "2:     x = 1 / 0", "3: last = 3")
    assert found.diff[:2] == ("--- 2026-11-22 05:00 UTC", "+++ 2026-11-22 09:00 UTC")
    assert {"-x = 1", "+    x = 1 / 0"} <= set(found.diff)
    assert found.diff_note is None


def test_a_file_of_which_there_is_one_version_has_no_diff_and_says_so() -> None:
    with bucket([version("v1", -5)], ("v1", NEW.encode())) as inquirer:
        found = inquirer.answer(QUESTION, FAILURE, TIME)
    assert (found.diff, found.diff_note) == ((), "the bucket holds no earlier version of the file")


def test_a_bucket_that_kept_no_versions_is_read_as_it_is() -> None:
    with bucket([version("null", -5)], (None, NEW.encode())) as inquirer:
        assert inquirer.answer(QUESTION, FAILURE, TIME).version is None


def test_an_older_version_that_cannot_be_read_costs_only_the_diff() -> None:
    with bucket([version("v2", -1), version("v1", -5)], ("v2", NEW.encode()), ("v1", "AccessDenied")) as inquirer:
        found = inquirer.answer(QUESTION, FAILURE, TIME)
    assert found.text == "x = 1 / 0"
    assert "may not call s3:GetObjectVersion" in (found.diff_note or "")


def test_a_long_diff_is_cut_and_says_so() -> None:
    old, new = ("\n".join(f"{word} {number}" for number in range(90)).encode() for word in ("a", "b"))
    with bucket([version("v2", -1), version("v1", -5)], ("v2", new), ("v1", old)) as inquirer:
        found = inquirer.answer(QUESTION, FAILURE, TIME)
    assert len(found.diff) == MOST_DIFF_LINES
    assert "further lines" in (found.diff_note or "")


def test_no_secret_of_the_file_is_shown() -> None:
    source = b'import a\nclient(password="hunter2-Zq81xLw0")\n'
    with bucket([version("v1", -5)], ("v1", source)) as inquirer:
        found = inquirer.answer(QUESTION, FAILURE, TIME)
    assert "hunter2-Zq81xLw0" not in repr(found)


@pytest.mark.parametrize(
    ("versions", "reads", "reason"),
    [
        pytest.param([], [], "is not in the bucket", id="no such file"),
        pytest.param([version("v", -1, KEY + "c")], [], "is not in the bucket", id="only a longer name"),
        pytest.param([version("v", -1)], [("v", "NoSuchVersion")], "does not exist", id="a version that went"),
        pytest.param([version("v", -1)], [("v", b"one")], "line 2 is not in", id="a shorter file"),
        pytest.param([version("v", -1)], [("v", b"x" * (MOST_BYTES + 1))], "larger than", id="a huge file"),
    ],
)
def test_says_why_there_is_no_line(versions: Any, reads: Any, reason: str) -> None:
    with bucket(versions, *reads) as inquirer, pytest.raises(CouldNot, match=reason):
        inquirer.answer(QUESTION, FAILURE, TIME)


@pytest.mark.parametrize(
    "file",
    [
        "/usr/lib/python3.11/x.py",
        "/usr/local/airflow/dags/../x.py",
        "/usr/local/airflow/dags/a\nb.py",
        "x.py",
        "/usr/local/airflow/dags/",
    ],
)
def test_only_files_of_the_dag_folder_are_looked_for(file: str) -> None:
    inquirer = DagSourceInquirer(
        lambda: pytest.fail("S3 is not asked"), EnvironmentInquirer(lambda: pytest.fail("nor MWAA"))
    )
    with pytest.raises(CouldNot, match="not one of the DAG folder"):
        inquirer.answer(SourceAround(file, 1), FAILURE, TIME)
