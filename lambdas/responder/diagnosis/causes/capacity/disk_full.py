"""No space is left where the task writes.

Seen as: "[Errno 28] No space left on device", "Disk quota exceeded", "database or disk is full".
Comes from: temporary files that stay in /tmp, downloads larger than the 20 GB that a worker's container has.
"""

from __future__ import annotations

from responder.diagnosis.advice import FROM_TEXT
from responder.diagnosis.decisive_words import by_decisive
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.evidence.lazy_pattern import lazy
from responder.inquiry.question import Answers
from responder.model import Category, Kind, Link, Remedy

_WORDS = lazy(
    r"(?i)no space left on device|\[Errno (?:28|122)\]|disk quota exceeded|database or disk is full|not enough (?:free )?(?:disk )?space|\bENOSPC\b|disk is full|no usable temporary directory"
)
FAQ_DOCS = Link("Storage of MWAA's task containers", "https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-faqs.html")


def remedy(match: Match[NoFacts], _answers: Answers) -> Remedy:
    """Clean up, stream, or go where there is more."""
    installing = (
        (
            "While requirements.txt is installed: set PIP_NO_CACHE_DIR in the startup script, or ship the large packages as wheels in plugins.zip.",
        )
        if match.failure.kind is Kind.REQUIREMENTS
        else ()
    )
    return Remedy(
        summary="There is no space left on the disk that the task writes to.",
        explanation="A worker's container has 20 GB, shared by all tasks that run on it and kept until it is replaced: files that one task leaves "
        "in /tmp are there for the next.",
        steps=(
            *installing,
            "Write temporary files inside `with tempfile.TemporaryDirectory()`, so that they go when the task ends, also when it fails.",
            "Stream instead of saving: S3 to S3, chunks into the database, multipart uploads.",
            "Work that needs more than a few gigabytes belongs on ECS, EKS, Glue or EMR with storage of its own.",
        ),
        proof=FROM_TEXT,
        links=(FAQ_DOCS,),
    )


RULE = Rule(
    category=Category.CAPACITY,
    cause="disk-full",
    may_heal=True,
    recognise=by_decisive(_WORDS, NoFacts()),
    remedy=remedy,
)
