import contextlib
import io
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.requirements.sdist import read_source

INFO = "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\nRequires-Python: >=3.8\nProvides-Extra: x\nRequires-Dist: leaf>=1\nRequires-Dist: more; extra == 'x'\n\nRequires-Dist: not-this\n"


def tar(members, fill=0):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, text in members.items():
            member = tarfile.TarInfo(f"acme-1.0/{name}")
            content = text.encode() + bytes(fill)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return data.getvalue()


def source(members, python=(3, 11)):
    return read_source("acme", "1.0", tar({"PKG-INFO": INFO} | members), python)


def test_requirements_are_read_from_the_metadata():
    stub = source({}).stub
    assert (stub.requires, stub.requires_python, stub.extras) == (("leaf>=1", "more; extra == 'x'"), ">=3.8", ("x",))


def test_requirements_of_old_archives_stand_in_a_file_of_their_own():
    info = "Metadata-Version: 1.1\nName: acme\nVersion: 1.0\n"
    listed = "leaf>=1\n\n[x]\nmore\n\n[:python_version < '3']\nold\n\n[y:sys_platform == 'win32']\nwin\n"
    stub = source({"PKG-INFO": info, "acme.egg-info/requires.txt": listed}).stub
    assert stub.requires == (
        "leaf>=1",
        'more ; extra == "x"',
        "old ; (python_version < '3')",
        "win ; (sys_platform == 'win32') and extra == \"y\"",
    )
    assert stub.extras == ("x", "y")


def test_a_zip_is_read_as_well():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("acme-1.0/PKG-INFO", INFO)
    assert read_source("acme", "1.0", data.getvalue(), (3, 11)).stub.requires_python == ">=3.8"


def test_the_start_of_a_large_archive_is_enough():
    whole = tar({"PKG-INFO": INFO, **{f"data{n}": "x" for n in range(50)}}, fill=20_000)
    assert read_source("acme", "1.0", whole[: len(whole) // 2], (3, 11)).stub.requires_python == ">=3.8"


COMPILED = {"C": ("src/x.c", True), "Cython": ("acme/x.pyx", True), "Python": ("acme/x.py", False)}


@pytest.mark.parametrize("case", COMPILED.values(), ids=COMPILED)
def test_what_has_to_be_compiled(case):
    assert source({case[0]: ""}).compiled is case[1]


BUILDS = {
    "a plain setup.py": {"setup.py": "from setuptools import setup\nsetup()\n"},
    "numpy, listed": {"setup.py": "import numpy\n", "pyproject.toml": '[build-system]\nrequires = ["setuptools", "numpy"]\n'},
    "numpy, only if it is there": {"setup.py": "try:\n    import numpy\nexcept ImportError:\n    pass\n"},
    "CMake from its own wheel": {"CMakeLists.txt": "", "pyproject.toml": '[build-system]\nrequires = ["scikit-build-core"]\n'},
    "an old setuptools": {"setup.py": "import pkg_resources\n", "pyproject.toml": '[build-system]\nrequires = ["setuptools<81"]\n'},
    "its own package": {"setup.py": "import acme\n", "acme/__init__.py": "import json\nfrom . import parts\n", "acme/parts.py": "", "acme/json.py": ""},
    "its own package, which lies beside what it imports": {"setup.py": "import acme\n", "acme/__init__.py": "import parts\n", "acme/parts.py": "", "parts.py": ""},
    "a broken pyproject.toml": {"pyproject.toml": "["},
}  # fmt: skip


@pytest.mark.parametrize("members", BUILDS.values(), ids=BUILDS)
def test_nothing_says_that_these_do_not_build(members):
    assert source(members).broken is None


BREAKS = {
    "Rust": ({"Cargo.toml": ""}, "Rust"),
    "maturin": ({"pyproject.toml": '[build-system]\nrequires = ["maturin"]\n'}, "Rust"),
    "CMake": ({"CMakeLists.txt": ""}, "CMake"),
    "Python 2": ({"setup.py": "print 'x'\n"}, "Python 3"),
    "Python 2, in what it imports": ({"setup.py": "import acme\n", "acme/__init__.py": "print 'x'\n"}, "Python 2"),
    "imports as in Python 2": (
        {"setup.py": "import acme\n", "acme/__init__.py": "import parts\n", "acme/parts.py": ""},
        "Python 2",
    ),
    "pkg_resources": ({"setup.py": "from pkg_resources import parse_version\n"}, "pkg_resources"),
    "Cython, unlisted": ({"setup.py": "from Cython.Build import cythonize\n"}, "Cython"),
}


@pytest.mark.parametrize("case", BREAKS.values(), ids=BREAKS)
def test_these_certainly_do_not_build(case):
    members, words = case
    assert words in source(members).broken


def test_a_module_that_only_newer_pythons_lack():
    assert source({"setup.py": "import imp\n"}, (3, 11)).broken is None
    assert "imp" in source({"setup.py": "import imp\n"}, (3, 12)).broken


OLD_TOOLS = ["setuptools==59.2.0", "setuptools<60", 'setuptools~=65.1; python_version >= "3.8"']
TODAYS_TOOLS = [
    "setuptools",
    "setuptools>=40,<81",
    "setuptools!=60.0",
    'setuptools<60; python_version < "3.12"',
    "wheel<0.30",
    "?",
]


@pytest.mark.parametrize("tool", OLD_TOOLS)
def test_a_setuptools_that_needs_distutils_does_not_run_on_python_3_12(tool):
    members = {"pyproject.toml": f"[build-system]\nrequires = ['{tool}']\n"}
    assert "setuptools" in source(members, (3, 12)).broken
    assert source(members, (3, 11)).broken is None


@pytest.mark.parametrize("tool", TODAYS_TOOLS)
def test_other_tools_run_on_python_3_12(tool):
    assert source({"pyproject.toml": f"[build-system]\nrequires = ['{tool}']\n"}, (3, 12)).broken is None


def test_a_limit_of_its_own_stops_a_setup_py_on_later_pythons():
    members = {"setup.py": 'min_python_version = "3.7"\nmax_python_version = "3.11"  # exclusive\n'}
    assert source(members, (3, 10)).broken is None
    assert "3.11 and later" in source(members, (3, 11)).broken
    assert source({"setup.py": "max_python_version = None\nmax_python = 'none'\n"}).broken is None


@pytest.mark.parametrize(("version", "builds"), [("5.4.1", False), ("6.0", False), ("6.0.1", True)])
def test_a_release_that_was_repaired_builds(version, builds):
    assert (read_source("pyyaml", version, tar({"PKG-INFO": INFO}), (3, 11)).broken is None) is builds


def test_nothing_of_it_is_run():
    """A setup.py that would end the process is only parsed."""
    assert source({"setup.py": "import os\nos._exit(1)\n"}).broken is None


@given(st.binary(max_size=400))
def test_a_broken_archive_is_a_plain_error(data):
    for start in (b"", b"PK\x03\x04", b"\x1f\x8b"):
        with pytest.raises(ValueError):  # noqa: PT011 - any kind of it
            read_source("acme", "1.0", start + data, (3, 11))


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_archive_is_read_or_a_plain_error(packed):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", packed) as archive:
        archive.writestr("acme-1.0/PKG-INFO", INFO)
        archive.writestr("acme-1.0/setup.py", "import os\n")
    for at, each in enumerate(data.getvalue()):
        with contextlib.suppress(ValueError):
            damaged = data.getvalue()[:at] + bytes([each ^ 0xFF]) + data.getvalue()[at + 1 :]
            assert read_source("acme", "1.0", damaged, (3, 11)).stub.name == "acme"
