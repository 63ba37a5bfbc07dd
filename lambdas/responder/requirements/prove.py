"""Asks the real resolver: the pinned `uv` binary as a subprocess that builds nothing and is bounded in every way.

Where uv's answer is not pip's, its options, its stubs for releases without wheels and `agreement.py` make it so.
https://docs.astral.sh/uv/pip/compatibility/
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from packaging.utils import canonicalize_name

from responder.knowledge.images import Stub
from responder.requirements.masking import masked
from responder.requirements.query import NotProven, Outcome, Query, Solved
from responder.requirements.stubs import write_stubs
from responder.requirements.uv_text import REFUSED, UNREACHABLE, UNSOLVED, read_unsolved

PLATFORM = "x86_64-manylinux_2_34"  # glibc of Amazon Linux 2023; MWAA's workers are taken to be x86_64
CACHE_SECONDS = 600  # as long as the public index lets its own pages be kept
MEMORY = 4 << 30  # bytes of address space, of which uv touches about 180 MB
LEAST_FREE = 150_000_000  # bytes of the folder's disk; with less the cache is given up
RETRIES = "1"
HTTP_SECONDS = "10"
CONNECTIONS = "16"  # more would not be faster, and memory grows with them
PASSED_ON = (
    "PATH",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "https_proxy",
    "http_proxy",
)
PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==(\S+)$", re.MULTILINE)
YANKED = re.compile(r"`([\w.-]{1,100})==([^`\s]{1,60})` is yanked")


@dataclass(slots=True)
class Resolver:
    """The binary, the index, and a folder of its own for cache and stubs."""

    uv: str
    index_url: str  # may hold a login: it is written into a private file only
    folder: Path
    python: str = sys.executable
    runs: int = field(default=0)

    def solve(self, query: Query, stubs: Iterable[Stub], seconds: float) -> Outcome:
        """One run. Never raises for what the file, the index or the binary does."""
        self.runs += 1
        try:
            return self._solve(query, stubs, seconds)
        except subprocess.TimeoutExpired:
            return NotProven(f"the resolver did not finish within {seconds:.0f} seconds")
        except OSError as error:
            return NotProven(f"the resolver could not be started ({type(error).__name__})")

    def _solve(self, query: Query, stubs: Iterable[Stub], seconds: float) -> Outcome:
        self._make_room()
        with tempfile.TemporaryDirectory(dir=self._made("work")) as place:
            work = Path(place)
            write_stubs(stubs, work / "stubs")
            (work / "uv.toml").touch(mode=0o600)
            (work / "uv.toml").write_text(_settings(self.index_url))
            (work / "constraints.txt").write_text("\n".join(query.constraints) + "\n")
            (work / "pins.txt").write_text("".join(f"{name}=={version}\n" for name, version in query.preferred))
            return self._run(query, work, seconds)

    def _make_room(self) -> None:
        """A Lambda's /tmp has 512 MB and lives for hours; the cache of one environment takes about 50."""
        if shutil.disk_usage(self._made("work")).free < LEAST_FREE:
            shutil.rmtree(self.folder / "cache", ignore_errors=True)

    def _made(self, name: str) -> Path:
        path = self.folder / name
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    def _run(self, query: Query, work: Path, seconds: float) -> Outcome:
        command = [
            self.uv,
            "pip",
            "compile",
            "-",
            *_options(query, work),
            "--python",
            self.python,
            "--cache-dir",
            str(self._made("cache")),
        ]
        return _outcome(*_bounded_run(command, "\n".join(query.requirements) + "\n", seconds, _environment(work)))


def _options(query: Query, work: Path) -> list[str]:
    options = [
        "--constraint",
        str(work / "constraints.txt"),
        "--find-links",
        str(work / "stubs"),
        "--config-file",
        str(work / "uv.toml"),
    ]
    options += [
        "--python-version",
        query.python_full,
        "--python-platform",
        PLATFORM,
        "--output-file",
        str(work / "pins.txt"),
    ]
    options += [
        "--prerelease",
        query.prerelease,
        "--resolution",
        "lowest-direct" if query.lowest else "highest",
    ]
    return [
        *options,
        "--no-build",
        "--no-header",
        "--no-annotate",
        "--no-python-downloads",
        "--color",
        "never",
        "--no-progress",
    ]


def _settings(index_url: str) -> str:
    quoted = index_url.replace("\\", "\\\\").replace('"', '\\"')
    kept = f'{{ api = "max-age={CACHE_SECONDS}", files = "max-age=31536000, immutable" }}'
    return f'[[index]]\nname = "configured"\nurl = "{quoted}"\ndefault = true\ncache-control = {kept}\n'


def _environment(work: Path) -> dict[str, str]:
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed | {
        "HOME": str(work),
        "UV_HTTP_RETRIES": RETRIES,
        "UV_HTTP_TIMEOUT": HTTP_SECONDS,
        "UV_CONCURRENT_DOWNLOADS": CONNECTIONS,
        "UV_NO_WRAP": "1",
    }


def _bounded_run(
    command: Sequence[str], text: str, seconds: float, environment: Mapping[str, str]
) -> tuple[int, str, str]:
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(environment),
        cwd=environment["HOME"],  # away from a project's own settings
        encoding="utf-8",
        errors="replace",
    ) as process:
        _limit_memory(process.pid)
        try:
            out, err = process.communicate(text, timeout=max(0.1, seconds))
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return process.returncode, out, err


def _limit_memory(pid: int) -> None:
    with contextlib.suppress(ImportError, AttributeError, OSError):  # only Linux has it, which the Lambda is
        import resource

        resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY, MEMORY))


def _outcome(code: int, out: str, err: str) -> Outcome:
    if code == 0:
        pins: dict[str, str] = {canonicalize_name(name): version for name, version in PINNED.findall(out)}
        return Solved(pins, frozenset(canonicalize_name(name) for name, _ in YANKED.findall(err)))
    if any(words in err for words in REFUSED):
        return NotProven("the package index refuses access")
    if any(words in err for words in UNREACHABLE):
        return NotProven("the package index cannot be reached")
    if UNSOLVED in err:
        return read_unsolved(err)
    return NotProven(f"the resolver stopped: {masked(' '.join(err.split()))[:300] or f'status {code}'}")
