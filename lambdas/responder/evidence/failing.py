"""Which record reports the failure of the attempt: the first one, never what broke because of it.

Task failed with exception          Airflow 2.1 and later, and Airflow 3
Failed to execute job 16 for …      the same failure again, with other outer frames
Failed to import: <file>            the DAG processor; also in a task's log, when the worker reads the file again
Error in callback at index 0: …     afterwards: never the root
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from responder.evidence.lazy_pattern import lazy
from responder.model import Kind, Level, Record

FAILED, AGAIN, KILLED, LOGGED = range(4)  # how directly a record reports the failure; the lower the better

# Things that break after the failure, or that are no failure at all.
AFTERWARDS = (
    "Error in callback",
    "Error in ",
    "Failed to run task callback",
    "Failed to send email",
    "Failed to get task ",
    "Error when executing",
    "Failed when executing execute callback",
    "Error while executing",
    "Error calling listener",
    "Top level error",
    "Stacktrace:",
    "Exception rendering Jinja template",
    "Failed to resolve template field",  # of any task of the DAG file, while it is read
)
_SECRETS = re.compile(
    r"Unable to (?:retrieve|get) (?:connection|variable|config)\S* from secrets? backend", re.IGNORECASE
)
_NOISE = re.compile(
    r"was sent SIG(?!KILL)[A-Z]+|No user yet created|Watchtower|SAWarning|Handling signal|Shutting down|Warm shutdown|notice\] A new release|"
    r"Error sending metrics|health status from the sidecar timed out|(?:become|found to be|be) idle\. Exiting|Failed to emit|Unable to publish metrics|"
    r"Triggerer's async thread was blocked|Exception during reset or similar|Exception terminating connection|last sent a heartbeat|using NoStatsLogger instead|"
    r"^(?:Variable|Connection|XCom|Asset) not found\b|"
    r"(?:Connection in use: |Can't connect to )\('[\w.:]{0,60}', 879[34]\)"
)
_KILLS = re.compile(
    r"^Dag not found during start up|Process terminated by signal|Process exited abnormally|Task exited(?:$| with return code (?!0\b|100\b))|killed before it finished|"
    r"Received SIGTERM|externally set to (?!success|skipped)|shouldn't be running anymore|heartbeat|Task killed!|WorkerLostError|exited prematurely"
)
_COMPONENT = re.compile(
    r"Detected zombie|without a heartbeat|reported that the task instance|Executor reports task instance|Marking run .{1,2000}> failed\b|"
    r"TaskInstance Finished: .{1,1500}\bstate=(?:failed|up_for_retry)\b|Status received from sidecar: RED|is being stopped due to|Couldn't connect to database|"
    r"Executed failure callback|Task deadlock|was sent SIGKILL|was terminated due to signal 9\b|Validation Error: |requeue attempts exceeded|stuck in (?:the )?queued|"
    r"Run .{1,300} has timed-out|You need to (?:upgrade|initialize) the database|^Task finished\b.{0,300}\bfinal_state=(?:failed|up_for_retry)\b"
)
# A thread or child process of a component that ends by its exception: Python's own headings, which no logger writes
_DIED = lazy(r"(?:^|\n)(?:Exception in thread \S.{0,200}|Process \w{0,40}Process-[\d:]{1,20}):$")
_MAIN = "/airflow/__main__.py"  # what is logged from within has fewer frames
_IGNORED = "Exception ignored in"  # while Python clears up
_ENDED = frozenset({"failed", "up_for_retry"})
_PARSES = ("Filling up the DagBag from",)
_PARSED = re.compile(r"DAG\(s\) .{1,2000} retrieved from")
_BROKEN = ("Failed to import:", "Failed to bag_dag:")  # not "Failed to import plugin x", which goes on without it
_PARSERS = ("dagbag.py", "processor.py", "manager.py", "timeout.py", "taskinstance.py", "airflow.", "dag_processing")
# Celery's worker and its queue
_CUT_OFF = ("consumer: Cannot connect to ", "consumer: Connection to broker lost", "Couldn't ack ")
_BACK = "Connected to "
_RUN_FAILED = "DagRun finished with failed state."


def choose(kind: Kind, records: Sequence[Record]) -> Record | None:
    """The record that reports the failure; None where nothing does."""
    ranked = [(rank, -number) for number, record in enumerate(records) if (rank := _rank(kind, record)) is not None]
    if not ranked:
        return None
    best = min(rank for rank, _ in ranked)
    return records[-max(number for rank, number in ranked if rank == best)]


def is_secrets_lookup(record: Record) -> bool:
    """Airflow tells that one secrets backend failed before it asks the next."""
    return "secrets" in record.text and bool(_SECRETS.search(record.text))


def is_failure_word(record: Record) -> bool:
    """Whether a record may count as an error before the failure."""
    return record.level >= Level.ERROR and not record.output and not record.text.startswith(AFTERWARDS)


def _rank(kind: Kind, record: Record) -> int | None:
    text = record.text
    if record.output or is_secrets_lookup(record):
        return None
    if text.startswith("Task failed with exception") and record.level >= Level.ERROR:
        return FAILED
    if text.startswith(_BROKEN) and record.level >= Level.ERROR:
        return FAILED if kind is Kind.DAG_FILE else AGAIN
    if text.startswith(AFTERWARDS):
        return KILLED if text.startswith("Top level error") else None
    if kind is Kind.TASK:
        return _rank_of_task(record)
    return _rank_of_component(record) if kind is not Kind.DAG_FILE or _by_parser(record) else None


def _rank_of_task(record: Record) -> int | None:
    text, error = record.text, record.level >= Level.ERROR
    if error and record.chain and record.logger.startswith("taskinstance.py"):
        return FAILED
    if error and text.startswith(("Failed to execute job", "Failed to execute task", _RUN_FAILED)):
        return AGAIN
    if is_crash(record):
        return AGAIN
    return KILLED if len(text) < 4_000 and _KILLS.search(text) and not _is_users(record) else None


def _rank_of_component(record: Record) -> int | None:
    if is_crash(record):
        return AGAIN
    text = record.text[:4_000]
    if _NOISE.search(text):
        return None
    if record.chain and _DIED.search(text):
        return AGAIN
    if _COMPONENT.search(text) or record.fields.get("final_state") in _ENDED:
        return KILLED
    if record.level < Level.ERROR:
        return KILLED if "WorkerLostError" in text or "exited prematurely" in text else None
    return KILLED if record.chain else LOGGED


def _by_parser(record: Record) -> bool:
    """What the DAG file itself logs while it is read is no failure of it."""
    return record.logger == "" or record.logger.startswith(_PARSERS)


def _is_users(record: Record) -> bool:
    """A logger that Airflow does not have: a DAG's file or a name of the user's own."""
    return bool(record.logger) and not record.logger.startswith(
        (
            "task",
            "airflow",
            "local_task_job",
            "standard_task",
            "supervisor",
            "process_utils",
            "celery",
            "scheduler",
            "base_",
        )
    )


def is_crash(record: Record) -> bool:
    """A traceback that goes down to a program's first line: the process itself ended by it."""
    if record.chain is None or record.output or _IGNORED in record.text[-1_000:]:
        return False
    frames = record.chain.last.frames
    bare = not record.logger and record.level <= Level.INFO
    from_start = any(frame.file.endswith(_MAIN) for raised in record.chain.links for frame in raised.frames[:3])
    return bool(frames) and (bare or from_start or (frames[0].function == "<module>" and "/bin/" in frames[0].file))


def after_last_start(records: Sequence[Record]) -> Sequence[Record]:
    """The last attempt that a log holds; a log may hold several tries of one task."""
    starts = [number for number, record in enumerate(records) if _starts(record)]
    return records[starts[-1] :] if starts else records


def last_parse(records: Sequence[Record]) -> Sequence[Record]:
    """The last time that a DAG file was read, if it says how it went: a file that was repaired since is no failure."""
    starts = [number for number, record in enumerate(records) if record.text.startswith(_PARSES)]
    last = records[starts[-1] :] if starts else records
    told = any(_PARSED.match(record.text) or record.text.startswith(_BROKEN) for record in last)
    return last if told else records


def without_passed(records: Sequence[Record]) -> Sequence[Record]:
    """Without a worker's complaints that it cannot reach its queue, where it did reach it later."""
    back = max((number for number, record in enumerate(records) if record.text.startswith(_BACK)), default=-1)
    return [record for n, record in enumerate(records) if n > back or not record.text.startswith(_CUT_OFF)]


def _starts(record: Record) -> bool:
    return not record.output and record.text.lstrip("-\n ").startswith("Starting attempt ")
