r"""The lines of a printed table, as a log holds them: as they are, each behind a record's head, or in JSON with `\n` for their ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from responder.evidence.lazy_pattern import lazy
from responder.intake.secrets.quotation import MOST_SLASHES
from responder.intake.secrets.span import Span

_LONGEST_LINE = 2_000  # characters
_MOST_ROWS = 2_000
_BEFORE_HEAD = 6  # characters that tell one field of a record from another: `"event": "`

_BREAK = lazy(r"\r?\n|\\{1,32}n")
_HEADS = ('": "', '":"', "': '", "info - ", "warning - ", "error - ", "debug - ")  # of a record, before its text


class Lines(NamedTuple):
    """One line, and what those behind it have in common with it."""

    first: Span  # the text of it
    rest: int  # where the line behind it begins
    line_break: str
    head: str  # stands before the text of each
    tail: re.Pattern[str] | None  # and behind it


def lines_from(low: str, start: int, end: int) -> Lines | None:
    """Those from the one on in which this name stands; none where it is longer than those of tables."""
    begin = _line_start(low, start)
    if begin < 0:
        return None
    ends = _BREAK.search(low, end, end + _LONGEST_LINE)
    line_break = ends[0] if ends else "\n"
    head, at = max(((head, low.rfind(head, begin, start)) for head in _HEADS), key=itemgetter(1))
    depth = max(line_break.count("\\"), _slashes(low, begin), at >= 0 and head[-1] in "\"'")
    tail = _tail(depth) if depth else None
    first = at + len(head) if at >= 0 else begin
    stop = ends.start() if ends else len(low)
    line = first, _text_end(low, tail, first, stop)
    same = low[max(begin, at - _BEFORE_HEAD) : first] if at >= 0 else ""
    return Lines(line, ends.end() if ends else len(low), line_break, same, tail)


def rows_of(low: str, lines: Lines, seen: list[Span]) -> Iterator[Span]:
    """The texts of the lines behind the first; each is noted where it is asked for the one behind it."""
    at = lines.rest
    for _ in range(_MOST_ROWS):
        if at >= len(low):
            return
        end = low.find(lines.line_break, at, at + _LONGEST_LINE)
        stop = end if end >= 0 else min(len(low), at + _LONGEST_LINE)
        head = low.find(lines.head, at, stop) if lines.head else -1
        begin = head + len(lines.head) if head >= 0 else at
        row = begin, _text_end(low, lines.tail, begin, stop)
        yield row
        seen.append(row)
        if end < 0 or ("\\" in lines.line_break and row[1] < stop):  # the text of JSON ends here
            return
        at = end + len(lines.line_break)


def _line_start(low: str, at: int) -> int:
    """Or -1."""
    first = max(0, at - _LONGEST_LINE)
    ends = [found + len(each) for each in ("\n", "\\n") if (found := low.rfind(each, first, at)) >= 0]
    return max(ends, default=-1 if first else 0)


def _slashes(low: str, begin: int) -> int:
    """Of the line's end before this line, if it is an escaped one."""
    before = low[max(0, begin - MOST_SLASHES) : max(0, begin - 1)]
    return len(before) - len(before.rstrip("\\"))


@cache
def _tail(depth: int) -> re.Pattern[str]:
    """The quotation mark at the end of a text of JSON, and not one within: it has a backslash less than a line's end."""
    return re.compile(rf"(?<!\\)\\{{0,{depth - 1}}}['\"][ ]?(?:[,}}\])]|$)")


def _text_end(low: str, tail: re.Pattern[str] | None, begin: int, end: int) -> int:
    found = tail.search(low, begin, end) if tail else None
    return found.start() if found else end
