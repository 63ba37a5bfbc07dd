"""Finds secrets in printed tables: under a column's name, or beside a name in a table of names and values.

So databases, pandas, Spark, Airflow's own commands and CSV print them: with bars, tabs, commas or two blanks between
cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import pairwise

from responder.evidence.lazy_pattern import lazy
from responder.intake.secrets.chosen_words import looks_chosen
from responder.intake.secrets.key_names import VALUED, Kind, is_password, kind_of
from responder.intake.secrets.span import Span
from responder.intake.secrets.table_lines import lines_from, rows_of
from responder.intake.secrets.values import Value, is_placeholder, is_said, is_secret

_MOST_IN_DOUBT = 5  # rows of what may be no table
_LONGEST_NAME = 60  # characters of a column's
_SHORTEST = 4  # characters of a secret
_PAIR = 2  # cells: a name and a value

_BAR = r"[|│┆,;\t]|\\{1,32}(?:t|u250[26])"
_MARKS = "\"'`"
_BORDER = lazy(rf"[ ]{{0,200}}\\{{0,32}}[{_MARKS}]?(?:(?P<bar>{_BAR})|[\r\n}}]|\\{{1,32}}n|$)|[ ]{{2}}")
_BORDER_BEFORE = lazy(rf"(?P<bar>{_BAR})[{_MARKS}\\ ]{{0,100}}$")
_ESCAPES = ("\\n", "\\t")
_BEFORE_A_CELL = frozenset("|│┆,;\t\n \"'`")
_AROUND = f" \r\\│{_MARKS}"  # a cell's text
_GAP = lazy(r"[ ]{2,}")
_HEADING = lazy(rf"[^\W\d][\w .()/#%-]{{0,{_LONGEST_NAME}}}")
_ESCAPED_FRAME = lazy(r"[ ]\\{1,32}u2502$")
_ESCAPED_RULE = lazy(r"\\{1,32}u25[0-9a-f]{2}")
_RULE = lazy(r"[-+|=:─━═┄╌┌┬┐├┼┤└┴┘╞╪╡│┆ ]{3,}")
_NO_SECRET = lazy(r"\d+\.\d|(?:n?var)?char|u?int|float|double|decimal|str|utf|byte|numeric|number|datetime|timestamp")


def secrets_of_table(text: str, low: str, start: int, end: int) -> tuple[tuple[Span, ...], int]:
    """Those of the table in whose first line, or in one of whose lines, this name stands, and how far it was read.

    `low` is the text in lower case, as long as it.
    """
    start += low.startswith(_ESCAPES, max(0, start - 1))
    border = _BORDER.match(low, end) if _may_begin(low, start, end) else None
    lines = lines_from(low, start, end) if border else None
    if not border or not lines:
        return (), end
    line, rows = lines.first, list[Span]()
    bar = _bar(low, border, line, start)
    split = cache(partial(_cells, low, bar))
    found = tuple(_below(text, low, split(line), rows_of(low, lines, rows), split, numbered=not bar))
    if not found:
        beside = [split(each) for each in (line, *rows)]
        pairs = [cells for cells in beside if len(cells) == _PAIR or bar not in {",", ";"}]
        found = tuple(cell for cells in pairs for cell in _beside(text, low, cells))
    return found, max(end, line[1], rows[-1][1] if rows else 0)


def _may_begin(low: str, start: int, end: int) -> bool:
    """Whether a cell of a table can begin or go on here; of two words, `API key`, the second tells nothing."""
    before = low[max(0, start - 2) : start]
    if before[-1:] == " " and before[0].isalnum():
        return True
    return (not before or before[-1] in _BEFORE_A_CELL or before in _ESCAPES) and kind_of(low[start:end]) in VALUED


def _bar(low: str, border: re.Match[str], line: Span, start: int) -> str:
    """What stands between the cells of a line: behind the name or before it; "" for blanks."""
    before = _BORDER_BEFORE.search(low, max(line[0], start - _LONGEST_NAME), start)
    bar = (border["bar"] if border.end() <= line[1] else None) or (before["bar"] if before else "")
    inner = bar.replace("│", "┆").replace("u2502", "u2506")  # of polars: `│` stands only at both ends
    return inner if inner in low[slice(*line)] else bar


def _below(
    text: str, low: str, names: list[Span], rows: Iterator[Span], split: Callable[[Span], list[Span]], *, numbered: bool
) -> Iterator[Span]:
    """The secrets under these names. `numbered`: a row may begin with a number that no name stands over."""
    if numbered and not _is_name(low, names[0]) and not low[slice(*names[0])].isdigit():
        names = names[1:]  # behind what was said before the table
    kinds = {index: kind_of(low[slice(*cell)]) for index, cell in enumerate(names) if _is_name(low, cell)}
    wanted = {index: kind for index, kind in kinds.items() if kind in VALUED}
    others = names if numbered else names[1:]  # before a bar something may be said first
    if not wanted or not all(_is_name(low, cell) for cell in others if cell[0] < cell[1]):
        return
    ruled, doubts = False, 0
    for row in rows:
        if _RULE.fullmatch(_ESCAPED_RULE.compiled.sub("-", low[slice(*row)]).strip()):
            ruled = True
            continue
        cells = split(row)
        more = len(cells) - len(names)
        if not 0 <= more <= numbered or (len(kinds) < _PAIR and not ruled):
            return
        certain = ruled or more > 0
        found = [
            cells[index + more]
            for index, kind in wanted.items()
            if _is_secret(text, cells[index + more], kind, certain=certain)
        ]
        yield from found
        doubts = 0 if found or certain else doubts + 1
        if doubts > _MOST_IN_DOUBT:
            return


def _cells(low: str, bar: str, line: Span) -> list[Span]:
    """Without blanks and quotation marks around them."""
    begin, end = line
    if bar:
        ends = [*_places(low, bar, begin, end), (end, end)]
    else:
        begin += len(low[begin:end]) - len(low[begin:end].lstrip())
        end = begin + len(low[begin:end].rstrip())
        ends = [*(gap.span() for gap in _GAP.finditer(low, begin, end)), (end, end)]
    cells = []
    for stop, following in ends:
        cells.append(_stripped(low, begin, stop))
        begin = following
    return cells


def _places(low: str, bar: str, begin: int, end: int) -> Iterator[Span]:
    at = low.find(bar, begin, end)
    while at >= 0:
        yield at, at + len(bar)
        at = low.find(bar, at + len(bar), end)


def _stripped(low: str, begin: int, end: int) -> Span:
    cell = low[begin:end]
    frame = _ESCAPED_FRAME.search(cell) if "u2502" in cell else None
    cell = cell[: frame.start()] if frame else cell
    left = len(cell) - len(cell.lstrip(_AROUND))
    return begin + left, begin + max(left, len(cell.rstrip(_AROUND)))


def _is_name(low: str, cell: Span) -> bool:
    return cell[1] - cell[0] <= _LONGEST_NAME and _HEADING.fullmatch(low[slice(*cell)]) is not None


def _is_secret(text: str, cell: Span, kind: Kind, *, certain: bool) -> bool:
    said = text[slice(*cell)]
    if len(said) < _SHORTEST or is_placeholder(said):
        return False
    if " " in said or not (certain or looks_chosen(said)):
        return False
    return kind is Kind.STRONG or is_secret(text, Value(*cell, quoted=True), kind)


def _beside(text: str, low: str, cells: list[Span]) -> Iterator[Span]:
    """The values of the names among these cells of a line, each in the cell behind it."""
    for name, value in pairwise(cells):
        said = low[slice(*name)]
        if not (_is_name(low, name) and kind_of(said) in VALUED) or _NO_SECRET.match(low, value[0]):
            continue
        if is_said(text, Value(*value, quoted=False), password=is_password(said), verb=False):
            yield value
