"""What a rule may want to know, as data: asked here, answered by the inquirers, never by a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, cast

from responder.model import Failure

A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)
Q_contra = TypeVar("Q_contra", contravariant=True)


@dataclass(frozen=True)
class Question(Generic[A]):
    """Something to find out about the failure at hand; `A` is the type of its answer.

    Subclasses are frozen dataclasses, so that equal questions are asked once. The failure's
    environment is never part of a question: the inquirer is handed the failure beside it.
    """


class Unanswered(NamedTuple):
    """Could not be found out, and why, in words that a reader of the message understands."""

    reason: str


class CouldNot(Exception):
    """Raised by an inquirer that cannot answer; its text becomes the `Unanswered.reason`."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Every question that was asked, with its answer or the reason why there is none."""

    given: Mapping[Question[Any], object]

    def __getitem__(self, question: Question[A]) -> A | Unanswered:
        return cast("A | Unanswered", self.given.get(question, Unanswered("not looked up")))


NO_ANSWERS = Answers({})


class Budget(Protocol):
    """Seconds that are left for one look-up."""

    def left(self) -> float: ...


class Inquirer(Protocol[Q_contra, A_co]):
    """Answers one kind of question from one outside source."""

    def answer(self, question: Q_contra, failure: Failure, budget: Budget) -> A_co:
        """The answer. Raises CouldNot with a reason; nothing else on purpose."""
        ...
