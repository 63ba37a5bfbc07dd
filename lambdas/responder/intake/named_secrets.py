r"""Finds secrets by the name before them: `password=x`, `"token": "x"`, `--api-key x`, `('Authorization', 'Basic x')`.

Works on text as logs hold it: JSON, Python's repr, YAML, command lines, headers, JSON inside JSON (`\"password\": \"x\"`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from responder.intake.secret_kinds import EMPTY_VALUES, INNOCENT_KEYS, KEY_HINTS, STRONG, WEAK

Span = tuple[int, int]


class Kind(Enum):
    """What a name says of its value."""

    STRONG = 1  # a secret whatever it looks like
    WEAK = 2  # a secret if it looks random
    COOKIE = 3  # the rest of the line
    INNOCENT = 4


_LONGEST_KEY = 64  # characters before the hint; AIRFLOW__SECRETS__BACKEND_KWARGS and the like are well below it
_LONGEST_VALUE = 4096  # characters; AWS session tokens reach about 2,000
_SHORTEST_WEAK = 8  # characters; `token: eof` is no token
_UUID_LENGTH = 36
_LONGEST_COUNT = 4  # digits
_KEY_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789_-."

# A key and what follows it: `password": `, `password = `, `password=>`, `password>`, `password', '`, `password%3D`.
_KEY = re.compile(
    rf"""(?P<key>(?:{"|".join(KEY_HINTS)})[\w.-]{{0,10}}+)"""
    r"""(?:(?:\\{0,6}["'])?\s{0,3}(?P<mark>=>|:=|[:=]{1,2}|>|%3[da])\s{0,3}|\\{0,6}["'](?P<pair>,)\s?(?=["']))"""
)
_OPTION = re.compile(r"(?<=[\s\"'])--?[a-z][\w-]{1,60}(?:[ ]|[\"'](?P<pair>,)\s?(?=[\"']))")
_OPENING = re.compile(r"""[bBrRuUfF]?(\\{0,6})(["'])""")
# An unquoted value ends at a blank, a quote, an escape, or at a mark behind which the next thing begins.
_BARE_CHARACTER = r"""(?:[^\s"'<>\\,;&)}\]]|[,;&](?![\s"'{\[]|[\w-]{1,40}=|$)|[)}\]](?![\s,;.:)}\]"'\\]|$))"""
_HEAD = 128  # characters by which a value is judged
_BARE_HEAD = re.compile(_BARE_CHARACTER + f"{{1,{_HEAD}}}")
_BARE = re.compile(_BARE_CHARACTER + f"{{1,{_LONGEST_VALUE}}}")
_SCHEME = re.compile(r"(?:Bearer|Basic|Token|Negotiate|Digest|ApiKey|Snowflake)\s", re.IGNORECASE)
_COOKIES = re.compile(r"""\\{0,6}["']?([^\r\n\\"']{1,4096})""")
_TEMPLATE = re.compile(r"\$\{|\$[A-Z_]+$|\{|%\(|%s|<|\[|\(|\*\*\*|\.\.\.|…")
_CODE = re.compile(r"[A-Za-z_][\w.]{0,100}[(\[]")
_NAME = re.compile(r"[a-z_]{1,40}(?:\.[a-z_]{1,40}){0,4}")
_RANDOM = re.compile(r"\d|[a-z][A-Z]|[^\w.,:;!?-]")
_HEX = re.compile(r"[0-9a-fA-F-]+")
_MORE_PROSE = re.compile(r"[.,:;!?]?[ ][A-Za-z(]")


def named_secrets(text: str) -> Iterator[Span]:
    """Where the values of names like `password` stand."""
    low = text.lower()
    if len(low) != len(text):  # a few letters grow when lowered; positions must agree
        low = "".join(each.lower() if each.isascii() else "?" for each in text)
    done = 0
    for found in _KEY.finditer(low):
        start = _key_start(low, found.start())
        if start >= done and (not found["pair"] or low[max(0, start - 2) : start].startswith("(")):
            span = _value(text, low[start : found.end("key")], start, found.end())
            if span:
                yield span
                done = span[1]
    done = 0
    for found in _OPTION.finditer(low):
        span = _value(text, found[0].rstrip(" ,\"'"), found.start(), found.end()) if found.start() >= done else None
        if span:
            yield span
            done = span[1]


def is_placeholder(value: str) -> bool:
    """Nothing, a template or a word like None stands where the secret would."""
    return not value or _TEMPLATE.match(value) is not None or value[:_HEAD].lower().strip(".,:;!?") in EMPTY_VALUES


def _key_start(low: str, at: int) -> int:
    before = low[max(0, at - _LONGEST_KEY) : at]
    return at - (len(before) - len(before.rstrip(_KEY_CHARS)))


def _value(text: str, key: str, start: int, at: int) -> Span | None:
    """Where the value behind a key stands, if the key's name makes it a secret."""
    kind = _kind(key)
    if kind is Kind.INNOCENT or _in_arn(text, start):
        return None
    if kind is Kind.COOKIE:
        found = _COOKIES.match(text, at)
        return found.span(1) if found and not is_placeholder(found[1]) else None
    opening = _OPENING.match(text, at)
    if opening:
        first, last = opening.end(), _closing(text, opening)
    else:
        first, last = _bare(text, at)
    fits = _is_secret(text[first:last], strong=kind is Kind.STRONG) and (opening or _is_literal(text, first, last))
    return (first, last) if fits else None


@lru_cache(maxsize=4096)  # names, never values; a log has few
def _kind(key: str) -> Kind:
    name = "".join(filter(str.isalnum, key))
    if name.endswith(INNOCENT_KEYS):
        return Kind.INNOCENT
    if name.endswith("cookie"):
        return Kind.COOKIE
    if name.endswith(STRONG):
        return Kind.STRONG
    return Kind.WEAK if name.endswith(WEAK) else Kind.INNOCENT


def _in_arn(text: str, start: int) -> bool:
    """`arn:aws:secretsmanager:eu-west-1:123456789012:secret:name` names a secret and is none."""
    return text[start - 1 : start] == ":" and "arn:aws" in text[max(0, start - 120) : start]


def _bare(text: str, at: int) -> Span:
    """The unquoted value at this place; its whole length is only measured where it is long."""
    scheme = _SCHEME.match(text, at)
    first = scheme.end() if scheme else at
    found = _BARE_HEAD.match(text, first)
    if found and found.end() - first == _HEAD and _RANDOM.search(found[0]):
        found = _BARE.match(text, first)
    return (first, found.end() if found else first)


def _closing(text: str, opening: re.Match[str]) -> int:
    """Where the quoted value ends: at the same quote with no more backslashes than the opening one, else with the line."""
    limit = min(len(text), opening.end() + _LONGEST_VALUE)
    at = text.find(opening[2], opening.end(), limit)
    while at >= 0:
        window = text[max(opening.end(), at - 8) : at]
        slashes = len(window) - len(window.rstrip("\\"))
        if slashes <= len(opening[1]):
            return at - slashes
        at = text.find(opening[2], at + 1, limit)
    line_end = text.find("\n", opening.end(), limit)
    return line_end if line_end >= 0 else limit


def _is_secret(value: str, *, strong: bool) -> bool:
    if is_placeholder(value):
        return False
    return strong or (len(value) >= _SHORTEST_WEAK and _RANDOM.search(value) is not None and not _is_identifier(value))


def _is_identifier(value: str) -> bool:
    """An ARN, a path, a UUID or a number: what `secret:` and `token:` also stand before."""
    return (
        value.startswith(("arn:", "/", "s3://"))
        or "/" in value
        or value.isdigit()
        or (len(value) == _UUID_LENGTH and _HEX.fullmatch(value) is not None)
    )


def _is_literal(text: str, start: int, end: int) -> bool:
    """False for code (`password=conn.password`, `token=get()`) and for a sentence (`password: must have`)."""
    value = text[start:end]
    if _CODE.match(text, start) or (_NAME.fullmatch(value) and _speaks_of_secrets(value)):
        return False
    if value.isdigit() and len(value) <= _LONGEST_COUNT:  # "PASS=12" of a test run
        return False
    prose = text[start - 1 : start] == " " and value.strip(".,:;!?").isalpha()
    return not (prose and _MORE_PROSE.match(text, end))


def _speaks_of_secrets(name: str) -> bool:
    return "." in name or any(word.endswith(STRONG) or word in WEAK for word in name.split("_"))
