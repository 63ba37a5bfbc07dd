"""A deployed zip and its layers as folders, and the packages that Lambda's own runtime brings."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from moto.awslambda.models import lambda_backends

# What the managed Python runtime has besides the bundle:
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html
RUNTIME_PACKAGES = (
    "awslambdaric",
    "runtime_client",
    "simplejson",
    "snapshot_restore_py",
    "boto3",
    "botocore",
    "s3transfer",
    "jmespath",
    "dateutil",
    "six",
    "urllib3",
)
TASK_ROOT, LAYER_ROOT = "/var/task", "/opt"
EXECUTABLE = 0o755


class Bundle:
    """Folders that stand for /var/task and /opt of one function."""

    def __init__(self, function: Any, scratch: Path) -> None:
        self.task = Path(mkdtemp(prefix=f"{function.function_name}-task-", dir=scratch))
        self.layers = Path(mkdtemp(prefix=f"{function.function_name}-opt-", dir=scratch))
        _extract(function.code_bytes, self.task)
        for layer in function.layers:
            _extract(_layer(function, layer["Arn"]).code_bytes, self.layers)

    def import_path(self) -> str:
        """In Lambda's order: the function's own code, layers, the runtime's packages."""
        layered = (self.layers / "python", self.layers)
        return os.pathsep.join(map(str, (self.task, *layered, runtime_packages())))

    def translate(self, variables: Mapping[str, Any]) -> dict[str, str]:
        """Variables that name a path of Lambda's name the folder that stands for it."""
        return {name: self._here(str(value)) for name, value in variables.items()}

    def _here(self, value: str) -> str:
        for there, here in ((TASK_ROOT, self.task), (LAYER_ROOT, self.layers)):
            if value == there or value.startswith(there + "/"):
                return f"{here}{value.removeprefix(there)}"
        return value


@cache
def runtime_packages() -> Path:
    """A folder of links to the runtime's packages, and to none besides them."""
    folder = Path(mkdtemp(prefix="lambda-runtime-"))
    for origin in _origins(RUNTIME_PACKAGES):
        (folder / origin.name).symlink_to(origin)
    return folder


def _origins(names: Iterable[str]) -> Iterable[Path]:
    for name in names:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(f"the sandbox needs {name} to stand for Lambda's runtime")
        file = Path(spec.origin)
        yield file.parent if file.name == "__init__.py" else file


def _layer(function: Any, arn: str) -> Any:
    return lambda_backends[function.account_id][function.region].layers_versions_by_arn(arn)


def _extract(archive: bytes, folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        source.extractall(folder)
        for entry in source.infolist():
            # zipfile leaves out the mode, and with it the right to run the file
            if (entry.external_attr >> 16) & 0o111:
                (folder / entry.filename).chmod(EXECUTABLE)
