"""When a failed try is worth a message. Silence has a reason, and the reason is counted."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from responder.model import Diagnosis, Failure, Kind
from responder.settings import AlertPolicy


class Reason(StrEnum):
    """Why a message goes out now, waits for word, or does not go out."""

    EVERY_ATTEMPT = "every-attempt-is-wanted"
    NOT_A_TASK = "no-try-follows-by-itself"
    HOPELESS = "another-try-cannot-help"
    LAST_TRY = "it-was-the-last-try"
    NOBODY_TELLS = "nobody-tells-whether-another-try-follows"
    WAITS_FOR_WORD = "the-listener-or-scheduler-will-tell"
    ANOTHER_TRY_FOLLOWS = "another-try-follows-and-can-help"
    REPEAT = "counted-for-the-follow-up"


class Do(StrEnum):
    """What to do with a sighting."""

    ALERT = "alert"
    WAIT = "wait"
    STAY_SILENT = "stay-silent"


class Judgement(NamedTuple):
    """What to do, and why."""

    do: Do
    reason: Reason


def judge(
    failure: Failure,
    diagnosis: Diagnosis,
    policy: AlertPolicy,
    *,
    told: bool | None = None,
    word_may_come: bool = False,
) -> Judgement:
    """`told`: whether it was the last try, from another sighting of the same attempt; None: nobody said so far.

    `word_may_come`: the environment is known to have a listener, so that it is worth waiting for what it says.
    """
    if policy is AlertPolicy.EVERY_ATTEMPT:
        return Judgement(Do.ALERT, Reason.EVERY_ATTEMPT)
    if failure.kind is not Kind.TASK:
        return Judgement(Do.ALERT, Reason.NOT_A_TASK)
    if not diagnosis.may_heal:
        return Judgement(Do.ALERT, Reason.HOPELESS)
    final = failure.attempt.final if failure.attempt.final is not None else told
    if final is not None:
        return Judgement(Do.ALERT, Reason.LAST_TRY) if final else Judgement(Do.STAY_SILENT, Reason.ANOTHER_TRY_FOLLOWS)
    return Judgement(Do.WAIT, Reason.WAITS_FOR_WORD) if word_may_come else Judgement(Do.ALERT, Reason.NOBODY_TELLS)
