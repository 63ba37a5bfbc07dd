import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version
from responder.inquiry.question import CouldNot
from responder.requirements.project import Distributed
from responder.requirements.sources import Index
from responder.requirements.wheel_metadata import AT_ONCE, requires

METADATA = (
    "Metadata-Version: 2.1\nName: acme\nRequires-Dist: leaf (>=1)\nRequires-Dist: more>dev\n\nRequires-Dist: not-this\n"
)
TOLD = ("leaf (>=1)", "more>dev")
LARGE = random.Random(7).randbytes(5 * AT_ONCE)
DISTRIBUTED = Distributed("acme-1.0-py3-none-any.whl", Version("1.0"), "acme-1.0-py3-none-any.whl", wheel=True)


def wheel(*members, packed=zipfile.ZIP_STORED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", packed) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


STATED = ("acme-1.0.dist-info/METADATA", METADATA)
CODE = ("acme/data.bin", LARGE)
MORE = ("acme/more.bin", LARGE)
MANY = [(f"acme/data/{number}.json", "{}") for number in range(2_000)]


def requirements_of(data, fetched=None):
    """What a wheel of these bytes on the index states; `fetched`: what was asked for."""
    parts = [] if fetched is None else fetched

    def content(_name, _file, part):
        parts.append(part)
        return data[part]

    index = Index(lambda _name: None, lambda _name, _file: len(data), content, lambda _name, _version: ())
    return requires(index, "acme", DISTRIBUTED)


@pytest.mark.parametrize(
    "members",
    [[STATED], [CODE, STATED], [STATED, CODE], [CODE, STATED, MORE], [*MANY, CODE, STATED], [STATED, CODE, *MANY]],
    ids=["small", "last", "first", "between", "last of many", "first of many"],
)
@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_requirements_are_read_wherever_the_metadata_stands(members, packed):
    fetched = []
    data = wheel(*members, packed=packed)
    assert requirements_of(data, fetched) == TOLD
    assert sum(part.stop - part.start for part in fetched) <= len(data) / 2 + 4 * AT_ONCE


def test_the_metadata_of_a_copied_distribution_is_not_the_wheels_own():
    copied = ("acme/_vendor/other-2.0.dist-info/METADATA", "Metadata-Version: 2.1\nRequires-Dist: other-needs\n\n")
    assert requirements_of(wheel(copied, STATED)) == TOLD


def test_lines_that_end_as_on_windows_end_the_head_too():
    assert requirements_of(wheel((STATED[0], METADATA.replace("\n", "\r\n")))) == TOLD


def test_the_end_of_most_wheels_is_enough():
    fetched = []
    requirements_of(wheel(CODE, STATED), fetched)
    assert len(fetched) == 1


@pytest.mark.parametrize("data", [b"", b"no wheel", wheel(CODE), wheel(STATED)[:-30]])
def test_a_wheel_that_tells_nothing_is_no_wheel_without_requirements(data):
    with pytest.raises(CouldNot, match=r"acme-1\.0"):
        requirements_of(data)


def test_a_member_that_unpacks_without_end_is_read_to_a_bound():
    endless = ("acme-1.0.dist-info/METADATA", METADATA + "x" * 50_000_000)
    assert requirements_of(wheel(endless, packed=zipfile.ZIP_DEFLATED)) == TOLD


def told(data):
    try:
        return requirements_of(data)
    except CouldNot:
        return None


@given(st.binary(max_size=200))
def test_a_broken_wheel_tells_nothing(data):
    assert told(data) is None
    assert told(wheel(STATED)[:-20] + data) in (None, TOLD)


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_wheel_tells_them_or_nothing(packed):
    whole = wheel(STATED, packed=packed)
    damaged = (whole[:at] + bytes([each ^ 0xFF]) + whole[at + 1 :] for at, each in enumerate(whole))
    assert {told(each) for each in damaged} == {None, TOLD}
