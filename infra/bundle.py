"""Builds what the functions run: our package with its vendored requirements, and the layer with the resolver. No Docker.

Both are built once per content into `build/`, by the pinned uv, for a named platform; a second synth finds them there.
"""

from __future__ import annotations

import compileall
import hashlib
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "lambdas"
BUILT = ROOT / "build"
PACKAGE = "responder"

# Parts of the requirements that we never import: half of their size, and most of it a web page of Powertools' event handler.
UNUSED = (
    "bin",
    "slack",
    *(f"slack_sdk/{name}" for name in ("audit_logs", "oauth", "rtm", "rtm_v2", "scim", "socket_mode")),
    *(f"slack_sdk/web/{name}.py" for name in ("async_client", "legacy_client")),
    "aws_lambda_powertools/event_handler",
    *(
        f"aws_lambda_powertools/utilities/{name}"
        for name in ("feature_flags", "kafka", "parameters", "parser", "validation")
    ),
)


@dataclass(frozen=True, slots=True)
class Platform:
    """Where a bundle runs. `target` is one of uv's names of platforms."""

    python: str
    machine: str
    target: str

    @property
    def is_here(self) -> bool:
        """Whether this interpreter's byte code is that platform's."""
        return self.python == f"{sys.version_info.major}.{sys.version_info.minor}"


# Lambda's runtimes run on Amazon Linux 2023, glibc 2.34: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
LAMBDA = Platform(python="3.13", machine="arm64", target="aarch64-manylinux_2_28")


def this_machine() -> Platform:
    """The interpreter and processor at hand."""
    arm = platform.machine().lower() in ("arm64", "aarch64")
    system = "macos" if sys.platform == "darwin" else "manylinux_2_28"
    target = f"{'aarch64' if arm else 'x86_64'}-{'apple-darwin' if system == 'macos' else system}"
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Platform(python=python, machine="arm64" if arm else "x86_64", target=target)


def code(where: Platform) -> Path:
    """The folder of the functions' code: the package, what it imports, and byte code if it fits the runtime."""
    return _built("code", where, (SOURCE / "requirements.txt", *_sources()), _build_code)


def resolver_layer(where: Platform) -> Path:
    """The folder of the layer: `bin/uv`, found in the function below /opt."""
    return _built("resolver", where, (SOURCE / "requirements-uv.txt",), _build_layer)


def _sources() -> Iterable[Path]:
    return (
        path for path in sorted((SOURCE / PACKAGE).rglob("*")) if path.is_file() and "__pycache__" not in path.parts
    )


def _built(name: str, where: Platform, inputs: Iterable[Path], build: Callable[[Platform, Path], None]) -> Path:
    """Builds beside the place and moves, so that a broken build, or two at once, leave nothing half done."""
    done = BUILT / f"{name}-{_fingerprint(where, inputs)}"
    if done.exists():
        return done
    BUILT.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=BUILT) as scratch:
        fresh = Path(scratch) / name
        fresh.mkdir()
        build(where, fresh)
        try:
            fresh.rename(done)
        except OSError:
            if not done.exists():
                raise
    return done


def _fingerprint(where: Platform, inputs: Iterable[Path]) -> str:
    digest = hashlib.sha256(f"{where}{UNUSED}".encode())
    for path in (Path(__file__), *inputs):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _build_code(where: Platform, folder: Path) -> None:
    _install(SOURCE / "requirements.txt", where, folder)
    for name in UNUSED:
        _remove(folder / name)
    shutil.copytree(SOURCE / PACKAGE, folder / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    if where.is_here:
        # Without byte code each cold start compiles everything anew: the file system of a function is read-only.
        compileall.compile_dir(folder, quiet=1, ddir="/var/task", invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)


def _build_layer(where: Platform, folder: Path) -> None:
    with TemporaryDirectory() as scratch:
        wheel = Path(scratch)
        _install(SOURCE / "requirements-uv.txt", where, wheel)
        shutil.copytree(wheel / "bin", folder / "bin", ignore=shutil.ignore_patterns("uvx"))
        for licences in wheel.glob("uv-*.dist-info/licenses"):
            shutil.copytree(licences, folder / "licences")


def _install(lock: Path, where: Platform, folder: Path) -> None:
    uv = Path(sys.prefix) / "bin" / "uv"
    arguments = (
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--no-compile-bytecode",
        "--link-mode",
        "copy",
    )
    wanted = ("--python-platform", where.target, "--python-version", where.python)
    subprocess.run((uv, "pip", "install", *arguments, *wanted, "--target", folder, "--requirement", lock), check=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()  # fails where a new version has moved it: then the list above is to be looked at
