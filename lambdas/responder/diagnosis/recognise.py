"""What rules look at, and builders that make the recognisers of simple causes.

A recogniser is a plain function `Evidence -> Match | None`. Every text handed to a pattern is bounded
by `evidence`; patterns must not backtrack all the same (no nested quantifiers).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from responder.diagnosis.frames import from_library
from responder.diagnosis.rule import Match, NoFacts
from responder.evidence.lazy_pattern import LazyPattern
from responder.evidence.said import exception_text
from responder.model import Evidence, Raised, Record, Said, Strength

F = TypeVar("F")
Recogniser = Callable[[Evidence], Match[F] | None]

LINE_LIMIT = 1_000  # characters of one evidence line; a reader of a message sees less


class Hit(NamedTuple):
    """A pattern found: the match, the verbatim line it stands in, and what that line belongs to."""

    match: re.Match[str]
    line: str
    said: Said


def find(evidence: Evidence, *patterns: re.Pattern[str]) -> Hit | None:
    """The first text in the order of `Evidence.said` in which one of the patterns is found; patterns in the order given."""
    return next(_hits(evidence.said, patterns), None)


def _hits(texts: tuple[Said, ...], patterns: tuple[re.Pattern[str], ...]) -> Iterator[Hit]:
    for each in texts:
        for pattern in patterns:
            if match := pattern.search(each.text):
                yield Hit(match, line_of(each.text, match.start(), match.end()), each)


def line_of(text: str, start: int, end: int | None = None) -> str:
    """The whole lines around text[start:end], bounded; a match that spans lines gives its first one."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start if end is None or "\n" in text[start:end] else end)
    return text[begin : stop if stop >= 0 else len(text)].strip()[:LINE_LIMIT]


def records_before(evidence: Evidence) -> tuple[Record, ...]:
    """The records before the failing one, the latest first; all of them where none reports the failure."""
    place = next((number for number, each in enumerate(evidence.records) if each is evidence.failing), None)
    return tuple(reversed(evidence.records[:place]))


def strength_of(said: Said) -> Strength:
    """What a library raised, or a child process printed last, weighs more than the words of the user's own exception."""
    return Strength.EXCEPTION if said.raised is None or from_library(said.raised) else Strength.MESSAGE


def no_facts(_evidence: Evidence, _found: Any) -> Any:
    """For causes that state nothing beyond what every diagnosis states."""
    return NoFacts()


def matched(evidence: Evidence, hit: Hit, facts: F, strength: Strength) -> Match[F]:
    """The match that rests on a hit."""
    return Match(strength, facts, (hit.line,), evidence.failure, hit.said.raised)


def resting_on(
    evidence: Evidence, said: Said, facts: F, strength: Strength, span: tuple[int, int | None] = (0, None)
) -> Match[F]:
    """The match that rests on a text: on the lines around a span of it, by default on its first one."""
    return Match(strength, facts, (line_of(said.text, *span),), evidence.failure, said.raised)


def by_exception(
    *names: str, facts: Callable[[Evidence, Raised], F] = no_facts, strength: Strength = Strength.EXCEPTION
) -> Recogniser[F]:
    """Recognises a class in the failure's chain: the bare name, or with its module when the name has a dot."""
    wanted = frozenset(names)

    def recognise(evidence: Evidence) -> Match[F] | None:
        for raised in evidence.chain.links if evidence.chain else ():
            if raised.name in wanted or raised.type in wanted:
                line = line_of(exception_text(raised), 0)
                return Match(strength, facts(evidence, raised), (line,), evidence.failure, raised)
        return None

    return recognise


def by_message(
    *patterns: str | re.Pattern[str],
    facts: Callable[[Evidence, Hit], F] = no_facts,
    strength: Strength = Strength.MESSAGE,
) -> Recogniser[F]:
    """Recognises words in whatever was said for the failure."""
    compiled = tuple(re.compile(each) if isinstance(each, str) else each for each in patterns)

    def recognise(evidence: Evidence) -> Match[F] | None:
        hit = find(evidence, *compiled)
        return matched(evidence, hit, facts(evidence, hit), strength) if hit else None

    return recognise


def by_decisive(
    words: LazyPattern, facts: F, *, unless: LazyPattern | None = None, strength: Strength = Strength.STRUCTURED
) -> Recogniser[F]:
    """Recognises fixed words in what decides the failure, unless the same text holds those of a look-alike."""

    def recognise(evidence: Evidence) -> Match[F] | None:
        for said in evidence.decisive:
            found = words.search(said.text)
            if found and not (unless and unless.search(said.text)):
                return resting_on(evidence, said, facts, strength, found.span())
        return None

    return recognise


def first_of(*recognisers: Recogniser[F]) -> Recogniser[F]:
    """Recognises what the first of them does that recognises anything."""
    return lambda evidence: next((match for each in recognisers if (match := each(evidence))), None)
