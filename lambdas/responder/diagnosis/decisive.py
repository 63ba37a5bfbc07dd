"""The words that decide: what the failure itself says, and only where that is empty what was logged before it.

A task logs much that is not why it failed: retried calls, a line of the job's own output, a table called `errors`.
So most causes look here and not at all of `recognise.said`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from responder.diagnosis.facts import is_own
from responder.evidence.said import exception_text
from responder.model import AwsError, Evidence, Level, Raised, Record, Said, Strength

# Exceptions that only report that something else went wrong, which was logged above them
_OPAQUE = re.compile(
    r"Trigger failure|(?:Bash )?command failed|Command .{0,400}returned non-zero exit|non-zero exit (?:code|status)"
    r"|Dag '.{1,250}' could not be found|Worker exited prematurely|exit status = \d|subprocess (?:failed|returned)"
    r"|^(?:\w+\.)*(?:TaskDeferralError|SystemExit|CalledProcessError)\b"
)
# Provider code that trips over the answer of a service: the answer stands in a line before
_STUMBLES = frozenset({"KeyError", "AttributeError", "TypeError", "IndexError", "UnboundLocalError"})
_CHILD_OUTPUT_LIMIT = 200  # of the last lines of a child process; what broke it stands at the end


def decisive(evidence: Evidence) -> tuple[Said, ...]:
    """The failure's exceptions from root to last and its record's text; behind an opaque one what was logged before."""
    said = tuple(_of_failure(evidence))
    return said + tuple(_before(evidence)) if is_opaque(evidence) else said


def _of_failure(evidence: Evidence) -> Iterator[Said]:
    for raised in evidence.chain.links if evidence.chain else ():
        yield Said(exception_text(raised), raised, evidence.failing)
    if evidence.failing is not None:
        yield Said(evidence.failing.text, None, evidence.failing)


def is_opaque(evidence: Evidence) -> bool:
    """Whether the exception that ended the work does not say why."""
    if evidence.chain is None:
        return True
    return all(_says_nothing(raised) for raised in evidence.chain.links)


def _says_nothing(raised: Raised) -> bool:
    if _OPAQUE.search(exception_text(raised)[:1_000]):
        return True
    stumbled = raised.name in _STUMBLES and raised.frames and "airflow/providers/" in raised.frames[-1].file
    return bool(stumbled)


def _before(evidence: Evidence) -> Iterator[Said]:
    earlier = records_before(evidence)
    loud = [each for each in earlier if each.level >= Level.ERROR or each.chain]
    for record in loud:
        yield from _of_record(record)
    printed = [each for each in earlier if each not in loud and (each.output or each.level >= Level.WARNING)]
    for record in printed[:_CHILD_OUTPUT_LIMIT]:
        yield Said(record.text, None, record)


def _of_record(record: Record) -> Iterator[Said]:
    for raised in record.chain.links if record.chain else ():
        yield Said(exception_text(raised), raised, record)
    yield Said(record.text, None, record)


def records_before(evidence: Evidence) -> tuple[Record, ...]:
    """The records before the failing one, the latest first; all of them where none reports the failure."""
    records: Iterable[Record] = evidence.records
    if evidence.failing is not None:
        place = next((n for n, each in enumerate(evidence.records) if each is evidence.failing), len(evidence.records))
        records = evidence.records[:place]
    return tuple(reversed(tuple(records)))


def of_failure(evidence: Evidence, error: AwsError) -> bool:
    """Whether an error of AWS is what ended the work, not one that was logged and overcome before."""
    return bool(error.line) and any(error.line.strip() in each.text for each in decisive(evidence))


def from_library(raised: Raised | None) -> bool:
    """Whether code that is not the user's raised it: what it says is then a fact, not the user's words."""
    return raised is not None and bool(raised.frames) and not is_own(raised.frames[-1].file)


def strength_of(said: Said) -> Strength:
    """An exception that a library raised weighs more than words."""
    return Strength.EXCEPTION if from_library(said.raised) else Strength.MESSAGE
