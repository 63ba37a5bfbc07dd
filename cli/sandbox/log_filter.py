"""CloudWatch Logs filter patterns: terms, and comparisons in JSON events.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache

from cli.sandbox.log_filter_json import compile_json
from cli.sandbox.log_filter_syntax import BadPattern

Matches = Callable[[str], bool]

TERM = re.compile(r'\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]+)%|([^\s"%]+))')
LONGEST_PATTERN = 1024


@lru_cache(maxsize=256)
def compile_filter(pattern: str) -> Matches:
    """Whether a message is wanted. Raises BadPattern for what CloudWatch would refuse."""
    if len(pattern) > LONGEST_PATTERN:
        raise BadPattern(f"a filter pattern has at most {LONGEST_PATTERN} characters, this one {len(pattern)}")
    text = pattern.strip()
    if text in {"", '""', '" "'}:
        return lambda _: True
    if text.startswith("{"):
        in_json = compile_json(text)
        return lambda message: _in_json(in_json, message)
    if text.startswith("["):
        raise BadPattern("patterns of space-delimited fields are not known here")
    return _terms(text)


def _in_json(wanted: Callable[[object], bool], message: str) -> bool:
    try:
        value = json.loads(message)
    except ValueError:
        return False
    return isinstance(value, dict | list) and wanted(value)


def _terms(text: str) -> Matches:
    plain: list[Matches] = []
    optional: list[Matches] = []
    excluded: list[Matches] = []
    at = 0
    while at < len(text):
        found = TERM.match(text, at)
        if found is None:
            raise BadPattern(f"cannot read the pattern from {text[at:]!r} on")
        {"": plain, "?": optional, "-": excluded}[found[1]].append(_term(found))
        at = found.end()
    if optional and not plain and not excluded:
        return lambda message: any(fits(message) for fits in optional)
    # Beside plain or excluded terms, CloudWatch ignores those with a question mark.
    return lambda message: all(fits(message) for fits in plain) and not any(fits(message) for fits in excluded)


def _term(found: re.Match[str]) -> Matches:
    if found[3] is not None:
        expression = re.compile(found[3])
        return lambda message: expression.search(message) is not None
    word = found[4] if found[2] is None else re.sub(r"\\(.)", r"\1", found[2])
    if found[2] is None and not re.fullmatch(r"\w+", word):
        raise BadPattern(f"the term {word!r} has to be in quotes")
    return lambda message: word in message
