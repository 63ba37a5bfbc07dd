"""Installed distributions break each other when they run or are imported.

Seen as: an exception from inside site-packages, while a package is imported or between two of them, without a mistake in the user's file.
Comes from: something unpinned that came out in a new version, or a pin that left the environment's constraints.
"""

from __future__ import annotations

from typing import NamedTuple

from responder.diagnosis.advice import FROM_TEXT, READ_INSTALL_LOG, REQUIREMENTS_DOCS, SELECT_REQUIREMENTS
from responder.diagnosis.code_question import place_of
from responder.diagnosis.frames import distribution_of, innermost
from responder.diagnosis.package_break import SIGNATURES, broken_packages
from responder.diagnosis.quoting import ending
from responder.diagnosis.recognise import find, matched
from responder.diagnosis.rule import Match, Rule
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Raised, Remedy, Strength


class Broken(NamedTuple):
    """Where the user's code led into it."""

    file: str | None = None
    line: int | None = None
    function: str | None = None


def recognise(evidence: Evidence) -> Match[Broken] | None:
    raised = broken_packages(evidence)
    if raised is None:
        hit = find(evidence, SIGNATURES.compiled)
        return matched(evidence, hit, Broken(), Strength.MESSAGE) if hit else None
    place = place_of(evidence)
    facts = Broken(place.file, place.line, place.function)
    return Match(Strength.EXCEPTION, facts, (exception_text(raised).split("\n")[0],), evidence.failure, raised)


def remedy(match: Match[Broken], _answers: Answers) -> Remedy:
    names = _packages(match.raised)
    shown = " and ".join(names)
    return Remedy(
        summary=f"Installed packages do not fit together{f': it broke inside {shown}' if names else ''}: {ending(match.because[0])}",
        explanation="No line of the DAG is wrong. One of the packages is newer or older than the other expects; often one came in unpinned with the last installation.",
        steps=(
            f"Find out which package changed last{f' ({shown}, or what it needs)' if names else ''}: compare the newest requirements_install* stream with an older one.",
            "Pin it in requirements.txt at the version that the constraints of the environment's Airflow name, or remove your own pin of it.",
            READ_INSTALL_LOG,
            SELECT_REQUIREMENTS,
        ),
        proof=FROM_TEXT,
        links=(REQUIREMENTS_DOCS,),
    )


def _packages(raised: Raised | None) -> tuple[str, ...]:
    """The distributions in the innermost part of the traceback, who called first."""
    frame = innermost(raised)
    if raised is None or frame is None:
        return ()
    names = [distribution_of(each.file) for each in raised.frames]
    return tuple(dict.fromkeys(name for name in names if name and name != "airflow"))[-2:]


RULE = Rule(
    category=Category.ENVIRONMENT,
    cause="package-incompatible",
    may_heal=False,
    recognise=recognise,
    remedy=remedy,
)
