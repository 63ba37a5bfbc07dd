"""Text without what differs from one occurrence to the next, so that repeats of one problem read the same.

Named patterns as data, the more special first; each has a line that it is for.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 300  # characters; what tells one problem from another stands at the beginning


class Variable(NamedTuple):
    """One kind of thing that differs."""

    name: str
    pattern: re.Pattern[str]


_NUMBERS = frozenset({"number", "digits", "request"})
VARIABLES: tuple[Variable, ...] = (
    # 3f2504e0-4f89-11d3-9a0c-0305e82c3301
    Variable("uuid", re.compile(r"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b")),
    # manual__2026-01-01T00:00:00+00:00, scheduled__2026-01-01T00_00_00_00_00, asset_triggered__2026-…_AbC123xY
    Variable("run", re.compile(r"\b[a-z_]{3,30}__\d{4}-\d\d-\d\d[\w:.+-]{0,60}")),
    # 2026-01-01T00:00:00.123+0000, 2026-01-01 00:00:00,123, 2026/01/01
    Variable(
        "time",
        re.compile(
            r"\b\d{4}[-/]\d\d[-/]\d\d(?:[T_ ]\d\d[:_]?\d\d(?:[:_]?\d\d(?:[.,]\d{1,9})?)?)?(?:Z|[+-]\d\d:?\d\d)?"
        ),
    ),
    # dt=20260101, 20260101T000000
    Variable("day", re.compile(r"(?<!\d)20\d\d[01]\d[0-3]\d(?:[T_-]?\d{4,6}Z?)?(?!\d)")),
    # 10.0.1.23, ip-10-0-1-23
    Variable("address", re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\bip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b")),
    # 0x7f3c2a1b4d60
    Variable("pointer", re.compile(r"\b0x[0-9a-fA-F]{4,16}\b")),
    # jr_0a1b…, application_1700000000000_0001, j-2AXXXXXXGAPLF, s-3ABC…
    Variable("job", re.compile(r"\bjr_[0-9a-f]{16,64}\b|\bapplication_\d{10,16}_\d{1,8}\b|\b[js]-[0-9A-Z]{10,20}\b")),
    # 0123456789abcdef…: commits, digests, container ids
    Variable("hash", re.compile(r"\b(?=[0-9a-f]{0,40}\d)[0-9a-f]{12,64}\b")),
    # Request ID: ABCDEF0123456789
    Variable("request", re.compile(r"\b(?=[A-Z]{0,16}\d)[A-Z0-9]{13,20}\b")),
    # 1234, 1,234, 12.5
    Variable("number", re.compile(r"(?<![\w.])\d[\d,]{0,20}(?:\.\d{1,20})?(?![\w.]*[A-Za-z])")),
    # worker17
    Variable("digits", re.compile(r"(?<=[A-Za-z_-])\d{2,20}\b")),
)


def stable(text: str, *, is_name: bool = False) -> str:
    """The first line, at most `LONGEST` characters, with a `<name>` for everything that differs.

    A number in the name of a thing (`is_name`) tells it from another, as in lake-01 and lake-02.
    """
    line = text.lstrip().split("\n", 1)[0][:LONGEST]
    for name, pattern in VARIABLES:
        if not (is_name and name in _NUMBERS):
            line = pattern.sub(f"<{name}>", line)
    return line.strip()
