"""What to do about a statement that a database rejects, by what it objects to."""

from __future__ import annotations

from responder.diagnosis.advice import DEPLOY_DAG
from responder.evidence.lazy_pattern import LazyPattern, lazy

BY_HAND = (
    "Run the statement by hand against the same database, with the same user: its search path and rights differ from yours. "
    "It is in the task's log after Executing or Running statement, with its templates filled in."
)
# Ordered: the first that fits decides
_KINDS: tuple[tuple[LazyPattern, tuple[str, ...]], ...] = (
    (
        lazy(r"(?i)deadlock|lock (?:wait )?timeout|could not obtain lock|could not serialize|LockNotAvailable|serializable isolation|ORA-00060|ORA-00054|canceling statement due to (?:lock|statement) timeout"),
        (
            "Clear the task: another session held what it needs, which passes.",
            "If it comes back: see who holds the lock (the database's list of sessions), and do not let two tasks write the same table at once (a pool with one slot, max_active_runs=1).",
        ),
    ),
    (
        lazy(r"(?i)could not (?:extend|write to) file|\bdisk full\b|no space left|OS errno 28\b|unable to extend|is full\b|allocate space for object '|no more room in"),
        (
            "Make room where the database runs, not on the worker: enlarge its storage, or drop and vacuum what nobody needs. Its metric for free storage shows when it ran out.",
            "Look at the statement too: a join without its condition, or a sort of everything, fills the space for temporary files. Clear the task once there is room.",
        ),
    ),
    (
        lazy(r"(?i)duplicate|unique constraint|violates|IntegrityError|UniqueViolation|ORA-0000[01]\b|ORA-0?2291|cannot be null|not-null"),
        (
            "Look at the row and the constraint that the message names: is the data wrong, or was it loaded before?",
            "Make the load repeatable: delete the slice first, MERGE, or ON CONFLICT. Until then another try inserts twice or fails again.",
        ),
    ),
    (
        lazy(r"(?i)syntax|ParseException|mismatched input|unexpected token|ORA-009(?:00|33|36)"),
        (BY_HAND, f"Correct the SQL at the place that the message names; often it is what a template filled in. {DEPLOY_DAG}"),
    ),
    (
        lazy(r"(?i)does(?: not|n't) exist|Undefined(?:Table|Column)|unknown (?:column|table|database)|not found|cannot be resolved|invalid (?:object|column) name|ORA-00942|ORA-00904|no such (?:table|column)"),
        (
            "See whether the table, column or schema that the message names is there, in the database and schema that the task uses. The step that creates it has to run before; a renamed column comes from a release elsewhere.",
            BY_HAND,
            f"Correct the SQL. {DEPLOY_DAG}",
        ),
    ),
    (
        lazy(r"(?i)too long|out of range|invalid input|could not convert|cast|numeric|truncat|overflow|InvalidTextRepresentation|DataError"),
        (
            "Look at the value that the message names, and where it comes from: it does not fit the column's type.",
            f"Clean or convert it before the load, or widen the column. {DEPLOY_DAG}",
        ),
    ),
)  # fmt: skip


def steps_for(line: str) -> tuple[str, ...]:
    """By the line in which the database says what it rejects."""
    found = (steps for words, steps in _KINDS if words.search(line))
    return next(found, (BY_HAND, f"Correct the SQL, or the data. {DEPLOY_DAG}"))
