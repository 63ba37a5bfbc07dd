"""An exception that the task's or the DAG file's own code raises, and that no special cause explains.

Seen as: any exception class but Airflow's own, from ZeroDivisionError to one that the code defines.
Comes from: the code meets data, a state or a value that it was not written for.
"""

from __future__ import annotations

from responder.diagnosis.code_question import Place, at_start, code_questions, code_remedy, place_of, shown
from responder.diagnosis.frames import distribution_of, innermost
from responder.diagnosis.quoting import ending
from responder.diagnosis.rule import Match, Rule
from responder.diagnosis.runtime_advice import hint
from responder.evidence.own_disk import is_of_own_disk
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
    if evidence.failure.kind is Kind.PROCESS and place.file is None and not is_of_own_disk(raised):
        return None
    return Match(Strength.FALLBACK, place, (exception_text(raised).split("\n")[0],), evidence.failure, raised)


def _telling(evidence: Evidence) -> Raised | None:
    """The last exception of the chain that says what went wrong."""
    links = evidence.chain.links if evidence.chain else ()
    return next((raised for raised in reversed(links) if raised.name not in WRAPPERS), None)


def remedy(match: Match[Place], answers: Answers) -> Remedy:
    what = ending(exception_text(match.raised)) if match.raised else "an exception."
    inside = innermost(match.raised)
    package = distribution_of(inside.file) if inside and not match.facts.file else None
    return code_remedy(
        summary=f"{at_start(match.facts) if match.facts.file else 'The task'} raised {what}",
        explanation="The code itself failed; nothing in the log points at the environment, a permission or another service."
        if package is None
        else f"It broke inside the installed package {package}, at {shown(Place(inside.file.rpartition('/')[2], inside.line) if inside else match.facts)}; "
        "the traceback shows no line of a DAG file.",
        steps=(
            *((told,) if (told := hint(match.raised)) else ()),
            f"Look at {shown(match.facts)} and at the data that this run gave it (the run's configuration, XComs, the files or rows it read)."
            if package is None
            else "Read the lines of the log above the traceback: they say what the operator was doing. Then compare its arguments and the data it got with what it expects.",
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
