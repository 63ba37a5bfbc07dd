"""What is asked for needs another Python than the environment's.

Seen as: "requires a different Python", or a version that pip ignored because of its Requires-Python.
Comes from: a release for newer or older Pythons; after an upgrade also code that imports what Python has removed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from responder.diagnosis.advice import DEPLOY_DAG
from responder.diagnosis.corrected_file import corrected_remedy, steps_by_hand
from responder.diagnosis.frames import is_own
from responder.diagnosis.missing_module import missing_module
from responder.diagnosis.rule import Match, Rule
from responder.evidence.pip_output import PYTHON
from responder.evidence.pip_root import root
from responder.inquiry.question import Answers, Question
from responder.knowledge.standard_library import removed_in
from responder.model import Category, Evidence, Proof, ProofLevel, Remedy, Strength
from responder.requirements.asked import CorrectedFile


class OtherPython(NamedTuple):
    """What needs the other Python; `module` is one that Python no longer has."""

    requirement: str | None = None
    distribution: str | None = None
    module: str | None = None


def recognise(evidence: Evidence) -> Match[OtherPython] | None:
    found = root(evidence.pip)
    if found is not None:
        asked = found.requirement if found.requirement != found.distribution else None
        facts = OtherPython(asked, found.distribution)
        return Match(Strength.STRUCTURED, facts, found.lines, evidence.failure) if found.kind == PYTHON else None
    missing = missing_module(evidence)
    if missing is None or removed_in(missing.module) is None or not is_own(missing.file):
        return None
    facts = OtherPython(module=missing.module)
    return Match(Strength.EXCEPTION, facts, (missing.line,), evidence.failure, missing.raised)


def questions(match: Match[OtherPython]) -> tuple[Question[Any], ...]:
    return () if match.facts.module else (CorrectedFile(),)


_BY_HAND = "Take a release for the environment's Python: the version that its Airflow constraints name is one, or remove the pin and let them choose."


def remedy(match: Match[OtherPython], answers: Answers) -> Remedy:
    if match.facts.module:
        return _removed(match.facts.module)
    name = match.facts.requirement or match.facts.distribution or "a line of requirements.txt"
    return corrected_remedy(
        summary=f"{name} is not for the Python of this environment, so nothing of requirements.txt is installed.",
        explanation="Each MWAA version comes with one Python, which cannot be changed; pip leaves out releases whose Requires-Python excludes it.",
        by_hand=steps_by_hand(match.facts.distribution, (_BY_HAND,)),
        question=CorrectedFile(),
        answers=answers,
    )


def _removed(module: str) -> Remedy:
    return Remedy(
        summary=f"The code imports {module}, which the environment's Python no longer has.",
        explanation=f"{module} was part of Python's standard library and has been removed. No package is missing.",
        steps=(
            f"Replace {module} in the code by its successor (https://docs.python.org/3/whatsnew/ names it). {DEPLOY_DAG}",
        ),
        proof=Proof(
            ProofLevel.SUSPECTED, "read from the log's text; the module is on the list of those that Python removed"
        ),
    )


RULE = Rule(
    category=Category.ENVIRONMENT,
    cause="python-version",
    may_heal=False,
    recognise=recognise,
    questions=questions,
    remedy=remedy,
)
