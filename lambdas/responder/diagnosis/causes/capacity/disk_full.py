"""No space is left where the task writes.

Seen as: "[Errno 28] No space left on device", "Disk quota exceeded", "database or disk is full".
Comes from: temporary files that stay in /tmp, downloads larger than the 20 GB that a worker's container has.
"""

from __future__ import annotations

from responder.diagnosis.advice import FROM_TEXT, REQUIREMENTS_DOCS, SELECT_REQUIREMENTS, STARTUP_SCRIPT
from responder.diagnosis.recognise import by_decisive
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.evidence.database_error import from_driver
from responder.evidence.lazy_pattern import lazy
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Kind, Link, Raised, Remedy

_WORDS = lazy(
    r"(?i)no space left on device|\[Errno (?:28|122)\]|disk quota exceeded|database or disk is full|not enough (?:free )?(?:disk )?space|\bENOSPC\b|disk is full|no usable temporary directory"
)
_IN_PROCESS = ("sqlite3", "duckdb", "_duckdb")  # databases that run in the task itself
FAQ_DOCS = Link("Storage of MWAA's task containers", "https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-faqs.html")


def remedy(match: Match[NoFacts], _answers: Answers) -> Remedy:
    """Clean up, stream, or go where there is more."""
    if match.failure.kind is Kind.REQUIREMENTS:
        return _while_installing()
    return Remedy(
        summary="There is no space left on the disk that the task writes to.",
        explanation="A worker's container has 20 GB, shared by all tasks that run on it and kept until it is replaced: files that one task leaves "
        "in /tmp are there for the next.",
        steps=(
            "Write temporary files inside `with tempfile.TemporaryDirectory()`, so that they go when the task ends, also when it fails.",
            "Stream instead of saving: S3 to S3, chunks into the database, multipart uploads.",
            "Work that needs more than a few gigabytes belongs on ECS, EKS, Glue or EMR with storage of its own.",
        ),
        proof=FROM_TEXT,
        links=(FAQ_DOCS,),
    )


def _while_installing() -> Remedy:
    return Remedy(
        summary="The disk was full before requirements.txt was installed.",
        explanation="A container has 20 GB for MWAA's image, the packages and pip's own copies of them; pip installs nothing of the file then.",
        steps=(
            f"Keep pip from storing copies: add `export PIP_NO_CACHE_DIR=1` to the startup script. {STARTUP_SCRIPT}",
            "Leave out what is large and not needed here (GPU builds of machine learning packages, several versions of one tool), or run that work elsewhere.",
            SELECT_REQUIREMENTS,
        ),
        proof=FROM_TEXT,
        links=(FAQ_DOCS, REQUIREMENTS_DOCS),
    )


_RECOGNISED = by_decisive(_WORDS, NoFacts())


def recognise(evidence: Evidence) -> Match[NoFacts] | None:
    """By the words, unless a database's server says them: of its own disk, not of the worker's."""
    match = _RECOGNISED(evidence)
    return None if match and match.raised and _of_server(match.raised) else match


def _of_server(raised: Raised) -> bool:
    in_process = raised.name == "OSError" or raised.type.startswith(_IN_PROCESS) or "database or disk" in raised.message
    return from_driver(raised) and not in_process


RULE = Rule(
    category=Category.CAPACITY,
    cause="disk-full",
    may_heal=True,
    recognise=recognise,
    remedy=remedy,
    yields_to=("remote-job-failed", "query-failed"),  # the disk of the job, or of the database behind psql
)
