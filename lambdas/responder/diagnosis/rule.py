"""The contract between a cause and the catalogue: a frozen value of pure functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from responder.inquiry.question import Answers, Question
from responder.model import Category, Evidence, Failure, Raised, Remedy, Strength

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Match(Generic[F]):
    """A rule's claim that its cause is the one."""

    strength: Strength
    facts: F  # the cause's own NamedTuple (a dataclass takes Python ten times as long to make); its field names are fact keys, None fields are left out
    because: tuple[str, ...]  # the verbatim lines that convinced us, the most telling first
    failure: Failure
    raised: Raised | None = None  # the exception it rests on: at equal strength the one raised first wins


@dataclass(frozen=True, slots=True)
class NoFacts:
    """For causes that state nothing beyond what every diagnosis states."""


def nothing_to_ask(_match: Match[Any]) -> tuple[Question[Any], ...]:
    """Most causes need no look-up."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[F]):
    """One cause. A module below `causes/` exposes it as RULE; its path is its category and its name."""

    category: Category
    cause: str
    may_heal: bool  # another try can help: the alert may wait for the last one
    recognise: Callable[[Evidence], Match[F] | None]
    remedy: Callable[[Match[F], Answers], Remedy]
    questions: Callable[[Match[F]], tuple[Question[Any], ...]] = nothing_to_ask
    yields_to: tuple[
        str, ...
    ] = ()  # special causes that this general one gives way to, unless they rest on less: `rank`
