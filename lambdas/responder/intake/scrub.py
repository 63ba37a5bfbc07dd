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
from responder.intake.secrets.addresses import passwords_in_addresses
from responder.intake.secrets.calls import passwords_of_calls
from responder.intake.secrets.command_lines import passwords_of_programs
from responder.intake.secrets.kinds import Format, formats
from responder.intake.secrets.named import lowered, named_secrets
from responder.intake.secrets.places import PLACES
from responder.intake.secrets.private_keys import private_keys
from responder.intake.secrets.random_words import random_words
from responder.intake.secrets.span import Span
from responder.intake.secrets.values import is_placeholder

MASK = "***"

_ENCODED_DENIAL = "ncoded authorization failure message"
_ENCODED = lazy(r":?[ ]?[A-Za-z0-9_-]{0,8192}")
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
    yield from private_keys(text)
    yield from passwords_in_addresses(text)
    yield from named_secrets(text, low)
    yield from passwords_of_programs(text)
    yield from passwords_of_calls(text, low)


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
