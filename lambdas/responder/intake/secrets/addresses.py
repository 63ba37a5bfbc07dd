"""Finds passwords in addresses: `scheme://user:password@host`."""

from __future__ import annotations

from collections.abc import Iterator

from responder.evidence.lazy_pattern import lazy
from responder.intake.secrets.span import Span
from responder.intake.secrets.values import is_placeholder

_AUTHORITY = lazy(r"[^\s/?#\"'<>\\]{0,2048}")
_ADDRESS_REST = lazy(r"[^\s\"'<>\\]{0,256}")
_HEX_USER = lazy(r"[0-9a-f]{32,128}")
_USER_ALONE = lazy(r"(?=[^@]{0,64}\d)[A-Za-z0-9_-]{20,512}")


def passwords_in_addresses(text: str) -> Iterator[Span]:
    """Where they stand; also such with an unescaped slash, as generators make them."""
    at = text.find("://")
    while at >= 0:
        begin, end = at + 3, _address_end(text, at + 3)
        user, colon, _ = text[begin:end].partition(":")
        host = text.rfind("@", begin, end)
        if host >= 0 and colon and "@" not in user:
            if _HEX_USER.fullmatch(user):  # a key of two halves, as Sentry's of old
                yield begin, begin + len(user)
            yield from _unless_placeholder(text, begin + len(user) + 1, host)
        elif host >= 0 and _USER_ALONE.fullmatch(text[begin:host]):
            yield begin, host
        elif host < 0 and end == len(text) and colon and not text[begin + len(user) + 1 : end][:1].isdigit():
            yield from _unless_placeholder(text, begin + len(user) + 1, end)  # cut off before its host
        at = text.find("://", end)


def _address_end(text: str, begin: int) -> int:
    """The end of `user:password@host:port`; a colon before a non-digit and no `@` so far: the password has a slash."""
    found = _AUTHORITY.match(text, begin)
    end = found.end() if found else begin
    _, colon, rest = text[begin:end].partition(":")
    if colon and "@" not in text[begin:end] and not rest.isdigit():
        longer = _ADDRESS_REST.match(text, end)
        return longer.end() if longer else end
    return end


def _unless_placeholder(text: str, start: int, end: int) -> Iterator[Span]:
    if not is_placeholder(text[start:end]):
        yield start, end
