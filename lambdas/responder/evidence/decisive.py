"""The words that decide: what the failure itself says, and only where that is empty what was logged before it.

A task logs much that is not why it failed: retried calls, a line of the job's own output, a table called `errors`.
So most causes look here and not at everything that was said.
"""

from __future__ import annotations

from responder.evidence.context import misses_its_log, stumbles
from responder.evidence.lazy_pattern import lazy
from responder.evidence.said import exception_text
from responder.model import Evidence, Kind, Level, Raised, Record, Said

# Exceptions that only report that something else went wrong, which was logged above them
_OPAQUE = lazy(
    r"Trigger failure|(?:Bash )?command failed|Command .{0,400}returned non-zero exit|non-zero exit (?:code|status)"
    r"|Dag '.{1,250}' could not be found|Worker exited prematurely|exit status = \d|API requests to .{1,60} failed \d{1,3} times|subprocess (?:failed|returned)"
    r"|^(?:\w+\.)*(?:TaskDeferralError|SystemExit|CalledProcessError)\b"
)
_CHILD_OUTPUT_LIMIT = 40  # of the last lines of a child process; what broke it stands at the end


def decisive(evidence: Evidence) -> tuple[Said, ...]:
    """What the failure's exceptions and its record say; behind opaque ones also the loud lines and the last output before."""
    own = [each for each in evidence.said if _is_own(evidence, each) and not _is_copy(evidence, each)]
    if not is_opaque(evidence):
        return tuple(own)
    earlier = [each for each in evidence.said if not _is_own(evidence, each)]
    loud = [each for each in earlier if each.record and _is_loud(evidence, each.record)]
    printed = [each for each in earlier if each.record and each.record.output][:_CHILD_OUTPUT_LIMIT]
    return (*own, *loud, *(each for each in printed if each not in loud))


def _is_own(evidence: Evidence, said: Said) -> bool:
    in_chain = evidence.chain is not None and any(said.raised is link for link in evidence.chain.links)
    return in_chain or (evidence.failing is not None and said.record is evidence.failing)


def _is_copy(evidence: Evidence, said: Said) -> bool:
    """Airflow repeats the exception's message in its own record, where nobody can tell any more whose words they are."""
    return said.raised is None and evidence.chain is not None and said.text.startswith("Failed to execute job ")


def _is_loud(evidence: Evidence, record: Record) -> bool:
    """pip's own ERROR lines come at INFO."""
    if evidence.failure.kind is Kind.REQUIREMENTS:
        return True
    if record.chain is not None or (record.level >= Level.WARNING and not record.output):
        return True
    # 'stoppedReason', 'result_state': logged at INFO before an operator trips over it
    return not record.output and any(word in record.text for word in ("eason", "result_state"))


def is_opaque(evidence: Evidence) -> bool:
    """Whether no exception of the failure says why."""
    return evidence.chain is None or all(says_nothing(raised) for raised in evidence.chain.links)


def says_nothing(raised: Raised) -> bool:
    """Whether an exception only reports that something else went wrong."""
    return bool(_OPAQUE.search(exception_text(raised)[:1_000])) or misses_its_log(raised) or stumbles(raised)
