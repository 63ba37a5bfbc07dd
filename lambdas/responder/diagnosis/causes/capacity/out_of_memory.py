"""A process took more memory than there was, and the kernel or the platform killed it.

Seen as: return code -9, exit 137, SIGKILL, OOMKilled, MemoryError, OutOfMemoryError; a log that simply stops.
Comes from: too many tasks at once on a worker, or one task that holds more than its share.
"""

from __future__ import annotations

import signal
from typing import NamedTuple

from responder.diagnosis.environment_advice import about_environment
from responder.diagnosis.memory_advice import elsewhere, on_web_server, on_worker
from responder.diagnosis.recognise import by_decisive, by_exception, first_of, records_before
from responder.diagnosis.rule import Match, Rule
from responder.evidence.lazy_pattern import lazy
from responder.evidence.remote_job import read_job
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, ProcessExit, Remedy, Strength

CLASSES = ("MemoryError", "_ArrayMemoryError", "ArrowMemoryError", "OutOfMemoryError", "OutOfMemoryException")
WEB_SERVER = "-WebServer"  # the end of its log group's name
_WORDS = lazy(
    r"(?i)\bOOMKilled\b|\bout ?of ?memory\b|OutOfMemory|cannot allocate memory|exceeding (?:physical |virtual )?memory limits|memory limit exceeded"
    r"|java heap space|gc overhead limit|signal 9 \(SIGKILL\)|terminated due to signal 9\b|container killed due to memory|unable to allocate .{1,40}iB|exceeded .{0,30}memory (?:limit|size)"
)
_A_QUERY = lazy(
    r"(?i)used memory > 'maxmemory'|per-node|DB::Exception|EXCEEDED_\w{3,20}_MEMORY_LIMIT|query exceeded"
)  # the database's memory, not ours
_TERMINATED_FIRST = lazy(r"Received SIGTERM|shouldn't be running anymore|externally set to")


class Killed(NamedTuple):
    """How it ended, where the log says so as a number."""

    exit_code: int | None = None


_by_class = by_exception(*CLASSES, facts=lambda *_: Killed(), strength=Strength.STRUCTURED)


def by_class(evidence: Evidence) -> Match[Killed] | None:
    """Redis has a class of this name for its own memory."""
    match = _by_class(evidence)
    return None if match and match.raised and _A_QUERY.search(match.raised.message[:1_000]) else match


def by_kill(evidence: Evidence) -> Match[Killed] | None:
    """SIGKILL, unless Airflow itself sent it after a SIGTERM."""
    killed = next((each for each in evidence.exits if each.signal == signal.SIGKILL), None)
    if killed is None or any(_TERMINATED_FIRST.search(record.text[:500]) for record in records_before(evidence)):
        return None
    raised = evidence.chain.root if evidence.chain and not killed.of_task else None
    return Match(Strength.STRUCTURED, Killed(_code(killed)), (killed.line,), evidence.failure, raised)


def _code(killed: ProcessExit) -> int:
    return killed.code if killed.code is not None else -signal.SIGKILL


def remedy(match: Match[Killed], answers: Answers) -> Remedy:
    """A container elsewhere needs a higher limit; on a worker fewer tasks have to share it."""
    raised = match.raised
    if (match.failure.place.log_group or "").endswith(WEB_SERVER):
        return on_web_server()
    return (
        elsewhere()
        if raised and read_job(raised.message)
        else on_worker(answers, killed=match.facts.exit_code is not None)
    )


RULE = Rule(
    category=Category.CAPACITY,
    cause="out-of-memory",
    may_heal=True,
    recognise=first_of(
        by_class,
        by_kill,
        by_decisive(_WORDS, Killed(), unless=_A_QUERY),
    ),
    remedy=remedy,
    questions=about_environment,
)
