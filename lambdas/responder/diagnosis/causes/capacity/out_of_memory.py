"""A process took more memory than there was, and the kernel or the platform killed it.

Seen as: return code -9, exit 137, SIGKILL, OOMKilled, MemoryError, OutOfMemoryError; a log that simply stops.
Comes from: too many tasks at once on a worker, or one task that holds more than its share.
"""

from __future__ import annotations

import signal
from dataclasses import dataclass

from responder.diagnosis.advice import CLASS_DOCS, FROM_TEXT
from responder.diagnosis.decisive import decisive, records_before
from responder.diagnosis.environment_advice import (
    about_environment,
    fewer_tasks,
    known,
    larger_class,
    memory_share,
    unknown_because,
)
from responder.diagnosis.recognise import by_exception, first_of, line_of
from responder.diagnosis.rule import Match, Rule
from responder.evidence.lazy_pattern import lazy
from responder.evidence.remote_job import read_job
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, ProcessExit, Remedy, Strength

CHUNKS = "Read and write in chunks instead of loading everything (pandas chunksize, server-side cursors, S3 streaming)."
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


def remedy(match: Match[Killed], answers: Answers) -> Remedy:
    """A container elsewhere needs a higher limit; on a worker fewer tasks have to share it."""
    raised = match.raised
    return _elsewhere() if raised and read_job(raised.message) else _on_worker(answers)


def _elsewhere() -> Remedy:
    return Remedy(
        summary="The job that the task started was killed because it ran out of memory.",
        explanation="The container or executor reached its own memory limit; the Airflow worker has nothing to do with it.",
        steps=(
            "Raise the limit where the job is defined: the pod's resources, the ECS or Batch task definition's memory, Glue's worker type, Spark's executor memory and overhead.",
            CHUNKS,
        ),
        proof=FROM_TEXT,
        owner="whoever owns the job",
    )


def _on_worker(answers: Answers) -> Remedy:
    environment = known(answers)
    return Remedy(
        summary="The process was killed because it ran out of memory.",
        explanation=f"A kill by the kernel (SIGKILL) leaves no traceback, so the log just ends. {memory_share(environment)}",
        steps=(
            fewer_tasks(environment),
            CHUNKS,
            "Move the heavy part off the worker: ECS, EKS, Glue, EMR or a query in the database.",
            larger_class(environment),
        ),
        proof=FROM_TEXT,
        not_checked=unknown_because(answers),
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
    questions=about_environment,
)
