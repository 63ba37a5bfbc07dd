"""Finds secrets whose name is a value itself: `{"name": "DB_PASSWORD", "value": "x"}`, `<add key="Password" value="x"/>`.

So ECS and Kubernetes write environment variables, SSM its parameters, Hadoop its properties, pydantic what it refuses,
and SQL the rows of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.evidence.lazy_pattern import lazy
from responder.intake.secrets.key_names import VALUED, Kind, kind_of
from responder.intake.secrets.names import KEY_HINTS
from responder.intake.secrets.quotation import QUOTE
from responder.intake.secrets.span import Span
from responder.intake.secrets.values import is_secret, value_at

_NEAR = 160  # characters between a name and its value

_VALUE = lazy(rf"value(?:(?:{QUOTE})?\s{{0,3}}(?P<mark>[:=]|=>)\s{{0,3}}|(?P<tag>>|&gt;)(?=\S))")
_NAMES = lazy(
    rf"(?<![a-z])(?:name|key|id|parameter|variable)(?:(?:{QUOTE})?\s{{0,3}}[:=]\s{{0,3}}(?:{QUOTE})?|>|&gt;)(?P<name>[\w./-]{{2,64}})"
)
_NAME_BEHIND = lazy(
    rf"(?:{QUOTE})?[\s,]{{1,4}}(?:{QUOTE})?(?:name|key)(?:{QUOTE})?\s{{0,3}}[:=]\s{{0,3}}(?:{QUOTE})?(?P<name>[\w./-]{{2,64}})"
)
_FIELD_ABOVE = lazy(r"(?:^|\n|\\n)(?P<name>[\w.]{2,64})(?:\n|\\{1,8}n)[ ]{1,4}[^\n]{0,120}$")  # pydantic's form
_ROW = lazy(r"values\s{0,4}\(\s{0,8}")
_MOST_COLUMNS = 2_048  # characters of their list
_COMMA = lazy(r",\s{0,4}")
_LONGEST_GAP = 40  # characters from a value's end to the next one, with quotation marks


def values_of_names(text: str, low: str) -> Iterator[Span]:
    """Where the values stand. `low` is the text in lower case, as long as it."""
    if "value" not in low:
        return
    for found in _VALUE.finditer(low):
        if low[found.start() - 1 : found.start()].isalpha():
            continue
        value = value_at(text, low, found.end(), found["mark"] or found["tag"], name_is_quoted=True)
        if value:
            kind = _kind_before(low, found.start()) or _kind_behind(low, value.end)
            if kind and is_secret(text, value, kind):
                yield value.start, value.end
    if "values" in low:
        for found in _ROW.finditer(low):
            yield from _cells(text, low, found)


def _kind_before(low: str, at: int) -> Kind | None:
    window = low[max(0, at - _NEAR) : at]
    if not any(hint in window for hint in KEY_HINTS):
        return None
    if "securestring" in window:
        return Kind.STRONG
    names = [found["name"] for found in _NAMES.finditer(window)]
    above = None if names else _FIELD_ABOVE.search(window)
    return _told(names[-1] if names else above["name"] if above else "")


def _kind_behind(low: str, at: int) -> Kind | None:
    found = _NAME_BEHIND.match(low, at)
    return _told(found["name"]) if found else None


def _told(name: str) -> Kind | None:
    kind = kind_of(name.rpartition("/")[2])
    return kind if kind in VALUED else None


def _cells(text: str, low: str, row: re.Match[str]) -> Iterator[Span]:
    """The values of the columns that hold secrets, in the first row of SQL's INSERT."""
    _, opened, columns = (
        low[max(0, row.start() - _MOST_COLUMNS) : row.start()].rstrip().removesuffix(")").rpartition("(")
    )
    kinds = [kind_of(column.strip(" \t\r\n`\"'\\[]")) for column in columns.split(",")] if opened else []
    at = row.end() if VALUED.intersection(kinds) else -1
    for kind in kinds:
        value = value_at(text, low, at, None, name_is_quoted=True) if at >= 0 else None
        if value is None:
            return
        if kind in VALUED and value.quoted and is_secret(text, value, kind):
            yield value.start, value.end
        comma = _COMMA.search(low, value.end, value.end + _LONGEST_GAP)
        at = comma.end() if comma else -1
