"""The way of a failure, one function an arrow: examine, advise, respond."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from responder.diagnosis.rank import diagnose
from responder.diagnosis.rule import Rule
from responder.evidence.gather import gather
from responder.incidents.incident import Role
from responder.incidents.ledger import Ledger
from responder.incidents.policy import Do, Reason, judge
from responder.incidents.word import Words
from responder.inquiry.ask import ask, deadline
from responder.inquiry.environment import EnvironmentState
from responder.inquiry.question import Answers, Budget, CouldNot, Inquirer, Question, Unanswered
from responder.model import (
    Diagnosis,
    Evidence,
    Failure,
    Kind,
    Message,
    Occurrences,
    Proof,
    ProofLevel,
    Remedy,
    Source,
    Strength,
)
from responder.notify.announce import Announcer
from responder.notify.delivery import Delivery
from responder.report.compose import compose
from responder.report.fingerprint import attempt_key, fingerprint
from responder.report.naming import task_label
from responder.settings import AlertPolicy

READING_SECONDS = 10.0  # for the rest of a log
LOOK_UP_SECONDS = 30.0  # for all questions together; the function has 120 for everything
# What pip and components print is an event a line, and the subscription's filter lets through those alone that say something.
LINE_BY_LINE = frozenset({Kind.REQUIREMENTS, Kind.PROCESS})
WORD_MS = 5 * 60_000  # a listener's word takes seconds, CloudWatch Logs at most three minutes

Inquirers = Mapping[type[Question[Any]], Inquirer[Any, Any]]
Rules = Sequence[Rule[Any]]


class Reader(Protocol):
    """Reads the rest of a failure's log."""

    def complete(self, failure: Failure, budget: Budget) -> Failure:
        """Raises CouldNot."""
        ...


class Examined(NamedTuple):
    """A failure with what broke it. `notes`: what of the log could not be read, and why."""

    failure: Failure
    diagnosis: Diagnosis
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Practice:
    """Everything outside that `respond` works with; `wiring.py` builds it."""

    rules: Rules
    reader: Reader
    inquirers: Callable[[], Inquirers]
    ledger: Ledger
    words: Words
    announcer: Announcer
    policy: AlertPolicy


class Ended(StrEnum):
    """What became of a sighting."""

    NO_FAILURE = "no-failure"
    WAITS = "waits"  # for word whether another try follows; the sighting has to come by again
    SILENT = "silent"
    ANNOUNCED = "announced"


class Outcome(NamedTuple):
    """How it ended, and what there is to log and count."""

    ended: Ended
    reason: Reason | None = None
    diagnosis: Diagnosis | None = None
    message: Message | None = None
    delivery: Delivery | None = None
    unanswered: int = 0


class InOtherHands(Exception):
    """Somebody else is announcing this very attempt; if they are killed, its sighting has to come again."""


class NotRead(Exception):
    """The line that came in decides nothing, and the log that it stands in could not be read: it has to come again."""


def examine(failure: Failure, rules: Rules, reader: Reader | None) -> Examined | None:
    """The root cause; None where the log shows no failure. More of the log is read where the sighting does not decide.

    Raises NotRead where nothing can be said without the rest of the log.
    """
    evidence = gather(failure)
    diagnosis = diagnose(evidence, rules)
    notes: tuple[str, ...] = ()
    if reader and _wants_more(evidence, diagnosis):
        try:
            failure = reader.complete(failure, deadline(READING_SECONDS))
        except CouldNot as could_not:
            if diagnosis is None and failure.kind in LINE_BY_LINE:
                raise NotRead(f"whether it is a failure: {could_not}") from could_not
            notes = (f"the rest of the log: {could_not}",)
        else:
            diagnosis = diagnose(gather(failure), rules)
    return Examined(failure, diagnosis, notes) if diagnosis else None


def _wants_more(evidence: Evidence, diagnosis: Diagnosis | None) -> bool:
    failure = evidence.failure
    if failure.complete:
        return False
    if failure.kind in LINE_BY_LINE:
        return True
    if diagnosis is None:
        return failure.source is not Source.LOG
    decided = evidence.failing is not None and diagnosis.strength >= Strength.EXCEPTION and not diagnosis.gives_way
    return not decided or (diagnosis.may_heal and failure.attempt.final is None)


def advise(examined: Examined, inquirers: Inquirers, occurrences: Occurrences) -> tuple[Message, Answers]:
    """Asks what there is to ask, and words it. Whatever the sources do, there is a message."""
    failure, diagnosis = examined.failure, examined.diagnosis
    surroundings = EnvironmentState()
    answers = ask((*diagnosis.questions, surroundings), failure, inquirers, seconds=LOOK_UP_SECONDS)
    remedy = _proposed(diagnosis, answers)
    remedy = replace(remedy, not_checked=(*remedy.not_checked, *examined.notes))
    environment = answers[surroundings]
    known = None if isinstance(environment, Unanswered) else environment
    return compose(failure, diagnosis, remedy, known, occurrences), answers


def _proposed(diagnosis: Diagnosis, answers: Answers) -> Remedy:
    try:
        return diagnosis.propose(answers)
    except Exception as error:  # noqa: BLE001 - the containment of one rule: the failure is told of all the same
        return Remedy(
            summary=f"It failed; the cause is {diagnosis.cause}.",
            explanation="The evidence below says what broke. The advice for this cause could not be put together.",
            steps=("Read the evidence, and the log around it.",),
            proof=Proof(ProofLevel.SUSPECTED, "read from the log alone"),
            not_checked=(f"the remedy: the rule {diagnosis.cause} broke ({type(error).__name__})",),
        )


def respond(failure: Failure, practice: Practice, now: int) -> Outcome:
    """One sighting, to its end. `now`: epoch ms. Raises what makes the sighting come again: NotRead, NotDelivered …"""
    practice.words.note(failure, now=now)
    examined = examine(failure, practice.rules, practice.reader)
    if examined is None:
        return Outcome(Ended.NO_FAILURE)
    judgement = judge(
        examined.failure,
        examined.diagnosis,
        practice.policy,
        told=practice.words.final(failure),
        word_may_come=now - failure.seen_at < WORD_MS and practice.words.may_come(failure, now=now),
    )
    if judgement.do is not Do.ALERT:
        ended = Ended.WAITS if judgement.do is Do.WAIT else Ended.SILENT
        return Outcome(ended, judgement.reason, examined.diagnosis)
    return _alert(examined, practice, judgement.reason, now)


def _alert(examined: Examined, practice: Practice, reason: Reason, now: int) -> Outcome:
    failure, diagnosis = examined.failure, examined.diagnosis
    identity = fingerprint(failure, diagnosis)
    sighting = practice.ledger.sight(identity, attempt_key(failure), task_label(failure), now=now)
    if sighting.role is Role.BUSY:
        raise InOtherHands(f"incident {identity} is being announced")
    if sighting.role is Role.COUNTED:
        practice.announcer.repeated(sighting.incident)
        return Outcome(Ended.SILENT, Reason.REPEAT, diagnosis)
    message, answers = advise(examined, practice.inquirers(), sighting.incident.occurrences)
    delivery = practice.announcer.announce(message, sighting.incident)
    unanswered = sum(isinstance(each, Unanswered) for each in answers.given.values())
    return Outcome(Ended.ANNOUNCED, reason, diagnosis, message, delivery, unanswered)
