"""What an index says of one distribution: its releases, their files, and which of them fit an environment.

Simple API in JSON (https://peps.python.org/pep-0691/) and HTML (https://peps.python.org/pep-0503/).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import InvalidVersion, Version

from responder.knowledge.images import GLIBC

WHEEL_PARTS = (5, 6)  # name, version, perhaps a build number, three tags
SOURCES = (".tar.gz", ".zip")
LONGEST_VERSION = 100  # characters
OLDEST_GLIBC = 5  # the oldest manylinux: glibc 2.5


@dataclass(frozen=True, slots=True)
class Distributed:
    """One file of a release."""

    filename: str
    version: Version
    url: str
    wheel: bool
    requires_python: str | None = None
    yanked: str | None = None  # the reason, "" where none was given; None: not yanked
    uploaded: str | None = None  # ISO 8601
    size: int | None = None
    sha256: str | None = None  # in hexadecimal


@dataclass(frozen=True, slots=True)
class Project:
    """One distribution on the index."""

    name: str
    files: tuple[Distributed, ...]

    def versions(self) -> tuple[Version, ...]:
        """Newest first."""
        return tuple(sorted({each.version for each in self.files}, reverse=True))

    def of(self, version: Version) -> tuple[Distributed, ...]:
        return tuple(each for each in self.files if each.version == version)

    def first_upload(self) -> str | None:
        return min((each.uploaded for each in self.files if each.uploaded), default=None)


@dataclass(frozen=True, slots=True)
class Target:
    """What a file has to fit."""

    python_full: str

    def takes_python(self, requires: str | None) -> bool:
        """Whether a Requires-Python lets this Python in; a broken one is ignored, as pip does."""
        try:
            return requires is None or SpecifierSet(requires).contains(self.python_full, prereleases=True)
        except InvalidSpecifier:
            return True

    def takes_wheel(self, filename: str) -> bool:
        """Whether a wheel's tags fit this Python on x86_64 Linux with the images' glibc."""
        try:
            tags = parse_wheel_filename(filename)[3]
        except (InvalidWheelFilename, InvalidVersion):
            return False
        return not tags.isdisjoint(_tags(tuple(int(part) for part in self.python_full.split(".")[:2])))

    def takes(self, file: Distributed) -> bool:
        """Whether pip would consider the file, yanked or not."""
        return self.takes_python(file.requires_python) and (not file.wheel or self.takes_wheel(file.filename))


@lru_cache(maxsize=4)
def _tags(python: tuple[int, ...]) -> frozenset[Tag]:
    platforms = [f"manylinux_2_{minor}_x86_64" for minor in range(GLIBC[1], OLDEST_GLIBC - 1, -1)]
    platforms += ["manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64", "linux_x86_64"]
    named = cpython_tags(python_version=python, platforms=platforms)
    other = compatible_tags(python_version=python, interpreter=f"cp{python[0]}{python[1]}", platforms=platforms)
    return frozenset((*named, *other))


def from_json(name: str, body: bytes) -> Project:
    """A page in JSON. Raises ValueError where it is none."""
    raw = json.loads(body)
    if not isinstance(raw, dict) or not isinstance(raw.get("files"), list):
        raise ValueError("no list of files")  # noqa: TRY004 - one kind of error for a bad page
    return Project(canonicalize_name(name), tuple(_files(name, raw["files"])))


def _files(name: str, raw: list[Any]) -> Iterator[Distributed]:
    for each in raw:
        if isinstance(each, dict):
            yanked = each.get("yanked")
            reason = str(yanked) if isinstance(yanked, str) else "" if yanked else None
            yield from _file(name, str(each.get("filename", "")), str(each.get("url", "")), each, reason)


def _file(name: str, filename: str, url: str, raw: Mapping[str, Any], yanked: str | None) -> Iterator[Distributed]:
    version = _version(name, filename)
    if version is not None:
        requires = raw.get("requires-python")
        uploaded, size = raw.get("upload-time"), raw.get("size")
        yield Distributed(
            filename=filename,
            version=version,
            url=url,
            wheel=filename.endswith(".whl"),
            requires_python=str(requires) if requires else None,
            yanked=yanked,
            uploaded=str(uploaded) if uploaded else None,
            size=size if isinstance(size, int) else None,
            sha256=_digest(raw.get("hashes")),
        )


def _digest(hashes: object) -> str | None:
    found = hashes.get("sha256") if isinstance(hashes, dict) else None
    return found.lower() if isinstance(found, str) else None


def _version(name: str, filename: str) -> Version | None:
    """From the file's name: `acme-1.0-py3-none-any.whl`, `acme-1.0.tar.gz`, in whatever spelling of the name."""
    if filename.endswith(".whl"):
        parts = filename.split("-")
        return _read_version(parts[1]) if len(parts) in WHEEL_PARTS else None
    stem = next((filename[: -len(end)] for end in SOURCES if filename.endswith(end)), None)
    base, _, version = (stem or "").rpartition("-")
    return _read_version(version) if base and canonicalize_name(base) == canonicalize_name(name) else None


@lru_cache(maxsize=4_096)
def _read_version(text: str) -> Version | None:
    try:
        return Version(text) if len(text) <= LONGEST_VERSION else None
    except InvalidVersion:
        return None


class _Anchors(HTMLParser):
    """Collects the attributes of each link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append({key: value or "" for key, value in attrs})


def from_html(name: str, body: bytes) -> Project:
    """A page in HTML; links that are no files of a release are left out."""
    anchors = _Anchors()
    anchors.feed(body.decode("utf-8", "replace"))
    files: list[Distributed] = []
    for each in anchors.found:
        url, _, fragment = each.get("href", "").partition("#")
        kind, _, digest = fragment.partition("=")
        # of what may stand in a file's name, only the plus of a local version is ever quoted
        filename = url.partition("?")[0].rpartition("/")[2].replace("%2B", "+").replace("%2b", "+")
        raw = {"requires-python": each.get("data-requires-python"), "hashes": {kind: digest}}
        files += _file(name, filename, url, raw, each.get("data-yanked"))
    return Project(canonicalize_name(name), tuple(files))


def open_advisories(body: bytes) -> tuple[str, ...]:
    """The ids of the advisories that the index's JSON page of a release lists and that were not withdrawn."""
    try:
        listed = json.loads(body).get("vulnerabilities") or []
    except (ValueError, AttributeError):
        return ()
    return tuple(str(each.get("id", "")) for each in listed if isinstance(each, dict) and not each.get("withdrawn"))
