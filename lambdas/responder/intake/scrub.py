"""Takes secrets out of a text, at the door: nothing behind it may log, store, ask or send what is removed here.

A secret gives itself away by the name before it (`password=`, see `named_secrets.py`), by its own format (`ghp_…`, a
PEM block, a signed address) or by looking random. ARNs, hashes, UUIDs, run ids, object keys and AWS's encoded
authorization messages stay: a diagnosis lives on them. What is taken out becomes `***`, the sign that Airflow itself
puts there (https://airflow.apache.org/docs/apache-airflow/stable/security/secrets/mask-sensitive-values.html).

The cost is linear in the text's length, whatever it holds: every search goes on behind what it has looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from responder.intake.named_secrets import Span, is_placeholder, named_secrets
from responder.intake.secret_kinds import FORMATS, INNOCENT_LABELS

MASK = "***"

_LONGEST_PEM = 16_384  # characters; a 4096-bit RSA key has about 3,300
_SHORTEST_RANDOM = 32  # characters without a name; shorter ones are too often names of CloudFormation and Kubernetes
_LONGEST_RANDOM = 256  # characters looked at; what looks random so far will not turn into prose
_LENGTHS_WITH_SLASHES = (
    40,
    *range(43, 45),
    *range(60, _LONGEST_RANDOM + 1),
)  # of AWS's secret keys, of 32 bytes, of more; else it is a path
_LABEL_DISTANCE = 40  # characters before a word in which its label may stand

_ENCODED_DENIAL = "ncoded authorization failure message"
_ENCODED = re.compile(r":?[ ]?[A-Za-z0-9_-]{0,8192}")
_AUTHORITY = re.compile(r"[^\s/?#\"'<>\\]{0,2048}")
_ADDRESS_REST = re.compile(r"[^\s\"'<>\\]{0,256}")
_USER_ALONE = re.compile(r"(?=[^@]{0,64}\d)[A-Za-z0-9_-]{20,512}")
_LONG_WORD = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{32,}={0,2}")
# Formats without a blank can only stand in such words, and most texts have few.
_TOKEN_LIKE = re.compile(r"(?<![A-Za-z0-9_.~/+=:%@&?-])[A-Za-z0-9_.~/+=:%@&?-]{17,}")
_MARKS = re.compile(r"[+/_-]")
_PARTS = re.compile(r"[A-Za-z0-9]+")
_RUNS = re.compile(r"[a-z]+|[A-Z]+|[0-9]+")
_SYLLABLES = re.compile(r"[a-z]{4,}")


def scrub(text: str) -> str:
    """The text with every secret that can be recognised replaced by `***`. Applying it twice changes nothing more."""
    spans = sorted(_secrets(text))
    if not spans:
        return text
    kept = tuple(_encoded_denials(text))
    parts: list[str] = []
    done = 0
    for start, end in spans:
        if any(first <= start < last for first, last in kept):
            continue
        if start >= done:
            parts += (text[done:start], MASK)
        done = max(done, end)
    parts.append(text[done:])
    return "".join(parts)


def _encoded_denials(text: str) -> Iterator[Span]:
    """EC2's reason for a refusal, encrypted by AWS for its owner: sts:DecodeAuthorizationMessage needs all of it."""
    at = text.find(_ENCODED_DENIAL)
    while at >= 0:
        found = _ENCODED.match(text, at + len(_ENCODED_DENIAL))
        end = found.end() if found else at + len(_ENCODED_DENIAL)
        yield at, end
        at = text.find(_ENCODED_DENIAL, end)


def _secrets(text: str) -> Iterator[Span]:
    yield from _known_formats(text)
    yield from _private_keys(text)
    yield from _addresses(text)
    yield from named_secrets(text)
    yield from _random_words(text)


def _known_formats(text: str) -> Iterator[Span]:
    words = "\n".join(_TOKEN_LIKE.findall(text))
    for anchor, pattern, secret in FORMATS:
        at = text.find(anchor) if " " in anchor or anchor in words else -1
        while at >= 0:
            found = _compiled(pattern).match(text, at)
            if found and not is_placeholder(found[secret]):
                yield found.span(secret)
            at = text.find(anchor, found.end() if found else at + len(anchor))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _private_keys(text: str) -> Iterator[Span]:
    """The inside of PEM blocks; certificates and public keys are public."""
    at = text.find("-----BEGIN ")
    while at >= 0:
        head = text.find("-----", at + 11, at + 64)
        if head >= 0 and "PRIVATE" in text[at:head]:
            limit = min(len(text), head + _LONGEST_PEM)
            end = text.find("-----END", head, limit)
            yield head + 5, end if end >= 0 else limit
            at = limit if end < 0 else end
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
        elif host >= 0 and _USER_ALONE.fullmatch(text, begin, host):
            yield begin, host
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


def _random_words(text: str) -> Iterator[Span]:
    for found in _LONG_WORD.finditer(text):
        spans = tuple(_random_parts(found[0]))
        if spans and not _has_innocent_label(text, found.start()):
            yield from ((found.start() + first, found.start() + last) for first, last in spans)


def _random_parts(word: str) -> Iterator[Span]:
    """Keys of base64: few marks, and letters and digits mixed as no name mixes them."""
    begin = len(word) - len(word.lstrip("/"))
    body = word[begin : begin + _LONGEST_RANDOM].rstrip("=")
    few_marks = len(_MARKS.findall(body)) * 12 <= len(body)  # base64 has one in 32, a slug one in six
    if few_marks and ("/" not in body or len(body) in _LENGTHS_WITH_SLASHES):
        if _is_mixed(body):
            yield begin, len(word)
    else:
        yield from (part.span() for part in _PARTS.finditer(word) if _is_mixed(part[0]))


def _is_mixed(word: str) -> bool:
    """Of random letters and digits 62 % differ in kind from the one before, of CamelCase and dates about 30 %."""
    if len(word) < _SHORTEST_RANDOM or len(set(word)) < _SHORTEST_RANDOM // 2:
        return False
    if not (any(map(str.isupper, word)) and any(map(str.islower, word)) and any(map(str.isdigit, word))):
        return False
    syllables = sum(map(len, _SYLLABLES.findall(word)))
    return len(_RUNS.findall(word)) > 0.45 * len(word) and syllables * 4 < len(word)


def _has_innocent_label(text: str, start: int) -> bool:
    before = text[max(0, start - _LABEL_DISTANCE) : start].lower()
    return (
        any(label in before for label in INNOCENT_LABELS)
        or "arn:aws" in text[max(0, start - 200) : start].rpartition(" ")[2]
    )
