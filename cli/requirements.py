"""`mwaa-responder requirements FILE --airflow VERSION`: would MWAA install this file, and if not, which one would it?"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from responder.inquiry.index_sources import sources
from responder.inquiry.package_index import PackageIndex, without_login
from responder.inquiry.question import CouldNot
from responder.knowledge import images
from responder.requirements import lines
from responder.requirements.decoding import Unreadable
from responder.requirements.judge import judge
from responder.requirements.masking import masked
from responder.requirements.problem import Verdict
from responder.requirements.sources import Sources

from cli import package_index

FINE, NOT_FINE, UNREADABLE = 0, 1, 2
SECONDS = 120.0  # for the whole command; MWAA itself gives an installation nine minutes


def main(argv: list[str]) -> int:
    """Exit status: 0 MWAA would install the file, 1 it would not, 2 something cannot be read or written."""
    options = _parser().parse_args(argv)
    nearest = images.nearest(options.airflow)
    if nearest is None:
        return _refused(
            f"no MWAA image for Airflow {options.airflow} is known; known are {', '.join(images.versions())}"
        )
    path = Path(options.file)
    try:
        file = lines.read(sys.stdin.buffer.read() if options.file == "-" else path.read_bytes())
    except (OSError, Unreadable) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return _refused(f"{options.file} cannot be read: {reason}")
    asked = _sources(path, options.index, offline=options.offline)
    verdict = judge(file, nearest, asked)
    show = _as_json if options.format == "json" else _as_text
    show(options.file, replace(nearest.image, airflow=options.airflow), verdict)
    if options.output and verdict.corrected is not None:
        corrected = replace(lines.parse(verdict.corrected), encoding=file.encoding, bom=file.bom)
        try:
            options.output.write_bytes(corrected.encoded())
        except OSError as error:
            return _refused(f"{options.output} cannot be written: {error.strerror}")
    return FINE if verdict.ok else NOT_FINE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("mwaa-responder requirements", description=__doc__)
    parser.add_argument("file", metavar="FILE", help="the requirements.txt; - is standard input")
    parser.add_argument(
        "--airflow", required=True, metavar="VERSION", help=f"one of {', '.join(images.versions())}, or one near to it"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--offline", action="store_true", help="judge by the words and the image's pins alone; prove nothing"
    )
    parser.add_argument(
        "--index",
        metavar="URL",
        type=package_index.address,
        help="the package index to ask; default: the one that uv or pip is set up with",
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="where to write the corrected file, its logins unmasked; what is printed hides them",
    )
    return parser


def _refused(why: str) -> int:
    print(f"mwaa-responder requirements: {why}", file=sys.stderr)
    return UNREADABLE


def _sources(path: Path, address: str | None, *, offline: bool = False) -> Sources:
    folder = path.resolve().parent
    own, modules, wheels = _own_reader(folder), _own_modules(folder), _wheels(folder / "plugins.zip")
    if offline:
        return Sources(why_not="--offline", read_own=own, own_modules=modules, wheels=wheels)
    url, login = without_login(address or package_index.configured())
    ends = time.monotonic() + SECONDS
    return sources(
        PackageIndex(url, lambda: login),
        uv=find_uv(),
        folder=_folder(),
        left=lambda: ends - time.monotonic(),
        read_own=own,
        own_modules=modules,
        wheels=wheels,
    )


def find_uv() -> str | None:
    """The resolver's binary: UV_PATH, beside this Python, or on the path."""
    beside = Path(sys.executable).with_name("uv")
    return os.environ.get("UV_PATH") or (str(beside) if beside.exists() else shutil.which("uv"))


def _folder() -> Path:
    return Path(tempfile.gettempdir(), f"mwaa-responder-{os.getuid()}")


def _own_reader(folder: Path) -> Callable[[str], str | None]:
    """Reads a file of dags/ beside the requirements file, or of the folder itself where that is the DAGs folder."""

    def read(path: str) -> str | None:
        roots = [root for root in (folder / "dags", folder) if root.name == "dags" and root.is_dir()]
        places = [(root / path).resolve() for root in roots]
        found = next((place for place in places if place.is_file() and any(map(place.is_relative_to, roots))), None)
        if found is None and not roots:
            raise CouldNot("no folder dags/ lies beside the file")
        return found.read_text("utf-8", "replace") if found else None

    return read


def _own_modules(folder: Path) -> frozenset[str]:
    places = [each for name in ("dags", "plugins", "include") for each in (folder / name).glob("*")]
    return frozenset(each.stem for each in places if each.is_dir() or each.suffix == ".py")


def _wheels(archive: Path) -> frozenset[str] | None:
    """The wheels in the plugins.zip beside the file, None where there is none to look into."""
    try:
        with zipfile.ZipFile(archive) as opened:
            return frozenset(name for name in opened.namelist() if name.endswith(".whl") and "/" not in name)
    except (OSError, zipfile.BadZipFile):
        return None


def as_object(file: str, image: images.Image, verdict: Verdict) -> dict[str, Any]:
    """What `--format json` prints."""
    return {
        "file": file,
        "airflow": image.airflow,
        "python": image.python,
        "ok": verdict.ok,
        "problems": [
            {
                "class": each.kind.value,
                "line": each.line,
                "requirement": each.requirement,
                "explanation": each.explanation,
            }
            for each in verdict.problems
        ],
        "corrected": verdict.corrected and masked(verdict.corrected),
        "diff": verdict.diff,
        "proof": {"level": verdict.proof.level.value, "how": verdict.proof.how},
        "changes_on_image": list(verdict.changes),
        "not_checked": list(verdict.not_checked),
    }


def _as_json(file: str, image: images.Image, verdict: Verdict) -> None:
    print(json.dumps(as_object(file, image, verdict), ensure_ascii=False))


def _as_text(file: str, image: images.Image, verdict: Verdict) -> None:
    from cli.requirements_text import show

    show("standard input" if file == "-" else file, image, verdict)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
