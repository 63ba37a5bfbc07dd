"""Stand-ins for releases that exist only as source: their metadata as a wheel, so that they can be resolved without a build."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

from packaging.utils import canonicalize_name

from responder.knowledge.images import Stub


def write_stubs(stubs: Iterable[Stub], folder: Path) -> None:
    """Wheels that hold metadata alone: with them a release that exists only as source can be resolved, never installed."""
    folder.mkdir(exist_ok=True)
    for stub in stubs:
        name = canonicalize_name(stub.name).replace("-", "_")
        info = f"{name}-{stub.version}.dist-info"
        with zipfile.ZipFile(folder / f"{name}-{stub.version}-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{info}/METADATA", _metadata(stub))
            wheel.writestr(
                f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: stub\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            wheel.writestr(f"{info}/RECORD", "")


def _metadata(stub: Stub) -> str:
    lines = ["Metadata-Version: 2.1", f"Name: {stub.name}", f"Version: {stub.version}"]
    lines += [f"Requires-Python: {stub.requires_python}"] if stub.requires_python else []
    lines += [f"Provides-Extra: {each}" for each in stub.extras]
    lines += [f"Requires-Dist: {each}" for each in stub.requires]
    return "\n".join(lines) + "\n"
