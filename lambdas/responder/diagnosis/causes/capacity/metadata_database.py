"""Airflow's own database is not reached, or has no capacity left.

Seen as: sqlalchemy's OperationalError or TimeoutError with only Airflow's own code above it; "Failed to log action"; [SQL: … FROM slot_pool …].
Comes from: an overloaded database (too many schedulers, workers, DAGs parsed), maintenance, a security group that blocks port 5432.
"""

from __future__ import annotations

from responder.diagnosis.advice import CLASS_DOCS, FROM_TEXT, SET_OPTION, TROUBLESHOOTING_DOCS
from responder.diagnosis.decisive import decisive
from responder.diagnosis.network_match import Peer, peer
from responder.diagnosis.recognise import line_of
from responder.diagnosis.rule import Match, Rule
from responder.evidence.lazy_pattern import lazy
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Kind, Raised, Remedy, Strength

_CLASSES = frozenset(
    {
        "OperationalError",
        "InterfaceError",
        "InternalError",
        "TimeoutError",
        "DBAPIError",
        "PendingRollbackError",
        "DatabaseError",
    }
)
_DATABASE_CODE = ("/sqlalchemy/", "/psycopg2/", "/psycopg/", "/asyncpg/", "/alembic/", "/contextlib.py", "/tenacity/")
# Airflow's own code; hooks and operators talk to the user's databases
_CORE = lazy(
    r"/airflow/(?:models|jobs|utils|cli|www|api|api_fastapi|api_connexion|dag_processing|serialization|executors|ti_deps|task|settings|migrations|callbacks|timetables)\b"
)
_OWN_TABLES = lazy(
    r"(?:FROM|UPDATE|INTO|JOIN) (?:slot_pool|dag_run|task_instance|dag|job|log|serialized_dag|dag_code|import_error|xcom|variable|connection|trigger|callback_request|rendered_task_instance_fields)\b"
)
_WORDS = lazy(
    r"Failed to log action|QueuePool limit of size|airflow-db|metadata database|DagRun.{0,80}OperationalError"
)


def recognise(evidence: Evidence) -> Match[Peer] | None:
    """By whose code was talking to the database, or by the tables it asked for."""
    for said in decisive(evidence):
        raised = said.raised
        if raised is None or raised.name not in _CLASSES:
            continue
        if (
            _is_core(raised)
            or _is_of_component(evidence, raised)
            or _OWN_TABLES.search(raised.message)
            or "QueuePool limit" in raised.message
        ):
            return Match(Strength.STRUCTURED, peer(evidence), (line_of(said.text, 0),), evidence.failure, raised)
    return None


def _is_of_component(evidence: Evidence, raised: Raised) -> bool:
    """A scheduler or web server talks to no other database; its traceback may have lost Airflow's own frames."""
    callers = [frame.file for frame in raised.frames if not any(part in frame.file for part in _DATABASE_CODE)]
    return evidence.failure.kind is Kind.PROCESS and not callers and "sqlalchemy" in f"{raised.type}{raised.frames}"


def _is_core(raised: Raised) -> bool:
    callers = [
        frame.file for frame in reversed(raised.frames) if not any(part in frame.file for part in _DATABASE_CODE)
    ]
    return bool(callers) and bool(_CORE.search(callers[0]))


def remedy(_match: Match[Peer], _answers: Answers) -> Remedy:
    """A symptom more often than a cause."""
    return Remedy(
        summary="Airflow cannot use its own metadata database.",
        explanation="MWAA runs this database for the environment; DAG code does not connect to it. Errors of it are most often a symptom: too many "
        "connections or too much load, seldom the network.",
        steps=(
            "Look at the metrics of the environment's database in CloudWatch (AWS/MWAA: DatabaseConnections, FreeableMemory, CPUUtilization) at that time.",
            (
                "Take load off: no Variable.get or queries at module level, longer scheduler.min_file_process_interval, fewer and shorter DAG files; "
                f"{SET_OPTION} > scheduler.min_file_process_interval."
            ),
            "If the scheduler never reaches it: the environment's security group must let itself in (all traffic, or port 5432).",
            "If load stays: the next environment class has a larger database. If it came once and went, it was maintenance: no change is needed.",
        ),
        proof=FROM_TEXT,
        links=(TROUBLESHOOTING_DOCS, CLASS_DOCS),
    )


RULE = Rule(category=Category.CAPACITY, cause="metadata-database", may_heal=True, recognise=recognise, remedy=remedy)
