"""`mwaa-responder faults`: the fault matrix, in the sandbox, with the real bundle under Lambda's own runtime client."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from cli.faults.rows import Row, rows
from cli.faults.trial import Count, assembly, prepare, run
from cli.sandbox.sandbox import Sandbox

_WIDTH = 58


def main(argv: Sequence[str]) -> int:
    """Prints a line a row. 1 if a message was lost, or came twice where nothing admits it."""
    parser = argparse.ArgumentParser(prog="mwaa-responder faults", description=__doc__)
    parser.add_argument("--only", metavar="WORDS", default="", help="rows in whose name these words stand")
    parser.add_argument("--part", type=_part, default="1/1", help="every nth row: 1/2 and 2/2 can run side by side")
    arguments = parser.parse_args(argv)
    chosen = [row for row in rows() if arguments.only in row.what][arguments.part]
    if not chosen:
        parser.error("no row is left; without --only all are played")
    print(f"{'':{_WIDTH}} expected  sent  lost  doubled  seconds")
    counts = counted(chosen)
    print(summary(counts))
    return 0 if all(count.as_promised for count in counts) else 1


def counted(chosen: Sequence[Row]) -> Sequence[Count]:
    """Runs the rows in one sandbox, one after the other."""
    with TemporaryDirectory() as folder, Sandbox() as aws:
        stack, diagnosed = prepare(aws, assembly(Path(folder)))
        return [_shown(run(aws, stack, diagnosed, row, number)) for number, row in enumerate(chosen)]


def _part(text: str) -> slice:
    """The rows that "2/3" stands for: the second, the fifth … Raises ArgumentTypeError."""
    part = re.fullmatch(r"([1-9]\d?)/([1-9]\d?)", text)
    if part is None or int(part[1]) > int(part[2]):
        raise argparse.ArgumentTypeError(f"{text} is not a part such as 1/2")
    return slice(int(part[1]) - 1, None, int(part[2]))


def _shown(count: Count) -> Count:
    mark = "" if count.as_promised else "  BROKEN PROMISE" if count.happened else "  the fault did not strike"
    admitted = " (admitted)" if count.doubled and count.admitted else ""
    figures = f"{count.expected:8} {count.sent:5} {count.lost:5} {count.doubled:8} {count.seconds:8.0f}"
    print(f"{count.row.what:{_WIDTH}} {figures}{admitted}{mark}", flush=True)
    return count


def summary(counts: Sequence[Count]) -> str:
    """All rows together."""
    expected, sent, lost, doubled = (
        sum(each) for each in zip(*((c.expected, c.sent, c.lost, c.doubled) for c in counts), strict=True)
    )
    admitted = sum(count.doubled for count in counts if count.admitted)
    return (
        f"{len(counts)} rows: {expected} messages expected, {sent} sent, {lost} lost, {doubled} doubled, "
        f"{admitted} of them admitted"
    )
