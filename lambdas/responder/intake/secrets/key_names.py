"""What a name says of the value behind it."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from responder.intake.secrets.names import (
    CODE_WORDS,
    CODES,
    FOREIGN,
    INNOCENT_KEYS,
    PASSWORDS,
    QUALIFIERS,
    STRONG,
    WEAK,
    WHOLE,
    WHOLE_WORDS,
)

_PASSWORDS = (*PASSWORDS, *FOREIGN)
_TOLD = (*_PASSWORDS, *CODE_WORDS, "token", "key", "secret", "code")
_SEPARATORS = str.maketrans("-. ", "___")
_MOST_QUALIFIERS = 3


class Kind(Enum):
    """From what is a secret in any case to what is none."""

    STRONG = 1  # a secret whatever it looks like
    WEAK = 2  # a secret if it looks random
    CODE = 3  # a secret if it looks random, or is a number
    COOKIE = 4  # the rest of the line
    INNOCENT = 5


VALUED = frozenset({Kind.STRONG, Kind.WEAK, Kind.CODE})  # those whose value is one word or text


@lru_cache(maxsize=4096)  # names, never values; a log has few
def kind_of(key: str) -> Kind:
    """By the last words of a lower-cased name; words like `prod` and numbers behind them change nothing."""
    words = [word for word in key.translate(_SEPARATORS).split("_") if word]
    for _ in range(_MOST_QUALIFIERS):
        kind = _of_words(words)
        if kind is not Kind.INNOCENT or len(words) <= 1 or not (words[-1] in QUALIFIERS or words[-1].isdigit()):
            return kind
        words.pop()
    return Kind.INNOCENT


@lru_cache(maxsize=4096)
def kind_of_two(before: str, key: str) -> Kind:
    """Of a name in prose, `API key`: those have values that are words, so that one has to look random."""
    return Kind.INNOCENT if kind_of(f"{before}_{key}") is Kind.INNOCENT else Kind.WEAK


@lru_cache(maxsize=4096)
def is_password(key: str) -> bool:
    """A word for password and nothing behind it: prose tells one without a mark between, `password hunter2`."""
    return key.endswith(_PASSWORDS)


@lru_cache(maxsize=4096)
def is_told(key: str) -> bool:
    """Whether prose names the value without a mark between, `token 3f…`: `session 3f…` is an id."""
    return key.endswith(_TOLD)


def _of_words(words: list[str]) -> Kind:
    whole = "".join(filter(str.isalnum, "".join(words)))
    name = whole.rstrip("0123456789") or whole
    if name.endswith(CODES) or (words and words[-1] in CODE_WORDS):
        return Kind.CODE
    if name in WHOLE or (words and words[-1] in WHOLE_WORDS):
        return Kind.WEAK
    if name.endswith(INNOCENT_KEYS):
        return Kind.INNOCENT
    if name.endswith("cookie"):
        return Kind.COOKIE
    if name.endswith(STRONG) or whole.endswith(STRONG):
        return Kind.STRONG
    return Kind.WEAK if name.endswith(WEAK) or name.removesuffix("s").endswith(STRONG) else Kind.INNOCENT
