"""Wheels on the package index: the whole file, or only the list of what is in it."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import requests
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from packaging.version import InvalidVersion, Version
from pypi_simple import DistributionPackage, NoSuchProjectError, PyPISimple

SECONDS = 60  # for one answer of the index
FIRST_RANGE = 256 * 1024  # bytes from a wheel's end: holds the central directory of all but the largest
PYTHONS = ((3, 12), (3, 11))  # of the images; the first is preferred
PLATFORMS = (
    *(f"manylinux_2_{minor}_x86_64" for minor in range(34, 4, -1)),
    "manylinux2014_x86_64",
    "linux_x86_64",
)
_SAFE = re.compile(r"[A-Za-z0-9._+-]{1,200}")


class NoWheel(Exception):
    """The index has no wheel that an image could install."""


@dataclass(frozen=True)
class Wheels:
    """What the index has, with the files that were read kept in a folder."""

    index: str
    folder: Path

    @cached_property
    def _session(self) -> requests.Session:
        return requests.Session()

    def newest(self, name: str, version: str | None = None) -> DistributionPackage:
        """The wheel of this version, or of the newest release that is final and not yanked. Raises NoWheel."""
        try:
            page = PyPISimple(self.index, session=self._session).get_project_page(name, timeout=SECONDS)
        except NoSuchProjectError as error:
            raise NoWheel(f"{name} is not on the index") from error
        fitting = [(_rank(package), package) for package in page.packages if _fits(package, version)]
        if not fitting:
            raise NoWheel(f"{name} {version or ''} has no wheel for an image")
        return max(fitting, key=lambda each: each[0])[1]

    def whole(self, package: DistributionPackage) -> zipfile.ZipFile:
        """The wheel itself, checked against the index's hash."""
        kept = self._kept(package.filename)
        if not kept.exists():
            content = self._get(package.url, {})
            wanted = package.digests.get("sha256")
            if wanted and hashlib.sha256(content).hexdigest() != wanted:
                raise NoWheel(f"{package.filename} is not what the index says")
            kept.write_bytes(content)
        return zipfile.ZipFile(kept)

    def listing(self, package: DistributionPackage) -> list[str]:
        """The names of the wheel's files: from its central directory, without the files, where the index can."""
        kept = self._kept(f"{package.filename}.txt")
        if not kept.exists():
            kept.write_text("\n".join(self._names(package)))
        return kept.read_text().splitlines()

    def _names(self, package: DistributionPackage) -> list[str]:
        tail = self._get(package.url, {"Range": f"bytes=-{FIRST_RANGE}"})
        try:
            return zipfile.ZipFile(io.BytesIO(tail)).namelist()  # zipfile allows for what is missing in front
        except (zipfile.BadZipFile, OSError, ValueError):
            return self.whole(package).namelist()

    def _get(self, url: str, headers: dict[str, str]) -> bytes:
        answer = self._session.get(url, headers=headers, timeout=SECONDS)
        answer.raise_for_status()
        return answer.content

    def _kept(self, name: str) -> Path:
        if not _SAFE.fullmatch(name):
            raise NoWheel("the index offers a file with an unusual name")
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / name


def _fits(package: DistributionPackage, version: str | None) -> bool:
    if package.package_type != "wheel" or (package.is_yanked and version is None):
        return False
    try:
        _, own, _, tags = parse_wheel_filename(package.filename)
    except (InvalidWheelFilename, InvalidVersion):
        return False
    wanted = own == Version(version) if version else not own.is_prerelease
    return wanted and bool(tags & _installable())


def _rank(package: DistributionPackage) -> tuple[Version, int]:
    _, version, _, tags = parse_wheel_filename(package.filename)
    return version, max(_installable_rank().get(tag, 0) for tag in tags)


_RANKS: dict[Tag, int] = {}


def _installable_rank() -> dict[Tag, int]:
    if not _RANKS:
        for python in reversed(PYTHONS):
            own = [*cpython_tags(python, platforms=PLATFORMS), *compatible_tags(python, platforms=PLATFORMS)]
            _RANKS.update({tag: len(_RANKS) + index for index, tag in enumerate(reversed(own))})
    return _RANKS


def _installable() -> frozenset[Tag]:
    return frozenset(_installable_rank())
