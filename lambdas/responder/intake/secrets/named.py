r"""Finds secrets by the name before them: `password=x`, `"token": "x"`, `--api-key x`, `('Authorization', 'Basic x')`.

Works on text as logs hold it: JSON, Python's repr, YAML, command lines, headers, JSON inside JSON (`\"password\": \"x\"`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from responder.evidence.lazy_pattern import lazy
from responder.intake.secrets.command_lines import BEFORE_OPTIONS
from responder.intake.secrets.key_names import Kind, is_password, is_told, kind_of, kind_of_two
from responder.intake.secrets.names import (
    FOREIGN_HINTS,
    FOREIGN_HINTS_BEYOND_ASCII,
    FOREIGN_HINTS_ESCAPED,
    FOREIGN_PATTERNS,
    KEY_HINTS,
)
from responder.intake.secrets.quotation import QUOTE
from responder.intake.secrets.span import Span
from responder.intake.secrets.tables import secrets_of_table
from responder.intake.secrets.two_fields import values_of_names
from responder.intake.secrets.values import is_code, is_placeholder, is_said, is_secret, scheme_end, value_at

_LONGEST_KEY = 64  # characters before the hint; AIRFLOW__SECRETS__BACKEND_KWARGS and the like are well below it
_KEY_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789_-."
_ARN_AROUND = 120  # characters before a name in which its ARN begins
_WORD_BEFORE = 16  # characters before a name for another word of it
_QUOTE_BEFORE = 40  # characters before a name in which its quotation mark stands

# What follows a name: `": `, ` = `, `=>`, `'] = `, `%3D`, `: str = `; `>`; `', '` in a pair; behind an option and in prose a blank.
_BLANKS = r"[ \t]{0,40}"
_MARK = r"=>|!=|=&gt;|:=|[:=]{1,2}|(?<=[ ])->(?=[ ])|：|＝|\\{1,32}uff1a|%(?:25)?3[da]"
_FOLLOWS = (
    rf"(?:(?P<quoted>{QUOTE}\]?)?(?:"
    rf"[ ]?(?P<typed>:)[ ]?[a-z][\w.\[\] |]{{0,40}}[ ]=[ ](?=[bruf]?{QUOTE})"
    rf"|{_BLANKS}(?P<mark>{_MARK}){_BLANKS}(?:\n{_BLANKS}(?={QUOTE})|\\{{1,32}}n[ ]{{1,40}}(?=\\))?"
    r"|(?P<tag>>|&gt;)(?=\S))"
    rf"|{QUOTE}(?P<pair>,)\s?(?=b?{QUOTE})"
    rf"|(?P<cell>(?=\\{{0,32}}[\"'`]?(?:[|│┆,;\r\n]|\\{{1,32}}[nt]|$)))"
    r"|(?P<said>(?:[^\S\r\n]|\\{1,32}t)(?:(?:is|was)\s)?))"
)
_KEY = lazy(rf"(?P<key>(?:{'|'.join(KEY_HINTS)})[\w.-]{{0,16}}+){_FOLLOWS}")
_FOREIGN = lazy(rf"(?P<key>(?:{'|'.join(FOREIGN_PATTERNS)})[\w.-]{{0,16}}+){_FOLLOWS}")
_TOLD = lazy(r"['\"]|[^\s'\"]{0,24}\d")  # a value in prose
_OPENED = lazy(rf"(?P<bracket>[(\[])\s?b?{QUOTE}$")
_COOKIES = lazy(rf"(?:{QUOTE})?([^\r\n\\\"']{{1,4096}})")
_WORD = lazy(r"(?<![a-z0-9_.-])[a-z]{2,12}[ ]$")


class _Named(NamedTuple):
    """A name, and what stands between it and its value."""

    key: str
    start: int
    at: int
    mark: str | None
    quoted: bool
    kind: Kind
    said: str  # in prose: "" for none, else what stands between


def named_secrets(text: str, low: str) -> Iterator[Span]:
    """Where the values of names like `password` stand. `low` is the text in lower case, as long as it."""
    yield from values_of_names(text, low)
    yield from _values(text, low, _KEY.finditer(low))
    if _is_foreign(low):
        yield from _values(text, low, _FOREIGN.finditer(low))


def _is_foreign(low: str) -> bool:
    """Most texts are of ASCII and have few escapes, so that most words need not be looked for."""
    return (
        any(hint in low for hint in FOREIGN_HINTS)
        or (not low.isascii() and any(hint in low for hint in FOREIGN_HINTS_BEYOND_ASCII))
        or ("\\u" in low and any(hint in low for hint in FOREIGN_HINTS_ESCAPED))
    )


def lowered(text: str) -> str:
    """In lower case and of the same length: a few letters grow when lowered, and positions must agree."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(each.lower() if len(each.lower()) == 1 else "?" for each in text)


