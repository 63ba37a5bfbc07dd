"""Airflow's sentences for a connection or a variable that is defined nowhere."""

from __future__ import annotations

import re

from responder.evidence.lazy_pattern import lazy

_QUOTED = r"[`'\"](?P<{0}>[^`'\"\n]{{1,250}})[`'\"]"
_CONNECTION = lazy(
    rf"(?i)The conn_id {_QUOTED.format('a')} isn't defined|Connection (?:with id )?{_QUOTED.format('b')} (?:is |was )?not (?:found|defined)"
    rf"|CONNECTION_NOT_FOUND: .{{0,20}}'conn_id': {_QUOTED.format('c')}"
)
_VARIABLE = lazy(
    r"\bVariable [`'\"]?(?P<a>[^`'\"\s]{1,250})[`'\"]? (?:does not exist|not found|is not defined)"
    r"|VARIABLE_NOT_FOUND: .{0,20}'key': '(?P<b>[^'\n]{1,250})'"
    r"|'(?:\w{1,60}\.){0,8}VariableAccessor object' has no attribute '(?P<c>[^'\n]{1,250})'"  # {{ var.value.x }}
)


def missing_connection(text: str) -> re.Match[str] | None:
    """The sentence about a connection; `name_in` gives its id."""
    return _CONNECTION.search(text)


def missing_variable(text: str) -> re.Match[str] | None:
    """The sentence about a variable; `name_in` gives its key."""
    return _VARIABLE.search(text)


def name_in(found: re.Match[str]) -> str:
    """The id or key that a sentence names."""
    return str(next(filter(None, found.groups())))
