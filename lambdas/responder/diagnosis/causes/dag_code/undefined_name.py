"""A name that the code uses but never defined.

Seen as: NameError or UnboundLocalError raised in a file of the user's own.
Comes from: a typo, a forgotten import, or a variable that only one branch sets.
"""

from __future__ import annotations

import re

from responder.diagnosis.code_question import Place, at_start, code_questions, code_remedy, place_of
from responder.diagnosis.frames import raised_in_own
from responder.diagnosis.rule import Match, Rule
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.knowledge import airflow_names
from responder.model import Category, Evidence, Raised, Remedy, Strength

NAMES = frozenset({"NameError", "UnboundLocalError"})
_NAME = re.compile(r"(?:name|variable) '(\w{1,100})'")


def recognise(evidence: Evidence) -> Match[Place] | None:
    for raised in evidence.chain.links if evidence.chain else ():
        if raised.name in NAMES and raised_in_own(raised):
            line = exception_text(raised).split("\n")[0]
            return Match(Strength.EXCEPTION, place_of(evidence), (line,), evidence.failure, raised)
    return None


def remedy(match: Match[Place], answers: Answers) -> Remedy:
    name = _name(match.raised)
    return code_remedy(
        summary=f"{at_start(match.facts)} uses {name or 'a name'}, which is not defined there.",
        explanation="Python looks a name up only when the line runs, so the file can be fine until that line is reached.",
        steps=(_step(name),),
        place=match.facts,
        answers=answers,
    )


def _name(raised: Raised | None) -> str | None:
    match = _NAME.search(raised.message[:500]) if raised else None
    return match[1] if match else None


def _step(name: str | None) -> str:
    homes = airflow_names.where(name) if name else ()
    if homes:
        home = homes[0]
        only = (
            f", which only Airflow {home.versions[0]} to {home.versions[-1]} has"
            if home.versions[-1] != airflow_names.versions()[-1]
            else ""
        )
        return f"Import it first: `from {home.module} import {name}`{only}. Or correct the spelling, if something else is meant."
    return f"Correct the spelling of {name or 'the name'}, import it, or set it on every way that leads to this line."


RULE = Rule(
    category=Category.DAG_CODE,
    cause="undefined-name",
    may_heal=False,
    recognise=recognise,
    questions=code_questions,
    remedy=remedy,
)
