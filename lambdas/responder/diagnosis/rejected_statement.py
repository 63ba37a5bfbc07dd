"""A statement that a database rejects, told by its driver, by a service that ran it, or by a client that printed the answer."""

from __future__ import annotations

from typing import NamedTuple

from responder.diagnosis.frames import in_users_words
from responder.diagnosis.recognise import LINE_LIMIT, records_before
from responder.diagnosis.rule import Match
from responder.evidence.database_error import DatabaseError, class_of_database, class_of_words
from responder.evidence.lazy_pattern import lazy
from responder.evidence.remote_job import id_in
from responder.model import Evidence, Raised, Said, Strength

# Services that run a statement and hand back the database's own words
_ATHENA = lazy(r"query_execution_id is (?P<id>[0-9a-f-]{36})\.? Error: \S")
_DATA_API = lazy(r"(?i)(?:statement|query)[^\n]{0,120}(?P<id>[0-9a-f]{8}-[0-9a-f-]{27})?[^\n]{0,80}\bERROR: ")
_ANSWER = lazy(r"['\"]Error['\"]: ['\"]ERROR: ")  # of the Data API: the database's own word, whatever it is about
_TOLD = lazy(r"(?i)\b(?:query|statement)\b[^\n:]{0,80}: ")  # "Error while waiting for query to finish: "
_OWN_WORDS = 1_000  # characters: what a service says itself, before the answer that it hands on
_BIGQUERY = lazy(r"(?i)BadRequest: 400|invalidQuery|location: query|Execution failed on sql")

# What dbt, psql and mysql print of the database's answer
_PRINTED = lazy(r"Database Error in \w|\bpsql:[^\n]{0,200}\bERROR: |\bERROR \d{4} \(\w{5}\)")


class Statement(NamedTuple):
    """The run's id, where a service ran the statement."""

    remote_id: str | None = None


def rejected(evidence: Evidence) -> Match[Statement] | None:
    """A driver's exception, or a service that passes on what its database said."""
    for said in evidence.decisive:
        if statement := _read(evidence, said):
            return Match(Strength.STRUCTURED, statement, _lines(said), evidence.failure, said.raised)
    return None


def _lines(said: Said) -> tuple[str, ...]:
    """What a client printed begins somewhere in its output, and goes on in the next line."""
    found = None if said.raised else _PRINTED.search(said.text)
    begin = said.text.rfind("\n", 0, found.start()) + 1 if found else 0
    lines = (line.strip()[:LINE_LIMIT] for line in said.text[begin:].strip().split("\n", 2)[:2])
    first, *more = (line for line in lines if line)
    return (first, *more) if more and first.endswith((":", ")")) else (first,)


def _read(evidence: Evidence, said: Said) -> Statement | None:
    own = said.text[:_OWN_WORDS]
    told = class_of_words(said.text)
    rejected = told is DatabaseError.STATEMENT
    if said.raised is None:
        return Statement() if rejected and _PRINTED.search(said.text) else None
    if class_of_database(said.raised) is DatabaseError.STATEMENT:
        return Statement()
    if found := _ATHENA.search(said.text):
        return Statement(found["id"])
    if (rejected or (told is None and _ANSWER.search(own))) and (found := _DATA_API.search(own)):
        return Statement(found["id"])
    if rejected and not in_users_words(said.raised) and _TOLD.search(own):
        return Statement(_of_athena(evidence, said.raised))
    return Statement() if rejected and _is_handed_on(said.raised, own, said.text) else None


def _is_handed_on(raised: Raised, own: str, text: str) -> bool:
    """BigQuery's words, or a database's answer that dbt hands on in an exception."""
    return _BIGQUERY.search(text) is not None or (not in_users_words(raised) and _PRINTED.search(own) is not None)


def _of_athena(evidence: Evidence, raised: Raised) -> str | None:
    """The operator logs the run's id before it waits."""
    if not any("/athena" in frame.file for frame in raised.frames):
        return None
    return id_in((record.text for record in records_before(evidence)), "athena")
