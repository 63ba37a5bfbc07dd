"""What a source distribution tells without being run: its metadata, and whether the MWAA images can build it.

Nothing of it is ever executed: the archive is read in memory, bounded, and its setup.py only parsed.
"""

from __future__ import annotations

import io
import lzma
import re
import tarfile
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from packaging.version import Version

from responder.knowledge.images import Stub
from responder.requirements.builds import HOPELESS, REPAIRED_IN
from responder.requirements.core_metadata import headers
from responder.requirements.setup_code import Start, broken_setup
from responder.requirements.spelling import parsed

# What Python raises of an archive, and of each member when that is read, that is cut off, damaged, encrypted or of a newer format
DAMAGED = (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError)
MOST_MEMBERS = 20_000
MOST_TEXT = 400_000  # bytes of one member that is read
COMPILED = (".c", ".cc", ".cpp", ".cxx", ".pyx", ".f90", ".cu")
# pip builds a package without pyproject.toml with setuptools alone: https://pip.pypa.io/en/stable/reference/build-system/
DEFAULT_BUILD = ("setuptools", "wheel")
WITHOUT_DISTUTILS = (3, 12)
# The first setuptools without pkgutil.ImpImporter: https://setuptools.pypa.io/en/latest/history.html
RUNS_ON_312 = Version("66.1")
BELOW = frozenset({"==", "<", "<=", "~="})
SECTION = re.compile(r"^\[(?P<extra>[^:\]\n]{0,100})(?::(?P<marker>[^\]\n]{1,300}))?\]$")


@dataclass(frozen=True, slots=True)
class Source:
    """A release as source."""

    stub: Stub
    compiled: bool  # has code in C or the like: needs a compiler on the image, which has one
    broken: str | None  # why it certainly does not build on the images, None where nothing says so


def read_source(name: str, version: str, data: bytes, python: tuple[int, ...]) -> Source:
    """Reads an archive (.tar.gz or .zip). Raises ValueError where it is none."""
    try:
        names, text = _opened(data)
        stub = _stub(name, version, names, text)
        broken = _known(name, version) or _broken(names, text, python)
    except DAMAGED as error:
        raise ValueError(f"{name} {version}: the source archive cannot be read") from error
    return Source(stub, any(each.endswith(COMPILED) for each in names), broken)


def _opened(data: bytes) -> tuple[list[str], Callable[[str], str]]:
    if data[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(data))
        sizes = {each.filename: each.file_size for each in archive.infolist()[:MOST_MEMBERS]}
        return list(sizes), lambda member: _text(archive.open(member).read(MOST_TEXT))
    tar = tarfile.open(fileobj=io.BytesIO(data), mode="r:*")  # noqa: SIM115 - lives as long as the returned reader
    members = dict(_members(tar))
    return list(members), lambda member: _text(_content(tar, members[member]))


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, tarfile.TarInfo]]:
    """Those that are there: of a large archive only its start was fetched."""
    for _ in range(MOST_MEMBERS):
        try:
            member = tar.next()
        except DAMAGED:
            return
        if member is None:
            return
        if member.isfile():
            yield member.name, member


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    try:
        opened = tar.extractfile(member)
        return opened.read(MOST_TEXT) if opened else b""
    except DAMAGED:
        return b""  # the archive's end was not fetched, or is damaged


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _top(names: list[str], file: str) -> str | None:
    """The member of that name in the archive's one folder."""
    return next((each for each in names if each.count("/") == 1 and each.endswith(f"/{file}")), None)


def _stub(name: str, version: str, names: list[str], text: Callable[[str], str]) -> Stub:
    info = _top(names, "PKG-INFO") or next((each for each in names if each.endswith(".egg-info/PKG-INFO")), None)
    if info is None:
        raise ValueError(f"{name} {version}: the source archive shows no metadata")
    told = headers(text(info))
    requires = [value for key, value in told if key == "Requires-Dist"]
    listed = next((each for each in names if each.endswith(".egg-info/requires.txt")), None)
    if not requires and listed:
        requires = list(_from_egg(text(listed)))
    python = next((value for key, value in told if key == "Requires-Python"), None)
    extras = {value for key, value in told if key == "Provides-Extra"}
    extras |= {
        match["extra"] for line in (text(listed).splitlines() if listed else ()) if (match := SECTION.match(line))
    }
    return Stub(name, version, tuple(requires), python, tuple(sorted(extras - {""})))


def _from_egg(text: str) -> Iterator[str]:
    """The old form: sections for extras and markers."""
    extra, marker = "", ""
    for line in (each.strip() for each in text.splitlines()):
        if match := SECTION.match(line):
            extra, marker = match["extra"], match["marker"] or ""
        elif line and not line.startswith("#"):
            conditions = [f"({marker})"] if marker else []
            conditions += [f'extra == "{extra}"'] if extra else []
            yield f"{line} ; {' and '.join(conditions)}" if conditions else line


def _known(name: str, version: str) -> str | None:
    """What is known of a distribution by its name. Raises ValueError where the version is none."""
    first, why = REPAIRED_IN.get(name, ("0", None))
    return HOPELESS.get(name) or (why if Version(version) < Version(first) else None)


def _broken(names: list[str], text: Callable[[str], str], python: tuple[int, ...]) -> str | None:
    build = _build_requires(names, text)
    if python >= WITHOUT_DISTUTILS and any(map(_too_old_for_it, build)):
        return f"its sources ask for a setuptools that does not run on Python {'.'.join(map(str, python))}"
    if _top(names, "Cargo.toml") or any("maturin" in each or "setuptools-rust" in each for each in build):
        return "its sources need a Rust compiler, which no MWAA image has"
    if _top(names, "CMakeLists.txt") and not any("cmake" in each or "scikit-build" in each for each in build):
        return "its sources need CMake, which no MWAA image has"
    setup = _top(names, "setup.py")
    return broken_setup(names, text, setup, Start(build, python)) if setup else None


def _build_requires(names: list[str], text: Callable[[str], str]) -> tuple[str, ...]:
    project = _top(names, "pyproject.toml")
    if project is None:
        return DEFAULT_BUILD
    try:
        system = tomllib.loads(text(project)).get("build-system", {})
    except tomllib.TOMLDecodeError:
        return DEFAULT_BUILD
    return tuple(str(each).lower() for each in system.get("requires", DEFAULT_BUILD))


def _too_old_for_it(build: str) -> bool:
    """Whether a requirement of the build lets in no setuptools that runs without distutils."""
    asked = parsed(build)
    if (
        asked is None
        or asked.name != "setuptools"
        or (asked.marker and not asked.marker.evaluate({"python_version": "3.12"}))
    ):
        return False
    return any(
        each.operator in BELOW and Version(each.version.removesuffix(".*")) < RUNS_ON_312 for each in asked.specifier
    )
