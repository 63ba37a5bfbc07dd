"""`python -m cli.knowledge.images FOLDER`: what MWAA's images hold, as `responder/knowledge/mwaa` keeps it.

FOLDER has one folder a version with airflow_constraints.txt, essential_constraints.txt, python_packages.txt and
system_packages.txt, as taken from https://github.com/aws/amazon-mwaa-docker-images.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from responder.knowledge import images

# The patch level of each image: images/airflow/<version>/Dockerfiles/Dockerfile.base in the repository above.
PYTHONS = {
    "2.9.2": "3.11.9",
    "2.10.1": "3.11.9",
    "2.10.3": "3.11.9",
    "2.11.0": "3.12.10",
    "2.11.2": "3.12.10",
    "3.0.6": "3.12.10",
    "3.2.1": "3.12.13",
    "3.3.1": "3.12.13",
}
# Releases that Airflow pins and that exist as source only; their requirements as their own metadata says.
SOURCE_ONLY: dict[str, tuple[tuple[str, ...], str | None]] = {
    "dill==0.3.1.1": ((), ">=2.6, !=3.0.*"),
    "json-merge-patch==0.2": ((), None),
    "mysqlclient==2.2.4": ((), ">=3.8"),
    "mysqlclient==2.2.5": ((), ">=3.8"),
    "mysqlclient==2.2.7": ((), ">=3.8"),
    "mysqlclient==2.2.8": ((), ">=3.8"),
    "python-nvd3==0.16.0": (("python-slugify>=1.2.5", "Jinja2>=2.8"), None),
    "thrift==0.16.0": (("six>=1.7.2",), None),
    "unicodecsv==0.14.1": ((), None),
}
PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;#]+)")
SYSTEM = re.compile(r"(.+)-(\d[^-]*)")


def main(argv: Sequence[str] | None = None) -> int:
    """Writes one file a version; returns the exit status."""
    parser = argparse.ArgumentParser("python -m cli.knowledge.images", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--target", type=Path, default=Path(images.__file__).parent / images.FOLDER)
    given = parser.parse_args(argv)
    folders = sorted(each for each in given.folder.glob("*") if each.is_dir())
    unknown = [each.name for each in folders if each.name not in PYTHONS]
    if unknown or not folders:
        parser.error(f"PYTHONS has no Python for {', '.join(unknown)}" if unknown else f"{given.folder} has no folders")
    for folder in folders:
        text = json.dumps(describe(folder), separators=(",", ":"), sort_keys=True)
        (given.target / f"{folder.name}.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    return 0


def describe(folder: Path) -> dict[str, Any]:
    """One image as it is stored."""
    pinned = _pins(folder / "airflow_constraints.txt")
    return {
        "python": PYTHONS[folder.name],
        "pins": pinned,
        "essential": _pins(folder / "essential_constraints.txt"),
        "preinstalled": _pins(folder / "python_packages.txt"),
        "system": dict(sorted(_system(folder / "system_packages.txt"))),
        "stubs": [_stub(name, version) for name, version in pinned.items() if f"{name}=={version}" in SOURCE_ONLY],
    }


def _pins(file: Path) -> dict[str, str]:
    found = (PIN.fullmatch(line.strip()) for line in file.read_text().splitlines())
    return {canonicalize_name(match[1]): match[2] for match in found if match}


def _system(file: Path) -> list[tuple[str, str]]:
    found = (SYSTEM.fullmatch(line.strip()) for line in file.read_text().splitlines())
    return [(match[1], match[2]) for match in found if match]


def _stub(name: str, version: str) -> dict[str, Any]:
    requires, requires_python = SOURCE_ONLY[f"{name}=={version}"]
    return {"name": name, "version": version, "requires": list(requires), "requires_python": requires_python}


if __name__ == "__main__":
    sys.exit(main())
