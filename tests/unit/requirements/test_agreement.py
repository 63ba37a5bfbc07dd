import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.requirements.agreement import requires_of


def wheel(metadata, fill=b"", packed=zipfile.ZIP_STORED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", packed) as archive:
        archive.writestr("acme/data.bin", fill)
        archive.writestr("acme-1.0.dist-info/METADATA", metadata)
        archive.writestr("acme-1.0.dist-info/WHEEL", "")
    return data.getvalue()


METADATA = (
    "Metadata-Version: 2.1\nName: acme\nRequires-Dist: leaf (>=1)\nRequires-Dist: more>dev\n\nRequires-Dist: not-this\n"
)


def test_the_requirements_stand_in_a_wheels_metadata():
    assert requires_of(wheel(METADATA)) == ("leaf (>=1)", "more>dev")


def test_the_end_of_a_wheel_is_enough():
    data = wheel(METADATA, bytes(200_000))
    assert requires_of(data[-65_536:]) == ("leaf (>=1)", "more>dev")


@given(st.binary(max_size=200))
def test_a_broken_wheel_has_none(data):
    assert requires_of(data) == ()
    assert requires_of(wheel(METADATA)[:-20] + data) in ((), ("leaf (>=1)", "more>dev"))


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_wheel_has_them_or_none(packed):
    whole = wheel(METADATA, packed=packed)
    damaged = (whole[:at] + bytes([each ^ 0xFF]) + whole[at + 1 :] for at, each in enumerate(whole))
    assert {requires_of(each) for each in damaged} == {(), ("leaf (>=1)", "more>dev")}
