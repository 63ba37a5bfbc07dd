"""What tasks hand to each other is too large, cannot be serialised, or is not there.

Seen as: "is not JSON serializable" from Airflow's XCom code, a database that refuses the size, XComNotFound, or a value that is None where an XCom was pulled.
Comes from: returning data frames, objects or bytes from a task, or pulling from a task that pushed nothing.
"""

from __future__ import annotations

import re

from responder.diagnosis.advice import AIRFLOW_DOCS
from responder.diagnosis.code_question import Place, code_questions, code_remedy, place_of
from responder.diagnosis.rule import Match, Rule
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Link, Raised, Record, Remedy, Strength

DOCS = Link("XComs", f"{AIRFLOW_DOCS}/core-concepts/xcoms.html")
NAMES = frozenset({"XComNotFound", "XComForMappingNotPushed", "UnmappableXComTypePushed", "UnmappableXComLengthPushed"})
_UNSERIALISABLE = re.compile(
    r"(?i)not (?:JSON )?seriali[sz]able|(?:cannot|could not|can't|unable to) (?:seriali[sz]e|pickle)|Circular reference detected"
)
_CODE = (
    "/xcom.py",
    "/serialization/serde.py",
    "/serialization/serializers/",
    "/models/xcom",
    "/utils/json.py",
    "/sdk/bases/xcom",
)
_LOGGED = re.compile(r"(?i)Could not seriali[sz]e the XCom|enable pickle support for XCom")
_SIZE = re.compile(
    r"(?i)xcom.{0,80}(?:too (?:large|big|long)|exceed|size limit|larger than)|Data too long for column 'value'"
)
_NOTHING = "No XCom value found"
_ON_NONE = re.compile(r"'?NoneType'? object|must be .{1,60}, not None|NoneType")


def recognise(evidence: Evidence) -> Match[Place] | None:
    for raised in evidence.chain.links if evidence.chain else ():
        if raised.name in NAMES or _of_xcom(evidence, raised) or _SIZE.search(raised.message[:2_000]):
            return _matched(evidence, raised, ())
        nothing = _nothing_pulled(evidence) if raised.name in ("TypeError", "AttributeError") else None
        if nothing and _ON_NONE.search(raised.message[:500]):
            return _matched(evidence, raised, (nothing.text.split("\n")[0],))
    return None


def _of_xcom(evidence: Evidence, raised: Raised) -> bool:
    if not _UNSERIALISABLE.search(raised.message[:2_000]):
        return False
    passed = any(part in frame.file for frame in raised.frames for part in _CODE if "airflow" in frame.file)
    return passed or any(_LOGGED.search(record.text[:500]) for record in evidence.records)


def _nothing_pulled(evidence: Evidence) -> Record | None:
    """Airflow 3 warns when a pull finds nothing; what fails right after is only the consequence."""
    for record in evidence.records:
        if record is evidence.failing:
            return None
        if record.text.startswith(_NOTHING):
            return record
    return None


def _matched(evidence: Evidence, raised: Raised, further: tuple[str, ...]) -> Match[Place]:
    lines = (exception_text(raised).split("\n")[0], *further)
    return Match(Strength.EXCEPTION, place_of(evidence), lines, evidence.failure, raised)


def remedy(match: Match[Place], answers: Answers) -> Remedy:
    what = match.because[0][:200]
    return code_remedy(
        summary=f"An XCom could not be stored or found: {what}",
        explanation="What a task returns or pushes is stored in Airflow's database as JSON: only plain, small values fit, and a pull finds only what was pushed in the same run.",
        steps=(
            "Return plain values (numbers, text, lists, dictionaries); convert dates, decimals, bytes and objects first.",
            "Put data itself into S3 and hand on its key; or set an XCom backend that keeps large values in S3.",
            "If a value was not there: check task_ids, key and run, and that the other task did not skip.",
        ),
        place=match.facts,
        answers=answers,
        links=(DOCS,),
    )


RULE = Rule(
    category=Category.DAG_CODE,
    cause="xcom",
    may_heal=False,
    recognise=recognise,
    questions=code_questions,
    remedy=remedy,
)
