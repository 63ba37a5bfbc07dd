"""How long the proof of a requirements file takes, and how much memory: 30 lines, index and resolver as configured here."""

from __future__ import annotations

import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from responder.inquiry.index_sources import sources
from responder.inquiry.package_index import PackageIndex, without_login
from responder.knowledge import images
from responder.knowledge.images import Nearest
from responder.model import ProofLevel
from responder.requirements.judge import judge
from responder.requirements.lines import parse

from cli import package_index
from cli.bench_row import Row
from cli.requirements import find_uv

AIRFLOW = "2.10.3"
# What a team that loads, transforms and reports typically asks for
LINES = (
    "apache-airflow-providers-snowflake", "apache-airflow-providers-slack", "apache-airflow-providers-google", "apache-airflow-providers-mysql",
    "apache-airflow-providers-ssh", "apache-airflow-providers-sftp", "apache-airflow-providers-databricks", "apache-airflow-providers-docker",
    "pandas", "numpy", "pyarrow", "requests", "openpyxl", "sqlparse", "pymysql", "paramiko", "jinja2", "beautifulsoup4", "tenacity", "pyyaml",
    "boto3", "lxml", "scikit-learn==1.5.2", "xlsxwriter==3.2.0", "awswrangler==3.9.1", "polars==1.9.0", "duckdb==1.1.3", "pandera==0.20.4",
    "lkml==1.3.4", "simple-salesforce",
)  # fmt: skip
KIB = 1024


def rows() -> Iterator[Row]:
    """Cold, then warm; nothing where there is no resolver or no index."""
    uv = find_uv()
    if uv is None:
        return
    folder = Path(tempfile.mkdtemp(prefix="mwaa-responder-bench-"))
    try:
        for name, bar in (("cold", 5.0), ("warm", 1.0)):
            seconds, level = _proof(uv, folder)
            if level is not ProofLevel.SUSPECTED:
                yield Row(f"proof of a requirements file of {len(LINES)} lines, {name}", seconds, "s", bar)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * KIB / 1e6
        yield Row("largest child process so far, the resolver among them", peak, "MB", 256)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _proof(uv: str, folder: Path) -> tuple[float, ProofLevel]:
    image = images.image(AIRFLOW)
    if image is None:
        raise LookupError(AIRFLOW)
    url, login = without_login(package_index.configured())
    started = time.perf_counter()
    asked = sources(PackageIndex(url, lambda: login), uv=uv, folder=folder, left=lambda: 120.0)
    verdict = judge(parse("\n".join(LINES) + "\n"), Nearest(image), asked)
    return time.perf_counter() - started, verdict.proof.level
