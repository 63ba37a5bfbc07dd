import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version
from responder.inquiry.question import CouldNot
from responder.requirements.agreement import TAILS, requires, requires_of
from responder.requirements.project import Distributed
from responder.requirements.sources import Index


def wheel(metadata, fill=b"", packed=zipfile.ZIP_STORED, files=0):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", packed) as archive:
        for number in range(files):
            archive.writestr(f"acme/data/{number}.json", "{}")
        archive.writestr("acme/data.bin", fill)
        archive.writestr("acme-1.0.dist-info/METADATA", metadata)
        archive.writestr("acme-1.0.dist-info/WHEEL", "")
    return data.getvalue()


METADATA = (
    "Metadata-Version: 2.1\nName: acme\nRequires-Dist: leaf (>=1)\nRequires-Dist: more>dev\n\nRequires-Dist: not-this\n"
)

DISTRIBUTED = Distributed("acme-1.0-py3-none-any.whl", Version("1.0"), "acme-1.0-py3-none-any.whl", wheel=True)


def test_the_requirements_stand_in_a_wheels_metadata():
    assert requires_of(wheel(METADATA)) == ("leaf (>=1)", "more>dev")


def test_the_end_of_a_wheel_is_enough():
    data = wheel(METADATA, bytes(200_000))
    assert requires_of(data[-65_536:]) == ("leaf (>=1)", "more>dev")


def on_the_index(data):
    """The requirements of a wheel of these bytes."""
    index = Index(lambda _name: None, lambda _name, _file, most: data[most:], lambda _name, _version: ())
    return requires(index, "acme", DISTRIBUTED)


def test_a_wheel_with_a_long_list_of_files_is_looked_at_further():
    data = wheel(METADATA, files=2_000)
    assert requires_of(data[-TAILS[0] :]) is None
    assert on_the_index(data) == ("leaf (>=1)", "more>dev")


def test_a_wheel_that_tells_nothing_is_no_wheel_without_requirements():
    with pytest.raises(CouldNot, match=r"acme-1\.0"):
        on_the_index(b"no wheel")


@given(st.binary(max_size=200))
def test_a_broken_wheel_tells_nothing(data):
    assert requires_of(data) is None
    assert requires_of(wheel(METADATA)[:-20] + data) in (None, ("leaf (>=1)", "more>dev"))


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_wheel_tells_them_or_nothing(packed):
    whole = wheel(METADATA, packed=packed)
    damaged = (whole[:at] + bytes([each ^ 0xFF]) + whole[at + 1 :] for at, each in enumerate(whole))
    assert {requires_of(each) for each in damaged} == {None, ("leaf (>=1)", "more>dev")}
