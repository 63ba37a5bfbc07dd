"""Finds keys that no name and no form gives away: words in which letters and digits are mixed as no name mixes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from responder.evidence.lazy_pattern import lazy
from responder.intake.secrets.kinds import INNOCENT_LABELS
from responder.intake.secrets.span import Span

_SHORTEST = 32  # characters without a name; shorter ones are too often names of CloudFormation and Kubernetes
_LONGEST = 256  # characters looked at; what looks random so far will not turn into prose
# Of AWS's secret keys, of 32 bytes, of more; with slashes and another length it is a path.
_LENGTHS_WITH_SLASHES = (40, *range(43, 45), *range(60, _LONGEST + 1))
_OF_32_BYTES = 43  # characters, without the `=` that ends them
_FEWEST_STEPS, _MOST_SPOKEN = 0.37, 0.3  # of a character each
_LABEL_DISTANCE = 40  # characters before a word in which its label may stand
_ARN_DISTANCE = 200  # characters before a word in which its ARN may begin
_BASE64_LINE = 64  # characters; 76 in mails and 70 in OpenSSH's keys
_LONGEST_LINE = 80

_LONG_WORD = lazy(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{32,}={0,2}")
# Three parts, as Discord's and Flask's tokens have them.
_DOTTED = lazy(r"[A-Za-z0-9_-]{6,512}\.[A-Za-z0-9_-]{5,64}\.[A-Za-z0-9_-]{20,512}")
_MARKS = lazy(r"[+/_-]")
_PARTS = lazy(r"[A-Za-z0-9]+")
# A word with a large letter is one step, as are what CloudFormation puts behind a name and AWS's ids.
_STEPS = lazy(r"[0-9A-F]{8}(?![a-z0-9])|(?<![A-Za-z0-9])[A-Z0-9]{10,}(?![A-Za-z0-9])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_SYLLABLES = lazy(r"[a-z]{4,}")
_DIGEST = lazy(r"[0-9a-f]{20}|[0-9A-F]{20}")
_VOWELS = lazy(r"[aeiouy]")
_CONSONANTS = lazy(r"[^aeiouy]{4}")
# The last line of a block of base64: behind the line's end there is nothing else on it.
_LAST_LINE = lazy(r"(?:\r?\n|\\{1,32}n|[ ])[ ]{0,16}(?P<rest>[A-Za-z0-9+/]{1,79}={0,2})(?=\s|\\|[\"'<&)\]},;]|$)")


def random_words(text: str, words: Iterable[re.Match[str]]) -> Iterator[Span]:
    """Where such words stand among these of the text, and what follows them in a block of base64."""
    judged: dict[str, tuple[Span, ...]] = {}
    for word in words:
        if word.end() - word.start() < _SHORTEST:
            continue
        said = word[0]
        if said not in judged:
            judged[said] = tuple(_random_spans(said))
        at = word.start()
        for first, last in judged[said]:
            if not _has_innocent_label(text, at + first):
                yield at + first, at + last
                if _BASE64_LINE <= last - first <= _LONGEST_LINE:
                    yield from _last_line(text, at + last)


def _random_spans(word: str) -> Iterator[Span]:
    """In a word that may be an address or hold dots."""
    for found in _LONG_WORD.finditer(word):
        yield from ((found.start() + first, found.start() + last) for first, last in _random_parts(found[0]))
    dotted = _DOTTED.search(word) if word.count(".") > 1 else None
    if dotted and _is_mixed(dotted[0].replace(".", "")):
        yield dotted.span()


def _last_line(text: str, at: int) -> Iterator[Span]:
    found = _LAST_LINE.match(text, at)
    if found and not found["rest"].isalpha():
        yield found.span("rest")


def looks_random(word: str) -> bool:
    """The word as a whole."""
    return any(last - first > len(word) // 2 for first, last in _random_parts(word))


def _random_parts(word: str) -> Iterator[Span]:
    """Base64 has one mark in 32 characters, with luck one in eight; a slug has one in six, and syllables."""
    begin = 0 if len(word.rstrip("=")) in _LENGTHS_WITH_SLASHES else len(word) - len(word.lstrip("/"))
    body = word[begin : begin + _LONGEST].rstrip("=")
    marks, known_length = len(_MARKS.compiled.findall(body)), len(body) in _LENGTHS_WITH_SLASHES
    few = marks * 12 <= len(body) and ("/" not in body or known_length)
    plain = len(body) == _OF_32_BYTES or ("-" not in body and "_" not in body)  # as no slug is
    if few or (known_length and marks * 6 <= len(body) and plain):
        if _is_mixed(body) or (len(body) == _OF_32_BYTES and len(word) == begin + len(body) + 1 and _has_all(body)):
            yield begin, len(word)
    else:
        yield from (part.span() for part in _PARTS.finditer(word) if _is_mixed(part[0]))


def _is_mixed(word: str) -> bool:
    """By how many steps there are in it: some 45 in 100 random characters, and 25 in names, of which most can be spoken."""
    if len(word) < _SHORTEST or len(set(word)) < _SHORTEST // 2 or not _has_all(word) or _DIGEST.search(word):
        return False
    spoken = sum(len(run) for run in _SYLLABLES.compiled.findall(word) if _is_spoken(run))
    return len(_STEPS.compiled.findall(word)) > _FEWEST_STEPS * len(word) and spoken < _MOST_SPOKEN * len(word)


def _is_spoken(run: str) -> bool:
    """Of four random letters every other time they are none that a word could have."""
    vowels = len(_VOWELS.compiled.findall(run))
    return len(run) <= vowels * 5 <= len(run) * 4 and _CONSONANTS.search(run) is None


def _has_all(word: str) -> bool:
    """Large and small letters and digits."""
    return any(map(str.isupper, word)) and any(map(str.islower, word)) and any(map(str.isdigit, word))


def _has_innocent_label(text: str, start: int) -> bool:
    before = text[max(0, start - _LABEL_DISTANCE) : start].lower()
    return (
        any(label in before for label in INNOCENT_LABELS)
        or "arn:aws" in text[max(0, start - _ARN_DISTANCE) : start].rpartition(" ")[2]
    )
