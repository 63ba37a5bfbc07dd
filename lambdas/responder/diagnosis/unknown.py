"""The diagnosis when no rule answers: it says so, and shows the line that tells most."""

from __future__ import annotations

from functools import partial

from responder.diagnosis.advice import TROUBLESHOOTING_DOCS
from responder.diagnosis.facts import common
from responder.diagnosis.rule import Match, NoFacts
from responder.inquiry.question import Answers
from responder.model import Category, Diagnosis, Evidence, Kind, Proof, ProofLevel, Remedy, Strength

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
        propose=partial(_remedy, match, _ended(evidence)),
        broken_rules=broken_rules,
    )


def _best_lines(evidence: Evidence) -> tuple[str, ...]:
    texts = [each.text.strip().split("\n", 1)[0] for each in evidence.said]
    return tuple(text[:LINE_LIMIT] for text in texts[:3] if text)


def _ended(evidence: Evidence) -> str:
    """How its process ended, where that is all there is."""
    code = next((each.code for each in evidence.exits if each.of_task and each.code), None)
    return f" with exit code {code}" if code is not None else ""


_SAY_MORE = "If the log is nearly empty: see that the Task log level is INFO (MWAA console > the environment > Edit > Monitoring), so that the next failure says more."


def _remedy(match: Match[NoFacts], ended: str, _answers: Answers) -> Remedy:
    task = match.failure.kind is Kind.TASK
    return Remedy(
        summary=f"{'The task' if task else 'It'} failed{ended}, and the log does not say why.",
        explanation="No known cause fits what was logged."
        if match.because
        else "No known cause fits what was logged, and no line of it tells more.",
        steps=(
            f"Open the log stream and read what stands directly before {'the end of the attempt' if task else 'the failure'}.",
            "Look into the Scheduler and Worker log groups of the environment for the same minute: a worker that died says so there.",
            *((_SAY_MORE,) if task else ()),
        ),
        proof=Proof(ProofLevel.SUSPECTED, "read from the log alone; no rule recognised it"),
        links=(TROUBLESHOOTING_DOCS,),
    )
