"""A process took more memory than there was, and the kernel or the platform killed it.

Seen as: return code -9, exit 137, SIGKILL, OOMKilled, MemoryError, OutOfMemoryError; a log that simply stops.
Comes from: too many tasks at once on a worker, or one task that holds more than its share.
"""

from __future__ import annotations

import signal
from dataclasses import dataclass

from responder.diagnosis.advice import CLASS_DOCS, FROM_TEXT, SET_OPTION
from responder.diagnosis.decisive import decisive, records_before
from responder.diagnosis.recognise import by_exception, first_of, line_of
from responder.diagnosis.rule import Match, Rule
from responder.evidence.lazy_pattern import lazy
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, ProcessExit, Remedy, Strength

CLASSES = ("MemoryError", "_ArrayMemoryError", "ArrowMemoryError", "OutOfMemoryError", "OutOfMemoryException")
_WORDS = lazy(
    r"(?i)\bOOMKilled\b|\bout ?of ?memory\b|OutOfMemory|cannot allocate memory|exceeding (?:physical |virtual )?memory limits|memory limit exceeded"
    r"|java heap space|gc overhead limit|signal 9 \(SIGKILL\)|container killed due to memory|unable to allocate .{1,40}iB|exceeded .{0,30}memory (?:limit|size)"
)
_A_QUERY = lazy(r"(?i)per-node|EXCEEDED_\w{3,20}_MEMORY_LIMIT|query exceeded")  # the database's memory, not ours
_TERMINATED_FIRST = lazy(r"Received SIGTERM|shouldn't be running anymore|externally set to")


@dataclass(frozen=True, slots=True)
class Killed:
    """How it ended, where the log says so as a number."""

    exit_code: int | None = None


def by_kill(evidence: Evidence) -> Match[Killed] | None:
    """SIGKILL, unless Airflow itself sent it after a SIGTERM."""
    killed = next((each for each in evidence.exits if each.signal == signal.SIGKILL), None)
    if killed is None or any(_TERMINATED_FIRST.search(record.text[:500]) for record in records_before(evidence)):
        return None
    raised = evidence.chain.root if evidence.chain and not killed.of_task else None
    return Match(Strength.STRUCTURED, Killed(_code(killed)), (killed.line,), evidence.failure, raised)


def _code(killed: ProcessExit) -> int:
    return killed.code if killed.code is not None else -signal.SIGKILL


def by_words(evidence: Evidence) -> Match[Killed] | None:
    """The runtime's or the platform's own words."""
    for said in decisive(evidence):
        found = _WORDS.search(said.text)
        if found and not _A_QUERY.search(said.text):
            line = line_of(said.text, found.start(), found.end())
            return Match(Strength.STRUCTURED, Killed(), (line,), evidence.failure, said.raised)
    return None


def remedy(_match: Match[Killed], _answers: Answers) -> Remedy:
    """Share the worker among fewer tasks, take less, go elsewhere; a larger class alone gives a task no more."""
    return Remedy(
        summary="The process was killed because it ran out of memory.",
        explanation="A kill by the kernel (SIGKILL) leaves no traceback, so the log just ends. From mw1.small to mw1.large a task has the same "
        "share of its worker, about 0.4 GB when all slots are busy: a larger class alone does not help, fewer tasks per worker do.",
        steps=(
            f"Lower the number of tasks that run at once on a worker: {SET_OPTION} > celery.worker_autoscale, for example 3,3.",
            "Read and write in chunks instead of loading everything (pandas chunksize, server-side cursors, S3 streaming).",
            "Move the heavy part off the worker: ECS, EKS, Glue, EMR or a query in the database; give a container that was OOMKilled a higher limit.",
            "If that is not enough: MWAA console > the environment > Edit > Environment class, together with celery.worker_autoscale.",
        ),
        proof=FROM_TEXT,
        links=(CLASS_DOCS,),
    )


RULE = Rule(
    category=Category.CAPACITY,
    cause="out-of-memory",
    may_heal=True,
    recognise=first_of(
        by_exception(*CLASSES, facts=lambda *_: Killed(), strength=Strength.STRUCTURED), by_kill, by_words
    ),
    remedy=remedy,
)
