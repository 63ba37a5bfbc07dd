"""The diagnosis when no rule answers: it says so, and shows the line that tells most."""

from __future__ import annotations

from functools import partial

from responder.diagnosis.advice import TROUBLESHOOTING_DOCS
from responder.diagnosis.facts import common
from responder.diagnosis.rule import Match, NoFacts
from responder.inquiry.question import Answers
from responder.model import Category, Diagnosis, Evidence, Proof, ProofLevel, Remedy, Strength

LINE_LIMIT = 1_000  # characters of one evidence line


def diagnosis(evidence: Evidence, broken_rules: tuple[str, ...] = ()) -> Diagnosis:
    """`unknown`, with the best evidence there is."""
    lines = _best_lines(evidence)
    match = Match(Strength.FALLBACK, NoFacts(), lines, evidence.failure)
    return Diagnosis(
        category=Category.UNKNOWN,
        cause="unknown",
        facts=common(evidence, match),
        evidence=lines,
        strength=Strength.FALLBACK,
        may_heal=True,
        questions=(),
        propose=partial(_remedy, match),
        broken_rules=broken_rules,
    )


def _best_lines(evidence: Evidence) -> tuple[str, ...]:
    texts = [each.text.strip().split("\n", 1)[0] for each in evidence.said]
    return tuple(text[:LINE_LIMIT] for text in texts[:3] if text)


def _remedy(match: Match[NoFacts], _answers: Answers) -> Remedy:
    said = (
        f"The line that tells most: {match.because[0]}" if match.because else "The log holds no line that tells more."
    )
    return Remedy(
        summary="It failed, and the log does not say why.",
        explanation=f"No known cause fits what was logged. {said}",
        steps=(
            "Open the log stream and read what stands directly before the end of the attempt.",
            "Look into the Scheduler and Worker log groups of the environment for the same minute: a worker that died says so there.",
            "Set the Task log level to INFO where it is WARNING or higher, so that the next failure says more.",
        ),
        proof=Proof(ProofLevel.SUSPECTED, "read from the log alone; no rule recognised it"),
        links=(TROUBLESHOOTING_DOCS,),
    )
