"""How fast the functions start and how large their code is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.bench_row import Row
from infra.bundle import LAMBDA, code

STARTS = 9  # processes; the fastest counts: what the machine does besides only ever adds
OWN_MS, CATALOGUE_MS, ASSET_MB = 60.0, 100.0, 2.0
LAMBDAS = Path(__file__).parent.parent / "lambdas"

# Processor time: a busy machine must not look like a slow start.
# boto3 and Powertools first, then the handler: what the second costs is ours, on any machine
_START = """
import importlib, json, sys, time
sys.path.insert(0, sys.argv[1])
first = time.process_time()
import boto3
for each in ("", ".metrics", ".utilities.batch", ".utilities.data_classes.sqs_event", ".utilities.idempotency"):
    importlib.import_module("aws_lambda_powertools" + each)
second = time.process_time()
importlib.import_module(sys.argv[2])
third = time.process_time()
print(json.dumps([second - first, third - second]))
"""
_CATALOGUE = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
from responder.diagnosis import catalogue
first = time.process_time()
rules = catalogue.load()
print(json.dumps([time.process_time() - first, len(rules)]))
"""


def rows() -> Iterator[Row]:
    """The figures, each when it is there."""
    with TemporaryDirectory() as compiled:
        yield from _starts(compiled)
    yield Row("asset, zipped, without the resolver", _zipped(code(LAMBDA)) / 1e6, "MB", ASSET_MB)


def _starts(compiled: str) -> Iterator[Row]:
    for handler in ("responder.intake_handler", "responder.responder_handler"):
        boto, own = (min(each) * 1000 for each in zip(*_apart(compiled, _START, handler), strict=True))
        yield Row(
            f"import of {handler.removeprefix('responder.')} over boto3's and Powertools' {boto:.0f} ms",
            own,
            "ms",
            OWN_MS,
        )
    loads = _apart(compiled, _CATALOGUE)
    yield Row(
        f"loading the catalogue of {loads[0][1]:.0f} causes",
        min(each[0] for each in loads) * 1000,
        "ms",
        CATALOGUE_MS,
    )


def _apart(compiled: str, program: str, *arguments: str) -> list[list[float]]:
    """Runs it in processes of its own, after one that wrote the byte code, which the deployed asset has too."""
    command = (sys.executable, "-c", program, str(LAMBDAS), *arguments)
    surroundings = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    runs = [
        subprocess.run(command, check=True, capture_output=True, text=True, env=surroundings) for _ in range(STARTS + 1)
    ]
    return [json.loads(run.stdout.splitlines()[-1]) for run in runs[1:]]


def _zipped(folder: Path) -> int:
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "asset.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in folder.rglob("*"):
                archive.write(file, file.relative_to(folder))
        return path.stat().st_size
