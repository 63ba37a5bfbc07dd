"""What each MWAA image holds: its Python, the pins it enforces, what is already installed.

Made by `cli/knowledge/images.py` from the public image sources
(https://github.com/aws/amazon-mwaa-docker-images, images/airflow/<version>).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

FOLDER = "mwaa"
# Amazon Linux 2023, the base of all images from 2.7 on, has glibc 2.34: https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-faqs.html
GLIBC = (2, 34)


@dataclass(frozen=True, slots=True)
class Stub:
    """The metadata of a release that has no usable wheel: enough to resolve with, not to install."""

    name: str
    version: str
    requires: tuple[str, ...] = ()
    requires_python: str | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """One MWAA image. Names are canonical (lower case, dashes)."""

    airflow: str
    python_full: str  # with patch level, e.g. "3.11.9"
    pins: Mapping[str, str] = field(repr=False)  # Airflow's constraints as the image holds them
    essential: Mapping[str, str] = field(repr=False)  # pins that nobody can switch off
    preinstalled: Mapping[str, str] = field(repr=False)  # Python distributions in the image
    system: Mapping[str, str] = field(repr=False)  # packages of the operating system
    stubs: tuple[Stub, ...] = field(default=(), repr=False)  # pins whose release is source only

    @property
    def python(self) -> str:
        """Major and minor, e.g. "3.11"."""
        return ".".join(self.python_full.split(".")[:2])

    @property
    def constraints_url(self) -> str:
        """Where Airflow publishes the constraints: https://docs.aws.amazon.com/mwaa/latest/userguide/working-dags-dependencies.html."""
        return (
            f"https://raw.githubusercontent.com/apache/airflow/constraints-{self.airflow}/constraints-{self.python}.txt"
        )


@dataclass(frozen=True, slots=True)
class Nearest:
    """The image that stands in for a version, and what to say about it; no note when it is the very one."""

    image: Image
    note: str = ""


def image(version: str) -> Image | None:
    """The image of exactly this Airflow version, None where none is known."""
    return _load(version) if version in versions() else None


def nearest(version: str) -> Nearest | None:
    """The image of this version, else that of the same minor version, else the closest one of the same major.

    None for a version that is no version, or of a major that no image has.
    """
    if exact := image(version):
        return Nearest(exact)
    wanted = _numbers(version)
    known = [each for each in versions() if wanted and _numbers(each)[0] == wanted[0]]
    if not known:
        return None
    best = min(known, key=lambda each: _distance(_numbers(each), wanted))
    return Nearest(_load(best), f"MWAA's image for Airflow {version} is not known here; judged by the one for {best}")


def versions() -> tuple[str, ...]:
    """The Airflow versions whose image is known, oldest first."""
    names = (each.name for each in files(__package__).joinpath(FOLDER).iterdir())
    found = (name.removesuffix(".json.gz") for name in names if name.endswith(".json.gz"))
    return tuple(sorted(found, key=_numbers))


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(int(part) for part in parts) if all(part.isascii() and part.isdigit() for part in parts) else ()


def _distance(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(abs(a - b) for a, b in zip(one, other, strict=False))


@cache
def _load(version: str) -> Image:
    raw = json.loads(gzip.decompress(files(__package__).joinpath(FOLDER, f"{version}.json.gz").read_bytes()))
    return Image(
        airflow=version,
        python_full=raw["python"],
        pins=raw["pins"],
        essential=raw["essential"],
        preinstalled=raw["preinstalled"],
        system=raw["system"],
        stubs=tuple(_stub(each) for each in raw["stubs"]),
    )


def _stub(raw: Mapping[str, Any]) -> Stub:
    return Stub(raw["name"], raw["version"], tuple(raw["requires"]), raw["requires_python"])
