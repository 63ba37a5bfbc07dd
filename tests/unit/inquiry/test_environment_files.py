import io
import random
import zipfile

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.response import StreamingBody
from responder.inquiry.ask import Deadline
from responder.inquiry.environment import EnvironmentFacts
from responder.inquiry.environment_files import DeployedInquirer, EnvironmentFiles, OwnCodeInquirer
from responder.inquiry.question import CouldNot
from responder.model import Failure, Kind, Place
from responder.requirements.asked import DeployedRequirements, OwnCode

FAILURE = Failure(Kind.REQUIREMENTS, Place("analytics"), ())
TIME = Deadline(60, clock=lambda: 0.0)


class Environments:
    """MWAA's answer."""

    def __init__(self, **facts):
        given = {
            "source_bucket": "acme-dags",
            "dag_s3_path": "dags",
            "requirements_s3_path": "requirements.txt",
            "requirements_s3_version": "v7",
        }
        self.facts = EnvironmentFacts("analytics", "arn", "AVAILABLE", **(given | facts))

    def answer(self, _question, _failure, _budget):
        return self.facts


class Bucket:
    """S3 with versions: key -> [(version, content)], the latest last."""

    def __init__(self, objects, keys=()):
        self.objects = objects
        self.keys = keys

    def get_object(self, Bucket, Key, VersionId=None, Range=None):  # noqa: N803 - boto3's names
        versions = self.objects.get(Key, [])
        found = [each for each in versions if VersionId in (None, each[0])]
        if not found:
            raise ClientError({"Error": {"Code": "NoSuchKey"}}, "GetObject")
        version, content = found[-1]
        if Range and not content:
            raise ClientError({"Error": {"Code": "InvalidRange"}}, "GetObject")
        part = content[-int(Range[7:]) :] if Range and Range.startswith("bytes=-") else content
        return {"Body": StreamingBody(io.BytesIO(part), len(part)), "VersionId": version}

    def list_objects_v2(self, Bucket, Prefix, **_more):  # noqa: N803 - boto3's names
        return {"Contents": [{"Key": key} for key in self.keys if key.startswith(Prefix)], "IsTruncated": False}


def files(objects, keys=(), **facts):
    return EnvironmentFiles(lambda: Bucket(objects, keys), Environments(**facts))


def deployed(objects, **facts):
    return DeployedInquirer(files(objects, **facts)).answer(DeployedRequirements(), FAILURE, TIME)


def test_the_selected_version_is_read_and_a_newer_one_is_told():
    found = deployed({"requirements.txt": [("v7", b"pandas\n"), ("v8", b"pandas\npolars\n")]})
    assert (found.key, found.version, found.text, found.newer_text) == (
        "requirements.txt",
        "v7",
        "pandas\n",
        "pandas\npolars\n",
    )


def test_the_latest_version_has_no_newer_one():
    assert deployed({"requirements.txt": [("v6", b"x\n"), ("v7", b"pandas\n")]}).newer is None


def test_a_newer_version_with_the_same_content_is_none():
    assert deployed({"requirements.txt": [("v7", b"pandas\n"), ("v8", b"pandas\n")]}).newer is None


def test_an_environment_without_the_file():
    assert deployed({}, requirements_s3_path=None) is None


def test_an_empty_file_is_a_file():
    assert deployed({"requirements.txt": [("v7", b"")]}).text == ""


def test_a_file_that_is_not_there_gives_a_reason():
    with pytest.raises(CouldNot, match=r"requirements\.txt in acme-dags does not exist"):
        deployed({})


def packed(*names, size=0):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, random.Random(7).randbytes(size))
    return data.getvalue()


def own(objects, keys, **facts):
    return OwnCodeInquirer(files(objects, keys, **facts)).answer(OwnCode(), FAILURE, TIME)


def test_modules_of_dags_and_plugins_are_named():
    keys = [
        "dags/load.py",
        "dags/include/sql.py",
        "dags/lib/deep/x.py",
        "dags/readme.md",
        "dags/.airflowignore",
        "other/y.py",
    ]
    archive = packed("acme_plugin/__init__.py", "hooks.py", "acme_tools-1.0-py3-none-any.whl", "data.csv")
    found = own({"plugins.zip": [("v1", archive)]}, keys, plugins_s3_path="plugins.zip", plugins_s3_version="v1")
    assert found.in_dags == {"load", "include", "lib"}
    assert found.in_plugins == {"acme_plugin", "hooks"}
    assert "lib/deep" in found.deeper
    assert found.wheels == {"acme_tools-1.0-py3-none-any.whl"}


def test_the_names_of_a_large_plugins_zip_are_read_from_its_end():
    archive = packed("first.py", "second.py", size=3_000_000)
    found = own({"plugins.zip": [("v1", archive)]}, [], plugins_s3_path="plugins.zip", plugins_s3_version="v1")
    assert len(archive) > 4_000_000
    assert found.in_plugins == {"first", "second"}


def test_plugins_that_are_no_zip_give_a_reason():
    with pytest.raises(CouldNot, match="no zip file"):
        own({"plugins.zip": [("v1", b"hello")]}, [], plugins_s3_path="plugins.zip")


def test_a_path_that_climbs_out_of_dags_is_not_read():
    with pytest.raises(CouldNot):
        files({"secret.txt": [("v1", b"x")]}).below_dags(Environments().facts, "../secret.txt", TIME)


def test_a_constraints_file_in_dags_is_read():
    bucket = files({"dags/c.txt": [("v1", b"pandas==1\n")]}, ["dags/c.txt", "dags/c.txt.old"])
    assert bucket.below_dags(Environments().facts, "c.txt", TIME) == "pandas==1\n"


def test_a_file_that_the_dags_folder_does_not_have():
    assert files({}, ["dags/c.txt.old"]).below_dags(Environments().facts, "c.txt", TIME) is None


def test_without_time_nothing_is_asked():
    over = Deadline(0, clock=lambda: 1.0)
    with pytest.raises(CouldNot, match="time"):
        DeployedInquirer(files({"requirements.txt": [("v7", b"x")]})).answer(DeployedRequirements(), FAILURE, over)


def test_the_fake_has_the_shape_of_the_real_client():
    """Its two calls exist with these arguments in boto3's S3 client."""
    model = boto3.client("s3", region_name="eu-west-1").meta.service_model
    assert {"Bucket", "Key", "VersionId", "Range"} <= set(model.operation_model("GetObject").input_shape.members)
    assert {"Bucket", "Prefix", "ContinuationToken"} <= set(model.operation_model("ListObjectsV2").input_shape.members)
