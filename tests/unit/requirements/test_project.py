import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version
from responder.requirements.project import Project, Target, from_html, from_json, open_advisories

PY311, PY312 = Target("3.11.9"), Target("3.12.10")
WHEELS = {
    "pure": ("acme-1.0-py3-none-any.whl", True, True),
    "of Python 3.11": ("acme-1.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", True, False),
    "stable ABI": ("acme-1.0-cp38-abi3-manylinux_2_28_x86_64.whl", True, True),
    "the images' own glibc": ("acme-1.0-cp312-cp312-manylinux_2_34_x86_64.whl", False, True),
    "a newer glibc": ("acme-1.0-cp312-cp312-manylinux_2_35_x86_64.whl", False, False),
    "another machine": ("acme-1.0-cp311-cp311-manylinux_2_17_aarch64.whl", False, False),
    "Windows": ("acme-1.0-cp311-cp311-win_amd64.whl", False, False),
    "a Mac": ("acme-1.0-cp311-cp311-macosx_11_0_arm64.whl", False, False),
    "musl": ("acme-1.0-cp311-cp311-musllinux_1_2_x86_64.whl", False, False),
    "Python 2": ("acme-1.0-py2-none-any.whl", False, False),
    "no wheel's name": ("acme.whl", False, False),
}


@pytest.mark.parametrize("case", WHEELS.values(), ids=WHEELS)
def test_which_wheels_fit_the_images(case):
    filename, on_311, on_312 = case
    assert (PY311.takes_wheel(filename), PY312.takes_wheel(filename)) == (on_311, on_312)


PYTHONS = [
    (None, True),
    (">=3.8", True),
    (">=3.12", False),
    ("<3.12,>=3.8", True),
    ("~=3.8", True),
    ("<3.11", False),
    ("!=3.11.9", False),
    ("nonsense", True),
]


@pytest.mark.parametrize(("requires", "taken"), PYTHONS)
def test_which_pythons_are_let_in(requires, taken):
    assert PY311.takes_python(requires) is taken


def page(*files):
    return json.dumps({"files": [{"filename": name, "url": name} | more for name, more in files]}).encode()


def test_file_names_of_all_times_are_read():
    project = from_json(
        "Some.Name",
        page(
            ("some_name-1.0-py3-none-any.whl", {}),
            ("some-name-0.9.tar.gz", {}),
            ("Some.Name-0.8.zip", {}),
            ("Some.Name-0.7.linux-x86_64.exe", {}),
            ("x", {}),
        ),
    )
    assert project.name == "some-name"
    assert [str(each) for each in project.versions()] == ["1.0", "0.9", "0.8"]


def test_yanked_has_three_forms():
    project = from_json(
        "a",
        page(
            ("a-1.0.tar.gz", {"yanked": "broken"}),
            ("a-1.1.tar.gz", {"yanked": True}),
            ("a-1.2.tar.gz", {"yanked": False}),
        ),
    )
    assert [each.yanked for each in project.files] == ["broken", "", None]


def test_what_is_no_page_is_refused():
    for body in (b"", b"[]", b"{}", b"<html>", b'{"files": 3}'):
        with pytest.raises(ValueError):  # noqa: PT011 - any kind of it
            from_json("a", body)


def test_links_of_an_html_page():
    body = b'<a href="../../a-1.0.tar.gz#sha256=1" data-requires-python="&gt;=3.8">a-1.0.tar.gz</a><a href="/login">log in</a><a href="a-1.0%2Blocal-py3-none-any.whl?x=1" data-yanked>w</a>'
    one, two = from_html("a", body).files
    assert (one.version, one.requires_python, one.yanked, one.wheel) == (Version("1.0"), ">=3.8", None, False)
    assert (two.version, two.yanked, two.wheel) == (Version("1.0+local"), "", True)


def test_only_open_advisories_count():
    body = json.dumps(
        {
            "vulnerabilities": [
                {"id": "PYSEC-1", "withdrawn": None},
                {"id": "PYSEC-2", "withdrawn": "2024-01-01T00:00:00Z"},
            ]
        }
    ).encode()
    assert open_advisories(body) == ("PYSEC-1",)
    assert open_advisories(b"nonsense") == open_advisories(b"{}") == open_advisories(b"[]") == ()


@given(st.binary(max_size=300))
def test_no_page_of_a_stranger_stumbles(body):
    assert isinstance(from_html("a", body), Project)
    assert isinstance(open_advisories(body), tuple)
    with suppress(ValueError):
        assert isinstance(from_json("a", body), Project)
