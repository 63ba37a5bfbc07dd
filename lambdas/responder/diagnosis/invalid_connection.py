"""What tells that a connection is there and cannot be used: a driver, a hook, a decoder, or Airflow that could not read it."""

from __future__ import annotations

from typing import NamedTuple

from responder.diagnosis.facts import connection_used
from responder.diagnosis.frames import raised_in_own
from responder.diagnosis.provider_match import complaining
from responder.diagnosis.recognise import records_before, resting_on
from responder.diagnosis.rule import Match
from responder.evidence.failing import is_secrets_lookup
from responder.evidence.not_defined import missing_connection, name_in
from responder.evidence.own_disk import is_absent_here
from responder.evidence.provider_complaint import (
    Complaint,
    complaint_of,
    in_connection,
    is_hooks_connect,
    reads_definition,
)
from responder.evidence.said import exception_text
from responder.evidence.unusable_connection import read_complaint
from responder.model import Evidence, Raised, Said, Strength


class Invalid(NamedTuple):
    """The connection that was in use, and the host that cannot be one."""

    connection: str | None = None
    host: str | None = None


def by_words(evidence: Evidence) -> Match[Invalid] | None:
    """What drivers and hooks say before they even try to connect."""
    for said in evidence.decisive:
        if (complaint := read_complaint(said.text)) and not _of_own_data(said.raised):
            facts = Invalid(connection_used(evidence), complaint.host)
            return resting_on(evidence, said, facts, Strength.STRUCTURED, (complaint.start, complaint.end))
    return None


def _of_own_data(raised: Raised | None) -> bool:
    """struct.error, binascii.Error: a damaged key if a library decodes it, any data if the user's code does."""
    return raised is not None and raised.name in {"error", "Error"} and raised_in_own(raised)


def by_hook(evidence: Evidence) -> Match[Invalid] | None:
    """What a hook finds missing in the connection that it was given."""
    last = complaining(evidence)
    if last is None or complaint_of(last) is not Complaint.CONNECTION:
        return None
    return _of(evidence, last, Strength.MESSAGE)


def by_decoder(evidence: Evidence) -> Match[Invalid] | None:
    """JSON that Airflow itself reads: the field Extra, or a connection written as one document."""
    for said in evidence.decisive:
        if said.raised and said.raised.name == "JSONDecodeError" and in_connection(said.raised):
            return _of(evidence, said.raised, Strength.EXCEPTION)
    return None


def by_definition(evidence: Evidence) -> Match[Invalid] | None:
    """Airflow found what defines it, could not read that, and went on as if there were none."""
    missing = next((found for said in evidence.decisive if (found := missing_connection(said.text))), None)
    if missing is None:
        return None
    for record in records_before(evidence):
        raised = record.chain.last if record.chain and is_secrets_lookup(record) else None
        if raised and reads_definition(raised):
            return _of(evidence, raised, Strength.STRUCTURED, name_in(missing))
    return None


def by_file(evidence: Evidence) -> Match[Invalid] | None:
    """A key or certificate that the connection names is not on the worker: a hook reads it before it connects."""
    links = evidence.chain.links if evidence.chain else ()
    for raised in links:
        if is_absent_here(raised) and any(is_hooks_connect(frame) for each in links for frame in each.frames):
            return _of(evidence, raised, Strength.STRUCTURED)
    return None


def _of(evidence: Evidence, raised: Raised, strength: Strength, name: str | None = None) -> Match[Invalid]:
    """An exception's; of the connection that was in use, where it is not known better."""
    facts = Invalid(name or connection_used(evidence))
    return resting_on(evidence, Said(exception_text(raised), raised), facts, strength)