def _values(text: str, low: str, keys: Iterator[re.Match[str]]) -> Iterator[Span]:
    done = table = 0
    for found in keys:
        start = _key_start(low, found.start())
        if found["mark"] is None and start >= table:
            cells, table = secrets_of_table(text, low, start, found.end("key"))
            yield from cells
        if (
            start < done
            or found["cell"] is not None
            or (found["said"] and low[start] != "-" and not _TOLD.match(low, found.end()))
        ):
            continue
        span = _value(text, low, _named(low, found, start))
        if span:
            yield span
            done = span[1]


def _key_start(low: str, at: int) -> int:
    before = low[max(0, at - _LONGEST_KEY) : at]
    return at - (len(before) - len(before.rstrip(_KEY_CHARS)))


def _named(low: str, found: re.Match[str], start: int) -> _Named:
    key = low[start : found.end("key")]
    kind = kind_of(key)
    if kind is Kind.INNOCENT:
        word = _WORD.search(low, max(0, start - _WORD_BEFORE), start)
        kind = kind_of_two(word[0].strip(), key) if word else kind
    is_option = key.startswith("-") and (not start or low[start - 1] in BEFORE_OPTIONS)
    if found["pair"] and kind is not Kind.INNOCENT and not is_option:
        opened = _OPENED.search(low, max(0, start - _QUOTE_BEFORE), start)
        kind = Kind.INNOCENT if opened is None else kind if opened["bracket"] == "(" else Kind.WEAK
    mark = found["typed"] or found["mark"] or found["tag"]
    said = "" if is_option else found["said"] or ""
    return _Named(key, start, found.end(), mark, bool(found["quoted"]), kind, said)


def _value(text: str, low: str, named: _Named) -> Span | None:
    """Where the value behind a name stands, if both make it a secret."""
    if named.kind is Kind.INNOCENT or _in_arn(text, named.start):
        return None
    if named.said and not is_told(named.key):
        return None
    if named.kind is Kind.COOKIE:
        found = None if named.said or named.mark == "!=" else _COOKIES.match(low, named.at)
        return found.span(1) if found and not is_placeholder(text[found.start(1) : found.end(1)]) else None
    at = scheme_end(low, named.at, known=not named.key.endswith("authorization"))
    value = value_at(text, low, at, named.mark, name_is_quoted=named.quoted)
    if value is None or _is_usage(low, named) or _is_folder(text, named, value.start):
        return None
    if named.said:
        verb = len(named.said) > len(" ")
        fits = is_said(text, value, password=is_password(named.key), verb=verb)
        fits = fits or (verb and named.kind is Kind.CODE and is_code(text[value.start : value.end]))
    else:
        fits = is_secret(text, value, named.kind)
    return (value.start, value.end) if fits else None


def _in_arn(text: str, start: int) -> bool:
    """`arn:aws:secretsmanager:eu-west-1:123456789012:secret:name` names a secret and is none."""
    return text[start - 1 : start] == ":" and "arn:aws" in text[max(0, start - _ARN_AROUND) : start]


def _is_usage(low: str, named: _Named) -> bool:
    """`[--password=name]` explains a program."""
    return low[named.start - 1 : named.start] == "[" and named.key.startswith("-")


def _is_folder(text: str, named: _Named, at: int) -> bool:
    """A shell's `PWD` is where it works."""
    return named.key.rpartition("_")[2] in {"pwd", "oldpwd"} and text[at : at + 1] in {"/", "~"}
