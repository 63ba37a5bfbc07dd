"""How causes recognise what a provider's code objects to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from responder.diagnosis.recognise import Recogniser, resting_on
from responder.diagnosis.rule import Match
from responder.diagnosis.service_answer import service_answer
from responder.evidence.decisive import says_nothing
from responder.evidence.own_disk import is_absent_here, is_of_own_disk
from responder.evidence.provider_complaint import Complaint, complaint_of
from responder.evidence.said import exception_text
from responder.model import Evidence, Raised, Said, Strength

F = TypeVar("F")


def by_complaint(wanted: Complaint, facts: Callable[[], F]) -> Recogniser[F]:
    """Recognises the objection of the exception that ended the work, where no service's answer explains it."""

    def recognise(evidence: Evidence) -> Match[F] | None:
        last = complaining(evidence)
        if last is None or complaint_of(last) is not wanted:
            return None
        return resting_on(evidence, Said(exception_text(last), last), facts(), Strength.MESSAGE)

    return recognise


def complaining(evidence: Evidence) -> Raised | None:
    """The last exception, if its words are all there is to go by."""
    last = evidence.chain.last if evidence.chain else None
    if last is None or says_nothing(last) or service_answer(evidence) or _passes_on(evidence, last):
        return None
    return last


def _passes_on(evidence: Evidence, last: Raised) -> bool:
    """`Error while transferring …, error: [Errno 2] …: '/tmp/x.csv'`: the worker's own disk said that, no service."""
    earlier = evidence.chain.links[:-1] if evidence.chain else ()
    return any((is_absent_here(each) or is_of_own_disk(each)) and each.message in last.message for each in earlier)
