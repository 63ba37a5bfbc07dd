"""The recogniser of causes that go by fixed words, in what decides the failure and nowhere else."""

from __future__ import annotations

from responder.diagnosis.recognise import Recogniser, resting_on
from responder.diagnosis.rule import F, Match
from responder.evidence.lazy_pattern import LazyPattern
from responder.model import Evidence, Strength


def by_decisive(
    words: LazyPattern, facts: F, *, unless: LazyPattern | None = None, strength: Strength = Strength.STRUCTURED
) -> Recogniser[F]:
    """Recognises the words, unless the same text holds those of a look-alike."""

    def recognise(evidence: Evidence) -> Match[F] | None:
        for said in evidence.decisive:
            found = words.search(said.text)
            if found and not (unless and unless.search(said.text)):
                return resting_on(evidence, said, facts, strength, found.span())
        return None

    return recognise
