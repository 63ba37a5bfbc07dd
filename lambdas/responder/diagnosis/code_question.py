"""The user's code as a fact and a remedy: where it broke, and how a corrected file gets into the environment.

Shared by the causes that a change of a DAG file cures, so that it is asked and worded once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from responder.diagnosis.advice import DEPLOY_DAG, FROM_TEXT
from responder.diagnosis.frames import own_frame
from responder.diagnosis.rule import Match
from responder.inquiry.question import Answers, Question
from responder.model import Evidence, Link, Remedy

MODULE = "<module>"


class Placed(Protocol):
    """Facts that hold a place in the user's code."""

    @property
    def file(self) -> str | None: ...
    @property
    def line(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Place:
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


def code_questions(_match: Match[Any]) -> tuple[Question[Any], ...]:
    """The source around the place, as it was when it broke."""
    return ()


def code_remedy(
    *,
    summary: str,
    explanation: str,
    steps: tuple[str, ...],
    place: Placed,
    answers: Answers,
    links: tuple[Link, ...] = (),
) -> Remedy:
    """The steps, then how a corrected file gets into the environment."""
    return Remedy(summary, explanation, (*steps, DEPLOY_DAG), FROM_TEXT, links=links)
