"""Asks all questions at once, within one budget: a source that fails or is slow never holds up the message."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from responder.inquiry.question import Answers, CouldNot, Inquirer, Question, Unanswered
from responder.model import Failure

MOST_AT_ONCE = 8  # threads; a diagnosis asks fewer questions than this


@dataclass(frozen=True, slots=True)
class Deadline:
    """A budget that runs out at one moment for all."""

    ends: float  # on `clock`, in seconds
    clock: Callable[[], float] = time.monotonic

    def left(self) -> float:
        """Seconds that remain, never less than 0."""
        return max(0.0, self.ends - self.clock())


def deadline(seconds: float, clock: Callable[[], float] = time.monotonic) -> Deadline:
    """A budget of so many seconds from now."""
    return Deadline(clock() + seconds, clock)


def ask(
    questions: Sequence[Question[Any]],
    failure: Failure,
    inquirers: Mapping[type[Question[Any]], Inquirer[Any, Any]],
    *,
    seconds: float,
    clock: Callable[[], float] = time.monotonic,
) -> Answers:
    """Every question with its answer, or with the reason why there is none within `seconds`."""
    budget = deadline(seconds, clock)
    pool = ThreadPoolExecutor(max_workers=MOST_AT_ONCE, thread_name_prefix="inquiry")
    try:
        asked = {
            question: pool.submit(inquirers[type(question)].answer, question, failure, budget)
            for question in dict.fromkeys(questions)
            if type(question) in inquirers
        }
        wait(asked.values(), timeout=budget.left())
        given = {question: _outcome(future, seconds) for question, future in asked.items()}
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    unasked = Unanswered("nothing was given to look it up with")
    return Answers({question: given.get(question, unasked) for question in questions})


def _outcome(future: Future[Any], seconds: float) -> object:
    """A bug in one look-up is contained like a slow one: the message goes out and says so."""
    if not future.done():
        return Unanswered(f"no answer within {seconds:g} seconds")
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, CouldNot):
        return Unanswered(str(error))
    return Unanswered(f"the look-up broke ({type(error).__name__})")
