"""Whether an exception of a database is about Airflow's own one: by whose code was talking to it, or by the tables."""

from __future__ import annotations

from responder.evidence.lazy_pattern import lazy
from responder.model import Raised

_CLASSES = frozenset(
    {"OperationalError", "InterfaceError", "InternalError", "TimeoutError", "DBAPIError", "PendingRollbackError", "DatabaseError"}
)  # fmt: skip
# Of a statement; the user's tasks send such as well, so only the code that sent it tells
OF_STATEMENT = frozenset({"IntegrityError", "ProgrammingError", "DataError"})
_DATABASE_CODE = ("/sqlalchemy/", "/psycopg2/", "/psycopg/", "/asyncpg/", "/alembic/", "/contextlib.py", "/tenacity/")
# Airflow's own code; hooks and operators talk to the user's databases
_CORE = lazy(
    r"/airflow/(?:models|jobs|utils|cli|www|api|api_fastapi|api_connexion|dag_processing|serialization|executors|ti_deps|task|settings|migrations|callbacks|timetables)\b"
)
# What a component runs besides Airflow's own database: the user's code, and providers; Celery keeps its results there too
_OF_OTHERS = lazy(r"/(?:dags|plugins|include)/|/airflow/providers/(?!celery/)")
_OWN_TABLES = lazy(
    r"(?:FROM|UPDATE|INTO|JOIN) (?:slot_pool|dag_run|task_instance|dag|job|log|serialized_dag|dag_code|import_error|xcom|variable|connection|trigger|callback_request|rendered_task_instance_fields)\b"
)


def is_of_metadata(raised: Raised, *, in_component: bool) -> bool:
    """`in_component`: a scheduler or web server wrote it; they talk to no other database, and may have lost Airflow's frames."""
    if in_component and raised.type.startswith("alembic."):
        return True
    if raised.name not in _CLASSES | OF_STATEMENT:
        return False
    if raised.name in _CLASSES and _names_own(raised):
        return True
    callers = [frame.file for frame in raised.frames if not any(part in frame.file for part in _DATABASE_CODE)]
    if callers and _CORE.search(callers[-1]):
        return True
    others = any(_OF_OTHERS.search(file) for file in callers)
    return in_component and not others and "sqlalchemy" in f"{raised.type}{raised.frames}"


def _names_own(raised: Raised) -> bool:
    return bool(_OWN_TABLES.search(raised.message)) or "QueuePool limit" in raised.message
