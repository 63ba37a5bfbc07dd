r"""Quotation marks as logs hold them: plain, behind the backslashes of JSON in JSON, as entities of HTML, in an address.

Everything here works on lower-cased text.
"""

from __future__ import annotations

import re

from responder.evidence.lazy_pattern import lazy

MOST_SLASHES = 32  # JSON five times inside JSON
_PLAIN = r"""["'“”„‘’`]"""
_NAMED = r"(?<=\\)(?:u0022|u0027|u201[89cde]|x2[27])"  # JSON's and Python's escapes
_ENTITY = r"&(?:amp;){0,2}(?:quot|apos|#0?39|#x27|#34|#x22);"
_PERCENT = r"%(?:25)?2[27]"
_SLASHES = rf"\\{{0,{MOST_SLASHES}}}"

QUOTE = rf"(?:{_SLASHES}(?:{_PLAIN}|{_NAMED}|{_ENTITY})|{_PERCENT})"
# What may stand between a name and a value's opening mark: the `b` of bytes, a blank as an address writes it.
OPENING = lazy(rf"(?:[bruf]{{1,2}}|\+|%20)?(?P<slashes>{_SLASHES})(?P<mark>{_PLAIN}|{_NAMED}|{_ENTITY}|{_PERCENT})")
_CLOSES = {"“": "”", "„": "“", "‘": "’", "u201c": "u201d", "u201e": "u201c", "u2018": "u2019"}
# A mark before one of these ends a text (`'if not token:'}`), it does not begin one.
AFTER_CLOSING = frozenset(" \t\r\n,;:)}]")


def closing(low: str, opening: re.Match[str], most: int) -> int:
    """Where the quoted text ends: at the same mark with no more backslashes than the opening one, else with the line."""
    begin, mark = opening.end(), _CLOSES.get(opening["mark"], opening["mark"])
    limit = min(len(low), begin + most)
    at = low.find(mark, begin, limit)
    while at >= 0:
        window = low[max(begin, at - MOST_SLASHES) : at]
        slashes = len(window) - len(window.rstrip("\\"))
        if slashes <= len(opening["slashes"]):
            return at - slashes
        at = low.find(mark, at + 1, limit)
    line_end = low.find("\n", begin, limit)
    return line_end if line_end >= 0 else limit
