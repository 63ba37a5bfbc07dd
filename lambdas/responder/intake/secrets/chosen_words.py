"""Whether a word looks like a password that a person or a program chose, where only its place speaks for that."""

from __future__ import annotations

from responder.evidence.lazy_pattern import lazy

_SHORTEST, _LONGEST = 6, 128  # characters
# Names and types, in which digits only number: `etl_writer_2`, `ETL2024`, `varchar2`, `eu-west-1`, also of a host or a file.
_NUMBERED = r"(?:[a-z]*\d{0,8}|[A-Z]*\d{0,8})"
_IDENTIFIER = lazy(rf"{_NUMBERED}(?:[_.@/:-]{_NUMBERED}){{0,16}}")
_PLACE = lazy(
    r"/|~|[A-Za-z]:\\|[a-z][a-z0-9+.-]{0,20}:(?://|\w+:)|arn:|\d{4}-\d\d|[\w.+-]{1,64}@[\w-]{1,63}\.|[\w-]{1,63}=[^=]{1,63},"
)
_MIXED = lazy(r"(?=[^\d\s]{0,127}[^\W_])(?=[^\d\s]{0,127}\d|[\w.,:;/-]{0,127}[^\w\s.,:;/-])[^\s\"'`<>(){}\[\]]+")


def looks_chosen(word: str) -> bool:
    """Letters with digits or marks among them in one word, as neither names nor addresses, paths and dates have them."""
    if not _SHORTEST <= len(word) <= _LONGEST or _PLACE.match(word) or _IDENTIFIER.fullmatch(word):
        return False
    return _MIXED.fullmatch(word) is not None
