"""A database was reached and rejects the statement.

Seen as: psycopg2.errors.*, ProgrammingError, IntegrityError, "syntax error at or near", "SQL compilation error", ORA-00942, Athena's COLUMN_NOT_FOUND.
Comes from: a typo, a table or column that is not there (yet), data that breaks a constraint, a lock, a value of the wrong type.
"""

from __future__ import annotations

from responder.diagnosis.advice import FROM_TEXT
from responder.diagnosis.quoting import ending
from responder.diagnosis.refusals import REFUSALS
from responder.diagnosis.rejected_statement import Statement, rejected
from responder.diagnosis.rule import Match, Rule
from responder.diagnosis.statement_advice import steps_for
from responder.inquiry.question import Answers
from responder.model import Category, Remedy


def remedy(match: Match[Statement], _answers: Answers) -> Remedy:
    """The database's own words are the best advice there is."""
    return Remedy(
        summary=f"The database rejects the statement: {ending(' '.join(match.because))}",
        explanation="Connection and login work; the statement itself, or the data in it, is what the database objects to.",
        steps=steps_for(" ".join(match.because)),
        proof=FROM_TEXT,
    )


RULE = Rule(
    category=Category.DEPENDENCY,
    cause="query-failed",
    may_heal=False,
    recognise=rejected,
    remedy=remedy,
    yields_to=(
        "metadata-database",
        "out-of-memory",
        "service-auth",
        "connection-invalid",
        "system-library",
        *REFUSALS,
    ),
)
