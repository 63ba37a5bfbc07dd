"""An exception that the task's or the DAG file's own code raises, and that no special cause explains.

Seen as: any exception class but Airflow's own, from ZeroDivisionError to one that the code defines.
Comes from: the code meets data, a state or a value that it was not written for.
"""

from __future__ import annotations

from responder.diagnosis.code_question import Place, code_questions, code_remedy, place_of, shown
from responder.diagnosis.rule import Match, Rule
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Kind, Raised, Remedy, Strength

# They report that something failed, not what.
WRAPPERS = frozenset(
    {
        "AirflowException",
        "TaskDeferralError",
        "AirflowTaskTerminated",
        "SystemExit",
        "CalledProcessError",
        "KeyboardInterrupt",
    }
)


def recognise(evidence: Evidence) -> Match[Place] | None:
    raised = _telling(evidence)
    if raised is None or evidence.failure.kind in (Kind.REQUIREMENTS, Kind.ENVIRONMENT):
        return None
    place = place_of(evidence)
    if evidence.failure.kind is Kind.PROCESS and place.file is None:
        return None
    return Match(Strength.FALLBACK, place, (exception_text(raised).split("\n")[0],), evidence.failure, raised)


def _telling(evidence: Evidence) -> Raised | None:
    """The last exception of the chain that says what went wrong."""
    links = evidence.chain.links if evidence.chain else ()
    return next((raised for raised in reversed(links) if raised.name not in WRAPPERS), None)


def remedy(match: Match[Place], answers: Answers) -> Remedy:
    what = exception_text(match.raised).split("\n")[0][:200] if match.raised else "an exception"
    return code_remedy(
        summary=f"{shown(match.facts)} raised {what}.",
        explanation="The code itself failed; nothing in the log points at the environment, a permission or another service.",
        steps=(
            f"Look at {shown(match.facts)} and at the data that this run gave it (the run's configuration, XComs, the files or rows it read).",
            "Run the function with the same input outside Airflow, or add the value to the log before the line that fails.",
        ),
        place=match.facts,
        answers=answers,
    )


RULE = Rule(
    category=Category.DAG_CODE,
    cause="runtime-error",
    may_heal=True,
    recognise=recognise,
    questions=code_questions,
    remedy=remedy,
)
