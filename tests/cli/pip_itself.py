"""Real pip as MWAA runs it, as far as another machine can: same Python version, platform and constraints, nothing installed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from responder.knowledge.images import Stub, nearest
from responder.requirements import lines
from responder.requirements.builds import PREBUILT
from responder.requirements.constraints import effective
from responder.requirements.stubs import write_stubs

from cli.package_index import configured

PLATFORMS = [f"manylinux_2_{minor}_x86_64" for minor in range(34, 4, -1)] + ["manylinux2014_x86_64", "linux_x86_64"]
SECONDS = 300


def takes(text: str, airflow: str) -> tuple[bool, str]:
    """Whether `pip install --dry-run` succeeds, and the end of what it printed."""
    image = nearest(airflow).image
    file = lines.parse(text)
    known = effective(file, image, lambda _path: None)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "constraints.txt").write_text("\n".join(known.lines(image)) + "\n")
        write_stubs(
            [*image.stubs, *(Stub(name, image.preinstalled[name]) for name in PREBUILT)], folder / "stubs"
        )  # the image has these already; no wheel of them is to be had
        # the constraint lines go: their address is not reached from here, their content is in constraints.txt
        kept = [line.raw for line in file.lines if line.option != "--constraint"]
        (folder / "requirements.txt").write_text("".join(kept), newline="")
        done = subprocess.run(
            _command(folder, image.python),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env=_environment(),
            check=False,
        )
    return done.returncode == 0, (done.stdout + done.stderr)[-2_000:]


def _command(folder: Path, python: str) -> list[str]:
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--dry-run",
        "--no-input",
        "--quiet",
        "--ignore-installed",
        "--target",
        str(folder / "target"),
    ]
    command += [
        "--python-version",
        python,
        "--only-binary",
        ":all:",
        "--index-url",
        configured(),
        "--find-links",
        str(folder / "stubs"),
    ]
    command += [each for platform in PLATFORMS for each in ("--platform", platform)]
    return [*command, "--constraint", str(folder / "constraints.txt"), "-r", str(folder / "requirements.txt")]


def _environment() -> dict[str, str]:
    """Nothing of this machine's own pip settings but how it checks certificates."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_") or name == "PIP_CERT"}
    return kept | {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
