"""Takes secrets out of a text, at the door: nothing behind it may log, store, ask or send what is removed here.

A secret gives itself away by the name before it (`password=`, see `secrets/named.py`), by its own format (`ghp_…`, a
PEM block, a signed address) or by looking random. ARNs, hashes, UUIDs, run ids, object keys and AWS's encoded
authorization messages stay: a diagnosis lives on them. What is taken out becomes `***`, the sign that Airflow itself
puts there (https://airflow.apache.org/docs/apache-airflow/stable/security/secrets/mask-sensitive-values.html).

The cost is linear in the text's length, whatever it holds: every search goes on behind what it has looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from responder.evidence.lazy_pattern import lazy
from responder.intake.secrets.command_lines import passwords_of_programs
from responder.intake.secrets.kinds import Format, formats
from responder.intake.secrets.named import Span, lowered, named_secrets
from responder.intake.secrets.places import PLACES
from responder.intake.secrets.random_words import random_words
from responder.intake.secrets.values import is_placeholder

MASK = "***"

_LONGEST_PEM = 16_384  # characters; a 4096-bit RSA key has about 3,300
_PEM_HEADERS = 400  # characters in which its body begins: an encrypted one has two headers before
_PEM_BODY = lazy(r"[A-Za-z0-9+/]{24}")
_PEM_REST = lazy(r"(?:[A-Za-z0-9+/=\s]|\\{1,32}[nr])*+")  # of one without an end
_ENCODED_DENIAL = "ncoded authorization failure message"
_ENCODED = lazy(r":?[ ]?[A-Za-z0-9_-]{0,8192}")
_AUTHORITY = lazy(r"[^\s/?#\"'<>\\]{0,2048}")
_ADDRESS_REST = lazy(r"[^\s\"'<>\\]{0,256}")
_USER_ALONE = lazy(r"(?=[^@]{0,64}\d)[A-Za-z0-9_-]{20,512}")
# Formats without a blank can only stand in such words, and most texts have few.
_ALNUM = lazy(r"[A-Za-z0-9]{2,}")
_TOKEN_LIKE = lazy(r"(?<![A-Za-z0-9_.~/+=:%@&?-])[A-Za-z0-9_.~/+=:%@&?-]{17,}")


def scrub(text: str) -> str:
    """The text with every secret that can be recognised replaced by `***`. Applying it twice changes nothing more."""
    return "".join(_masked(text, 0, len(text), _spans(text)))


def scrub_name(name: str) -> str:
    """An identifier that strangers choose, like a run's: what only looks random stays, because it tells two apart."""
    words = {word[0] for word in _TOKEN_LIKE.finditer(name)}
    return "".join(_masked(name, 0, len(name), _apart(_tokens(name, words)))) if words else name


def scrub_all(texts: Sequence[str]) -> list[str]:
    """Several texts that follow each other: a key may begin in one and end in another, as programs print it line by line."""
    whole = "\n".join(texts)
    spans = _spans(whole)
    clean, begin = [], 0
    for text in texts:
        end = begin + len(text)
        touching = spans[bisect_left(spans, begin, key=_end) : bisect_left(spans, end, key=_start)]
        clean.append("".join(_masked(whole, begin, end, touching)) if touching else text)
        begin = end + 1
    return clean


def _start(span: Span) -> int:
    return span[0]


def _end(span: Span) -> int:
    return span[1] - 1


def _masked(text: str, begin: int, end: int, spans: Iterable[Span]) -> Iterator[str]:
    """The pieces of this part of the text."""
    done = begin
    for first, last in spans:
        yield text[done : max(done, first)]
        yield MASK
        done = min(end, last)
    yield text[done:end]


def _spans(text: str) -> list[Span]:
    """What has to go, in order and apart from each other."""
    kept = tuple(_encoded_denials(text))
    return _apart(each for each in _secrets(text) if not any(first <= each[0] < last for first, last in kept))


def _apart(found: Iterable[Span]) -> list[Span]:
    spans: list[Span] = []
    for start, end in sorted(found):
        if start == end:
            continue
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return spans


def _encoded_denials(text: str) -> Iterator[Span]:
    """EC2's reason for a refusal, encrypted by AWS for its owner: sts:DecodeAuthorizationMessage needs all of it."""
    at = text.find(_ENCODED_DENIAL)
    while at >= 0:
        found = _ENCODED.match(text, at + len(_ENCODED_DENIAL))
        end = found.end() if found else at + len(_ENCODED_DENIAL)
        yield at, end
        at = text.find(_ENCODED_DENIAL, end)


def _secrets(text: str) -> Iterator[Span]:
    words, low = tuple(_TOKEN_LIKE.finditer(text)), lowered(text)
    yield from _tokens(text, {word[0] for word in words})
    yield from random_words(text, words)
    for place in PLACES:
        if place.anchor in low:
            yield from _of_format(text, low, place)
    yield from _private_keys(text)
    yield from _addresses(text)
    yield from named_secrets(text, low)
    yield from passwords_of_programs(text)


def _tokens(text: str, words: Iterable[str]) -> Iterator[Span]:
    """Formats are looked for only where the first letters of one begin a word, also behind an escape."""
    joined = "\n".join(words)
    starts = {start for part in set(_ALNUM.compiled.findall(joined)) for start in (part[:2], part[1:3], part[2:4])}
    for start, shapes in _by_start().items():
        if start in starts or not start:
            for each in shapes:
                if each.anchor in joined:
                    yield from _of_format(text, text, each)


@cache
def _by_start() -> dict[str, tuple[Format, ...]]:
    """Under "" those whose anchor need not begin a word."""
    found: dict[str, list[Format]] = {}
    for each in formats():
        start = each.anchor[:2] if each.begins_word and each.anchor[:2].isalnum() else ""
        found.setdefault(start, []).append(each)
    return {start: tuple(formats) for start, formats in found.items()}


def _of_format(text: str, haystack: str, shape: Format) -> Iterator[Span]:
    """`haystack` is the text or, as long as it, the text in lower case."""
    at = haystack.find(shape.anchor)
    while at >= 0:
        found = _compiled(shape.pattern).match(text, max(0, at - shape.before))
        if found and not is_placeholder(found[shape.secret]):
            yield found.span(shape.secret)
        at = haystack.find(shape.anchor, max(found.end(), at + 1) if found else at + len(shape.anchor))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _private_keys(text: str) -> Iterator[Span]:
    """The inside of PEM blocks; certificates and public keys are public."""
    at = text.find("-----BEGIN ")
    while at >= 0:
        head = text.find("-----", at + 11, at + 64)
        body = _PEM_BODY.search(text, head + 5, head + 5 + _PEM_HEADERS) if head >= 0 else None
        if body and "PRIVATE" in text[at:head]:
            end = text.find("-----END", head + 5, head + _LONGEST_PEM)
            rest = _PEM_REST.match(text, body.end(), head + _LONGEST_PEM)
            yield head + 5, end if end >= 0 else rest.end() if rest else body.end()
            at = max(end, body.end())
        at = text.find("-----BEGIN ", at + 8)


def _addresses(text: str) -> Iterator[Span]:
    """Passwords in `scheme://user:password@host`; also such with an unescaped slash, as generators make them."""
    at = text.find("://")
    while at >= 0:
        begin, end = at + 3, _address_end(text, at + 3)
        user, colon, _ = text[begin:end].partition(":")
        host = text.rfind("@", begin, end)
        if host >= 0 and colon and "@" not in user:
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
