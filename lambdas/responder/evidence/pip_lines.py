"""pip's lines as pip printed them, out of what MWAA and Airflow put before them.

[INFO] - ERROR: No matching distribution found for pandas==9
[2026-11-22T09:44:28.027+0000] {subprocess.py:106} INFO - ERROR: No matching distribution found for pandas==9
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from responder.evidence.lazy_pattern import lazy

MOST_LINES = 6_000  # of one report; a failed build of a large package prints about 2,000
LINE_LIMIT = 4_000  # characters; only the list of known versions is longer, and its end tells nothing

ANSI = re.compile(r"\x1b\[[0-9;]{0,12}[A-Za-z]")
PREFIXES = (
    # 2024-05-10T12:00:00.123Z and the like, as some exports of CloudWatch put before each event
    lazy(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]{0,10}(?:Z|[+-]\d\d:?\d\d)?[ \t]"),
    # Airflow 2: a child process's output in a task's log; MWAA doubles the braces
    lazy(r"\[\d{4}-\d\d-\d\d[^\]\n]{5,30}\] \{{1,2}[^}\n]{1,80}\}{1,2} [A-Z]{4,8} - "),
    # MWAA: the component's own level
    lazy(r"\[(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\] - "),
)


def pip_lines(texts: Iterable[str]) -> tuple[str, ...]:
    """One entry a line, without colours and prefixes, indentation kept, bounded."""
    return tuple(_bounded(line for text in texts for line in text.splitlines() or [""]))


def _bounded(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number >= MOST_LINES:
            return
        yield bare(line[:LINE_LIMIT])


def bare(line: str) -> str:
    """One line without what was put before it."""
    plain = ANSI.sub("", line) if "\x1b" in line else line
    for prefix in PREFIXES:
        if match := prefix.match(plain):
            plain = plain[match.end() :]
    return plain.rstrip()
