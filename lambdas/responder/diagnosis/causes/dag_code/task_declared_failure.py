"""The code fails on purpose: a check did not hold.

Seen as: AirflowFailException, an AirflowException that the user's code raises, an assertion, or a data-quality operator's verdict.
Comes from: the data or a state, not the code: what was checked is not as it should be.
"""

from __future__ import annotations

import re

from responder.diagnosis.code_question import Place, at_start, code_questions, code_remedy, place_of
from responder.diagnosis.frames import is_operator_code, is_own, own_frame
from responder.diagnosis.quoting import ending
from responder.diagnosis.rule import Match, Rule
from responder.evidence.remote_job import read_job
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Raised, Remedy, Strength

_QUALITY = re.compile(
    r"^Validation with Great Expectations failed|^Test failed\.|The following tests? (?:have|has) failed|^Tests? failed|"
    r"did not pass (?:the )?(?:check|test)|^(?:The )?(?:data )?quality (?:check|test)s? failed|[Cc]heckpoint .{0,80}failed|"
    r"^Response check returned False|^Soda (?:scan|Scan)|ruleset .{0,100}fail|^No rows returned for check query|^The query returned None|^Value check failed"
)

# dbt's word for a test that did not hold: https://docs.getdbt.com/reference/resource-configs/severity
_DBT_TEST = re.compile(r"\bGot \d{1,9} results?, configured to fail if ")
CHECK = "_raise_exception"  # how the check operators of the common.sql provider fail


def recognise(evidence: Evidence) -> Match[Place] | None:
    chain = evidence.chain
    if chain is None:
        return None
    for raised in chain.links:
        if _is_declared(evidence, raised):
            line = exception_text(raised).split("\n")[0]
            return Match(Strength.EXCEPTION, place_of(evidence), (line,), evidence.failure, raised)
    return None


def _is_declared(evidence: Evidence, raised: Raised) -> bool:
    if raised.name == "AirflowFailException" or _DBT_TEST.search(raised.message[:2_000]):
        return True
    if raised.name == "AssertionError":
        return not raised.frames or (own_frame(evidence.chain) is not None and _is_check(raised))
    if raised.name != "AirflowException":
        return False
    inner = raised.frames[-1] if raised.frames else None
    if inner and is_operator_code(inner.file) and (job := read_job(raised.message)) and job.service:
        return False
    if inner and (is_own(inner.file) or (inner.function == CHECK and inner.file.endswith("/operators/sql.py"))):
        return True
    return bool(_QUALITY.search(raised.message[:500]))


def _is_check(raised: Raised) -> bool:
    """The user's own `assert`, or one by a function that is there to check (assertEqual, assert_frame_equal); a library's is an error."""
    return is_own(raised.frames[-1].file) or any(frame.function.startswith("assert") for frame in raised.frames[-4:])


def remedy(match: Match[Place], answers: Answers) -> Remedy:
    what = ending(match.raised.message) if match.raised and match.raised.message.strip() else "a check did not hold."
    return code_remedy(
        summary=f"The task failed on purpose: {what}",
        explanation=f"{at_start(match.facts) if match.facts.file else 'The operator'} checks something and ends the task when it does not hold. The check worked; look at what it checks.",
        steps=(
            "Look at the data or state that the message names, and at the task or system that produces it.",
            "If the check is too strict, change its limit in the code; then clear the task so that it runs again.",
        ),
        place=match.facts,
        answers=answers,
    )


RULE = Rule(
    category=Category.DAG_CODE,
    cause="task-declared-failure",
    may_heal=True,
    recognise=recognise,
    questions=code_questions,
    remedy=remedy,
)
