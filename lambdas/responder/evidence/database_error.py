"""What a database says of a statement or of a session: SQLSTATE classes, vendors' numbers, drivers' exception classes."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from responder.evidence.lazy_pattern import lazy
from responder.knowledge.postgres_errors import COMMON_NAMES, STATEMENT_ERRORS
from responder.model import Raised


class DatabaseError(StrEnum):
    """What a database objects to."""

    STATEMENT = "statement"  # syntax, a missing table, a constraint, a privilege on an object, a value
    SESSIONS = "sessions"  # too many connections, or an allowance that is used up
    NO_DATABASE = "no-database"  # the database that the connection names does not exist
    LOGIN = "login"
    CONNECTION = "connection"  # not reached, or broken off
    SERVER = "server"  # its own fault: starting up, shutting down, internal


# Modules of database drivers as tracebacks print them; Airflow 3 prints none, then frames tell
DRIVERS = (
    "psycopg2", "psycopg", "asyncpg", "pg8000", "redshift_connector", "pymysql", "MySQLdb", "mysql", "pyodbc", "pymssql",
    "cx_Oracle", "oracledb", "snowflake", "sqlite3", "clickhouse_driver", "clickhouse_connect", "trino", "prestodb",
    "pyathena", "databricks.sql", "pymongo", "teradatasql", "vertica_python", "duckdb", "_duckdb", "hdbcli", "pyhive", "impala",
    "jaydebeapi", "neo4j", "cassandra", "ibm_db", "_mysql_exceptions", "_mssql", "pyexasol", "firebolt", "sqlalchemy",
    "snowflake.connector", "aiomysql", "awswrangler.exceptions", "influxdb", "elasticsearch", "opensearchpy", "couchbase", "arango", "java.sql",
)  # fmt: skip
# Providers that are a database's hook and little else
_HOOKS = ("oracle", "mysql", "postgres", "microsoft/mssql", "odbc", "jdbc", "trino", "presto", "vertica", "exasol", "teradata",
    "snowflake", "mongo", "neo4j", "sqlite", "apache/hive", "apache/impala", "apache/cassandra")  # fmt: skip
_IN_FRAMES = (
    *tuple(f"/{name.replace('.', '/')}/" for name in DRIVERS if name != "sqlalchemy"),
    "/airflow/providers/common/sql/",
    *(f"/airflow/providers/{name}/" for name in _HOOKS),
    "/pandas/io/sql.py",
    "/awswrangler/athena/",
)
_PEP_249 = frozenset(
    {
        "DatabaseError",
        "DataError",
        "IntegrityError",
        "InterfaceError",
        "InternalError",
        "OperationalError",
        "ProgrammingError",
    }
)
_STATEMENT_CLASSES = frozenset(
    {
        "ProgrammingError", "IntegrityError", "DataError", "NotSupportedError", "UniqueViolation", "ForeignKeyViolation",
        "NotNullViolation", "CheckViolation", "ExclusionViolation", "UndefinedTable", "UndefinedColumn", "UndefinedFunction",
        "UndefinedObject", "DuplicateTable", "DuplicateColumn", "DuplicateObject", "DuplicateSchema", "InvalidSchemaName",
        "AmbiguousColumn", "DatatypeMismatch", "InvalidTextRepresentation", "NumericValueOutOfRange", "DivisionByZero",
        "StringDataRightTruncation", "InvalidDatetimeFormat", "DatetimeFieldOverflow", "GroupingError", "CardinalityViolation",
        "InvalidTableDefinition", "InvalidColumnReference", "DeadlockDetected", "LockNotAvailable", "QueryCanceled",
        "SerializationFailure", "FeatureNotSupported", "BadCopyFileFormat", "InFailedSqlTransaction", "ReadOnlySqlTransaction",
        "DependentObjectsStillExist", "InvalidCursorName", "WrongObjectType", "RaiseException", "InvalidParameterValue",
        "CatalogException", "ParserException", "BinderException", "ConstraintException", "ConversionException",
        "TrinoUserError", "TrinoQueryError", "ServerOperationError", "OperationFailure", "DuplicateKeyError", "BulkWriteError",
        "WriteError", "CypherSyntaxError", "ConstraintError", "DatabaseError", "InternalError", "ServerException",
        "RedshiftDataQueryFailedError", "SnowflakeSQLException", "SQLSyntaxErrorException", "SQLException", "BatchUpdateException",
        "MissingRelation", "MissingColumn", "DuplicateRelation", "VerticaSyntaxError", "PostgresSyntaxError", "UndefinedTableError",
        "UniqueViolationError", "QueryFailed", "InvalidRequest", "DoesNotExist",
    }
)  # fmt: skip

_SESSIONS = lazy(
    r"(?i)too many (?:connections|clients|sessions)|remaining connection slots|max_user_connections|ORA-00018|ORA-00020|ORA-12520"
    r"|connection limit exceeded|\b53300\b|number of (?:user )?connections .{0,40}(?:limit|exceed)|connection count exceeded|resource monitor .{1,130} exceeded its quota"
)
_NO_DATABASE = lazy(
    r"(?i)database \"[^\"\n]{1,128}\" does not exist|unknown database '|cannot open database \"|database '[^'\n]{1,128}' does not exist\. make sure"
    r"|\b3D000\b|ORA-12514|ORA-12505|DPY-600[13]"
)
_LOGIN = lazy(
    r"(?i)authentication failed|access denied for user|login failed|incorrect username or password|password authentication"
    r"|no pg_hba\.conf entry|is not allowed to (?:access|connect)|ORA-01017|ORA-28000|ORA-28001|ORA-01005|\b28P01\b|\b28000\b|role \"[^\"\n]{1,128}\" does not exist"
    r"|jwt token is invalid|user .{0,80}locked|certificate authentication|no password supplied|authentication token|is not granted to this user|logon denied|password or account is invalid|proxy privilege|user access disabled|password (?:of the account )?has expired|\b390\d{3}\b|\b394\d{3}\b"
)
_SERVER = lazy(
    r"(?i)the database system is (?:starting up|shutting down|in recovery)|terminating connection due to administrator|\b57P0[123]\b"
    r"|cluster is (?:paused|being|in maintenance|resizing)|currently unavailable|internal error(?: \(|: |$)|ORA-00600|ORA-07445"
    r"|is not currently available|service unavailable|warehouse .{1,100} is suspended"
)
# SQLSTATE's class 08: the statement never got there
_CONNECTION = lazy(r"(?i)\(08[0-9A-Z]{3}\)|failed to connect to")
# What a database says of a statement, in words that nothing else uses
_STATEMENT = lazy(
    r"(?i)syntax error:? (?:at|in|near|or|line|unexpected|expected)|near \"[^\"\n]{0,100}\": syntax error|you have an error in your sql syntax|sql compilation error|invalid object name|invalid column name"
    r"|(?:relation|column|table|view|function|schema|type|index|sequence|operator) \"?[\w.\"$]{1,200}\"? (?:of relation .{1,128})?(?:does not exist|already exists)"
    r"|duplicate key value violates|violates (?:foreign key|not-null|check|unique|exclusion) constraint|duplicate entry '|unknown column '|(?<!\w)unknown table"
    r"|table '[^'\n]{1,200}' doesn't exist|table '[^'\n]{1,200}' is full|cannot be null|no such table|no such column|data too long|out of range value|incorrect \w{1,20} value"
    r"|ORA-0(?:0001|0054|0900|0904|0906|0907|0911|0913|0918|0923|0932|0933|0936|0942|1400|1407|1438|1476|1722|1756|1830|1839|1843|1847|1861|2291|2292|4063|6502|6512|6550)\b|ORA-1[28]899|ORA-20\d{3}"
    r"|(?:COLUMN|TABLE|SCHEMA|FUNCTION|CATALOG)_NOT_FOUND|TABLE_OR_VIEW_NOT_FOUND|SYNTAX_ERROR|TYPE_MISMATCH|PARSE_SYNTAX_ERROR|UNRESOLVED_COLUMN|INVALID_FUNCTION_ARGUMENT"
    r"|HIVE_\w{3,40}|GENERIC_USER_ERROR|NOT_SUPPORTED: |INVALID_CAST_ARGUMENT|DIVISION_BY_ZERO|semanticexception|parseexception|DB::Exception"
    r"|mismatched input|no viable alternative|deadlock (?:found|detected|victim)|lock wait timeout|canceling statement due to|duplicate key error|E11000"
    r"|does not exist or not authorized|stl_load_errors|stv_|load into table '|violation of (?:primary|unique|foreign) key|conversion failed when|conflicted with the"
    r"|operator does not exist|function \S{1,200} does not exist|invalid input syntax for|value too long for|invalid identifier|numeric value '|current transaction is aborted"
    r"|could not (?:extend|write to) file \"(?:base|pg_)|\bdisk full\b|OS errno 28\b|unable to extend (?:table|index|temp|lob|segment)|No more room in|filegroup is full|allocate space for object '"
    r"|division by zero\n|must appear in the group by|query (?:failed|was cancell?ed) .{0,60}(?:line|error)|invalidQuery|location: query\b|column reference .{1,128} is ambiguous"
)
# How PostgreSQL goes on after its message
_POINTS_AT = lazy(r"\n(?:LINE \d{1,6}: |DETAIL:  |HINT:  |CONTEXT:  )")
_WINDOW = 4_000


def class_of_database(raised: Raised) -> DatabaseError | None:
    """What a database objects to, where the exception comes from one; None for all other exceptions."""
    if not from_driver(raised):
        return None
    by_words = class_of_words(raised.message[:_WINDOW])
    if by_words is DatabaseError.SERVER and raised.name == "ProgrammingError":
        return DatabaseError.STATEMENT  # Snowflake's 57P03: no warehouse was chosen
    if by_words:
        return by_words
    return DatabaseError.STATEMENT if raised.name in _STATEMENT_CLASSES or _is_of_postgres(raised) else None


# Several causes ask about the same few texts of one failure
@lru_cache(maxsize=128)
def class_of_words(text: str) -> DatabaseError | None:
    """The same from the text alone."""
    for each, words in (
        (DatabaseError.SESSIONS, _SESSIONS),
        (DatabaseError.LOGIN, _LOGIN),
        (DatabaseError.NO_DATABASE, _NO_DATABASE),
        (DatabaseError.SERVER, _SERVER),
        (DatabaseError.STATEMENT, _STATEMENT),
        (DatabaseError.CONNECTION, _CONNECTION),
    ):
        if words.search(text):
            return each
    return None


def from_driver(raised: Raised) -> bool:
    """Whether a database driver or Airflow's SQL hook raised it."""
    module = raised.type.rpartition(".")[0]
    if module:
        return any(module == name or module.startswith(f"{name}.") for name in DRIVERS)
    in_hook = any(part in frame.file for frame in raised.frames[-3:] for part in _IN_FRAMES)
    if in_hook and not raised.name.startswith("Airflow"):
        return True
    # Drivers in C leave no frame of their own, so the class name has to do: those of PEP 249 are nobody else's
    last = raised.frames[-1].file if raised.frames else ""
    named = raised.name in _PEP_249 or _is_of_postgres_alone(raised) or _is_named_and_said(raised)
    return named and ("/lib/python" not in last or "/sqlalchemy/" in last)


def _is_of_postgres(raised: Raised) -> bool:
    """A class of psycopg's or asyncpg's, which Airflow 3 prints without its module."""
    if raised.type.startswith(("psycopg2.errors.", "psycopg.errors.")):
        return not raised.name.endswith("Privilege")
    return _postgres_name(raised) is not None


def _is_of_postgres_alone(raised: Raised) -> bool:
    return _is_of_postgres(raised) and _postgres_name(raised) not in COMMON_NAMES


def _postgres_name(raised: Raised) -> str | None:
    """Some names end in "Error" themselves; to the others asyncpg adds it."""
    names = (raised.name, raised.name.removesuffix("Error"))
    return next((each for each in names if each in STATEMENT_ERRORS), None)


def _is_named_and_said(raised: Raised) -> bool:
    """A name that others may use as well, with a database's words."""
    if raised.name not in _STATEMENT_CLASSES and not _is_of_postgres(raised):
        return False
    window = raised.message[:_WINDOW]
    return bool(_STATEMENT.search(window) or _POINTS_AT.search(window))
