"""`mwaa-responder bench`: speed, memory and size, each beside its bar. Figures are of the machine at hand."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Iterable, Iterator, Sequence

from cli import bench_diagnosis, bench_start
from cli.bench_row import TOLERANCE, Row

# Modules with a function rows() of their own
PARTS = ("cli.bench_requirements", "cli.bench_delivery")


def main(argv: Sequence[str]) -> int:
    """Prints the figures as they come; with --strict 1 where a bar is missed by more than the tolerance."""
    parser = argparse.ArgumentParser(prog="mwaa-responder bench", description=__doc__)
    parser.add_argument("--strict", action="store_true", help=f"exit 1 where a bar is missed by over {TOLERANCE:.0%}%")
    arguments = parser.parse_args(argv)
    print(f"{'':52} {'measured':>14}   bar")
    broken = [row for row in _shown(_rows()) if row.broken]
    for row in broken:
        print(f"missed: {row.what}", file=sys.stderr)
    return 1 if broken and arguments.strict else 0


def _rows() -> Iterator[Row]:
    yield from bench_diagnosis.rows()
    yield from bench_start.rows()
    for name in PARTS:
        if importlib.util.find_spec(name):
            yield from importlib.import_module(name).rows()


def _shown(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        print(f"{row.what:52} {_number(row.measured):>8} {row.unit:<5}   {_bar(row)}", flush=True)
        yield row


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three digits are enough to compare


def _bar(row: Row) -> str:
    if row.bar is None:
        return ""
    return f"{'≥' if row.at_least else '≤'} {_number(row.bar)} {row.unit}{'' if row.excess <= 0 else '  MISSED'}"
