"""The user's code as a fact and a remedy: where it broke, and how a corrected file gets into the environment.

Shared by the causes that a change of a DAG file cures, so that it is asked and worded once.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from responder.diagnosis.advice import DEPLOY_DAG, FROM_TEXT, MWAA_DOCS
from responder.diagnosis.frames import own_frame
from responder.diagnosis.quoting import beginning
from responder.diagnosis.rule import Match
from responder.inquiry.dag_source import DAGS_FOLDER, SourceAround, SourceLines
from responder.inquiry.environment import EnvironmentState
from responder.inquiry.question import Answers, Question, Unanswered
from responder.model import Artifact, Evidence, Link, Proof, ProofLevel, Remedy

MODULE = "<module>"
NO_PLACE = Unanswered("the log names no file of the DAG folder")  # there is nothing to look at
DAGS_DOCS = Link("Adding or updating DAGs on MWAA", f"{MWAA_DOCS}/configuring-dag-folder.html")


class Placed(Protocol):
    """Facts that hold a place in the user's code."""

    @property
    def file(self) -> str | None: ...
    @property
    def line(self) -> int | None: ...


class Place(NamedTuple):
    """Where in the user's code it broke; None where the log does not show it."""

    file: str | None = None
    line: int | None = None
    function: str | None = None


def place_of(evidence: Evidence) -> Place:
    """Of a syntax error the parser's place, else the innermost frame in dags/, plugins/ or include/."""
    links = evidence.chain.links if evidence.chain else ()
    syntax = next((raised.syntax for raised in links if raised.syntax), None)
    if syntax:
        return Place(syntax.file, syntax.line or None)
    frame = own_frame(evidence.chain)
    if frame is None:
        return Place()
    function = frame.function if frame.function != MODULE else None
    return Place(frame.file, frame.line or None, function or None)


def shown(place: Placed) -> str:
    """The path "/usr/local/airflow/dags/etl/load.py", 12 as "etl/load.py, line 12"."""
    if not place.file:
        return "the DAG's code"
    name = place.file.rpartition("/dags/")[2] or place.file
    return f"{name}, line {place.line}" if place.line else name


def at_start(place: Placed) -> str:
    """The same at the beginning of a sentence."""
    return shown(place) if place.file else beginning(shown(place))


def where(match: Match[Any]) -> str:
    """The place in the user's code, or at least the DAG file that was read."""
    file = match.failure.dag_file
    return shown(match.facts) if match.facts.file or not file else shown(Place(file))


def code_questions(match: Match[Any]) -> tuple[Question[Any], ...]:
    """The source around the place, as it was when it broke."""
    question = _source(match.facts)
    return (question,) if question else ()


def code_and_release_questions(match: Match[Any]) -> tuple[Question[Any], ...]:
    """The source around the place, and which Airflow the environment runs."""
    return (*code_questions(match), EnvironmentState())


def release_of(answers: Answers) -> str | None:
    """The environment's Airflow version, None where it could not be asked."""
    facts = answers[EnvironmentState()]
    return None if isinstance(facts, Unanswered) else facts.airflow_version


def _source(place: Placed) -> SourceAround | None:
    if not place.file or not place.line or not place.file.startswith(DAGS_FOLDER):
        return None
    return SourceAround(place.file, place.line)


def code_remedy(
    *,
    summary: str,
    explanation: str,
    steps: tuple[str, ...],
    place: Placed,
    answers: Answers,
    links: tuple[Link, ...] = (DAGS_DOCS,),
) -> Remedy:
    """The steps, then how a corrected file gets into the environment; with the failing line where it could be read."""
    question = _source(place)
    found = _answer(question, answers)
    steps = (*steps, DEPLOY_DAG)
    if isinstance(found, Unanswered):
        missing = () if found is NO_PLACE else (f"the failing line in the DAG's source: {found.reason}",)
        return Remedy(summary, explanation, steps, FROM_TEXT, not_checked=missing, links=links)
    return Remedy(summary, explanation, steps, _read(found), artifacts=_artifacts(found), links=links)


def _answer(question: SourceAround | None, answers: Answers) -> SourceLines | Unanswered:
    if question is None:
        return NO_PLACE
    found = answers[question]
    return found  # noqa: RET504 - mypy infers the question's own type only without the function's in sight


def _read(found: SourceLines) -> Proof:
    version = f", object version {found.version}" if found.version else ""
    return Proof(
        ProofLevel.CHECKED,
        f"the failing line was read from s3://{found.bucket}/{found.key}{version}; no corrected code was run",
    )


def _artifacts(found: SourceLines) -> tuple[Artifact, ...]:
    shown = Artifact("source", "\n".join(found.around), f"{found.key}, line {found.line}")
    if not found.diff:
        return (shown,)
    return (shown, Artifact("source", "\n".join(found.diff), f"What changed last in {found.key}"))
