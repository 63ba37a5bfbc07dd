"""Something from outside ended the task: its worker went away, or Airflow gave it up.

Seen as: SIGTERM (return code 143), zombie, missing heartbeat, "state attribute is queued", "externally set to", WorkerLostError.
Comes from: scale-in or replacement of workers, a deployment, an overloaded worker, a state set by hand, a task never picked up.
"""

from __future__ import annotations

import signal

from responder.diagnosis.advice import FROM_TEXT, TROUBLESHOOTING_DOCS
from responder.diagnosis.environment_advice import about_environment, known, unknown_because
from responder.diagnosis.lost_task_advice import lost
from responder.diagnosis.recognise import first_of, records_before, resting_on
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.evidence.decisive import is_opaque
from responder.evidence.given_up import given_up
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Record, Remedy, Strength


def by_exit(evidence: Evidence) -> Match[NoFacts] | None:
    """SIGTERM: by a number."""
    ended = next((each for each in evidence.exits if each.signal == signal.SIGTERM), None)
    if ended is None or not (
        evidence.chain is None or is_opaque(evidence) or any(given_up(said.text) for said in evidence.decisive)
    ):
        return None
    return Match(Strength.STRUCTURED, NoFacts(), (ended.line,), evidence.failure)


def by_line(evidence: Evidence) -> Match[NoFacts] | None:
    """Airflow's own words, in the failure itself or before it."""
    for said in evidence.decisive:
        found = None if said.record and said.record.output else given_up(said.text)
        if found:
            return resting_on(evidence, said, NoFacts(), Strength.STRUCTURED, found.span())
    record = next((each for each in _candidates(evidence) if given_up(each.text)), None)
    return Match(Strength.STRUCTURED, NoFacts(), (record.text[:1_000],), evidence.failure) if record else None


def _candidates(evidence: Evidence) -> tuple[Record, ...]:
    """What came before the failure, where its exception says nothing; without an exception all there is."""
    if evidence.chain and not is_opaque(evidence):
        return ()
    records = records_before(evidence) if evidence.chain else evidence.records
    return tuple(each for each in records if not each.output)


def remedy(match: Match[NoFacts], answers: Answers) -> Remedy:
    """By the way in which the log says it."""
    told = lost(match.because[0])
    return Remedy(
        summary=told.summary,
        explanation=told.explanation,
        steps=told.steps(known(answers)),
        proof=FROM_TEXT,
        not_checked=unknown_because(answers),
        links=(TROUBLESHOOTING_DOCS,),
    )


RULE = Rule(
    category=Category.CAPACITY,
    cause="worker-lost",
    may_heal=True,
    recognise=first_of(by_line, by_exit),
    remedy=remedy,
    questions=about_environment,
    yields_to=("dag-import-timeout", "task-timeout", "environment-unhealthy", "out-of-memory", "airflow-config"),
)
