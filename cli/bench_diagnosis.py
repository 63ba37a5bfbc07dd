"""How fast a failure is diagnosed: all labelled logs, a long log, and texts made to be slow.

What thinks on one core is measured in processor time, so that a busy machine changes little.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from responder.diagnosis.catalogue import load
from responder.diagnosis.rank import diagnose
from responder.diagnosis.rule import Rule
from responder.evidence.gather import gather
from responder.intake.event import read_lines

from cli.bench_row import Row
from cli.cases import answer, find_cases
from cli.evaluate import OWN_CASES

ROUNDS = 3  # of each case, warm; the median counts
LONG = 100_000_000  # bytes of the long log
SHORT = 20_000_000  # bytes of the log whose memory it is compared with
MEGABYTE = 1_000_000

MEDIAN_MS, P95_MS, MB_PER_SECOND, HOSTILE_MS, GROWTH_MB = 5.0, 25.0, 30.0, 250.0, 20.0

# Run apart, so that the peak is that of this one log
_READ_LOG = """
import json, resource, sys, time
from cli.inputs import failures_in
started = time.process_time()
failures = failures_in(sys.argv[1])
seconds = time.process_time() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": seconds, "peak": peak * (1 if sys.platform == "darwin" else 1024), "failures": len(failures)}))
"""
_RECORD = "[2026-11-22T09:41:00.662+0000] {{logging_mixin.py:190}} INFO - row {number} of orders_2026_11.csv loaded, 0 rejected\n"
_FAILURE = (
    "[2026-11-22T09:51:00.662+0000] {taskinstance.py:3313} ERROR - Task failed with exception\n"
    'Traceback (most recent call last):\n  File "/usr/local/airflow/dags/a.py", line 7, in f\n    1 / 0\nZeroDivisionError: division by zero\n'
    "[2026-11-22T09:51:00.762+0000] {taskinstance.py:1226} INFO - Marking task as FAILED. dag_id=a, task_id=f\n"
)


def rows() -> Iterator[Row]:
    """The figures, each when it is there."""
    yield from _cases()
    yield from _long_log()
    yield from _hostile()


def _cases() -> Iterator[Row]:
    rules, cases = load(), list(find_cases([OWN_CASES]))
    times = [median(_timed(partial(answer, case, rules)) for _ in range(ROUNDS)) * 1000 for case in cases]
    yield Row(f"one failure, median of {len(cases)} cases", median(times), "ms", MEDIAN_MS)
    yield Row("one failure, 95th percentile", quantiles(times, n=20)[-1], "ms", P95_MS)


def _long_log() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        long, short = (_read_apart(_written(Path(folder), size)) for size in (LONG, SHORT))
    yield Row(
        "a task log of 100 MB, read to its failure",
        LONG / MEGABYTE / long["seconds"],
        "MB/s",
        MB_PER_SECOND,
        at_least=True,
    )
    growth = (long["peak"] - short["peak"]) / MEGABYTE
    yield Row("memory that 100 MB take more than 20 MB do", max(growth, 0.0), "MB", GROWTH_MB)
    yield Row("peak memory of the whole process with 100 MB", long["peak"] / MEGABYTE, "MB")


def _written(folder: Path, size: int) -> Path:
    path = folder / f"{size}.log"
    lines = "".join(_RECORD.replace("{{", "{").replace("}}", "}").replace("{number}", str(n)) for n in range(10_000))
    with path.open("w") as file:
        for _ in range(size // len(lines)):
            file.write(lines)
        file.write(_FAILURE)
    return path


def _read_apart(path: Path) -> dict[str, float]:
    run = subprocess.run((sys.executable, "-c", _READ_LOG, path), check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(run.stdout)
    return found


def _hostile() -> Iterator[Row]:
    rules = load()
    worst, slowest = 0.0, ""
    for name, text in HOSTILE.items():
        taken = _timed(partial(_diagnosed, text, rules))
        if taken > worst:
            worst, slowest = taken, name
    yield Row(f"1 MB of hostile text ({slowest})", worst * 1000, "ms", HOSTILE_MS)


def _diagnosed(text: str, rules: Sequence[Rule[Any]]) -> None:
    for failure in read_lines(text.split("\n")):
        diagnose(gather(failure), rules)


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _megabyte(part: str) -> str:
    return part * (MEGABYTE // len(part))


_ERROR = "[2026-11-22T09:41:00.662+0000] {taskinstance.py:3313} ERROR - Task failed with exception\n"
HOSTILE = {
    "one line": _ERROR + "x" * MEGABYTE,
    "one line of spaces": _ERROR + "ValueError:" + " " * MEGABYTE,
    "prefixes in prefixes": _megabyte("[2026-11-22T09:41:00.662+0000] {a.py:1} ERROR - "),
    "tracebacks in tracebacks": _ERROR
    + _megabyte('Traceback (most recent call last):\n  File "/a.py", line 1, in f\n    g()\n'),
    "chained exceptions": _ERROR
    + _megabyte(
        'Traceback (most recent call last):\n  File "/a.py", line 1, in f\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\n'
    ),
    "near-matches of AWS errors": _ERROR
    + "E: "
    + _megabyte("An error occurred (An error occurred (A) when calling the when calling the "),
    "near-matches of hosts": _ERROR
    + "OSError: "
    + _megabyte("host='a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p' failed to resolve 'a.b.c.d connect to a.b.c.d "),
    "near-matches of denials": _ERROR
    + "E: "
    + _megabyte("User: arn:aws:iam::1:user/a is not authorized to perform: on resource: arn:aws:iam "),
    "near-matches of jobs": _ERROR
    + "E: "
    + _megabyte("job run query execution sync workflow state status failed with in job step task "),
    "near-matches of statuses": _ERROR
    + "E: "
    + _megabyte("returned an http status error response code 4 404 (4) Client Err status code was 5 "),
    "near-matches of quotas": _ERROR
    + "E: "
    + _megabyte("exceeded over the a b c reached maximum number of quota has been limit "),
    "open braces": _ERROR + "[" * MEGABYTE,
    "JSON that never ends": '{"event": "Task failed with exception", "level": "error", "error_detail": '
    + "[" * MEGABYTE,
    "pip's words": _megabyte(
        "[INFO] - ERROR: Cannot install a==1 and b==2 because these package versions have conflicting dependencies.\n"
    ),
    "nothing but markers": _megabyte("ERROR\n"),
    "nothing but braces": _ERROR + _megabyte('{"\n'),
    "nothing but names of secrets": _ERROR + "E: " + _megabyte("host key\n"),
    "quotes": _ERROR + "E: " + _megabyte("'\"`'\"` isn't defined The conn_id ' Variable "),
}
