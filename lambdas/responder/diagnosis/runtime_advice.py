"""What to look at first when code raises one of Python's own exceptions. Others have their own messages."""

from __future__ import annotations

from responder.model import Raised

# https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-faqs.html: containers do not share their disks
_FILES = (
    "The file is not on the worker that ran the task. Tasks run on different workers, which do not share /tmp: hand files on through S3. "
    "A file that comes with the DAGs has to be uploaded below dags/, and be opened by a path that starts at the DAG file: Path(__file__).parent."
)
_READ_ONLY = "The folders dags/ and plugins/ are copies of what is in S3, and not for writing: write below /tmp, and keep results in S3."
_BY_CLASS = {
    "FileNotFoundError": _FILES,
    "PermissionError": _READ_ONLY,
    "JSONDecodeError": "What was read is no JSON: print its first 200 characters. Most often it is empty, or an error page of the service.",
    "UnicodeDecodeError": "The file has another encoding than the code expects: name it when the file is opened (encoding=…).",
    "RecursionError": "A function calls itself without an end; the traceback repeats the lines that do.",
    "ZoneInfoNotFoundError": "Correct the name of the time zone: they are written like Europe/Berlin.",
}


def hint(raised: Raised | None) -> str | None:
    """One step; None where the exception's class says nothing of the kind."""
    if raised is None:
        return None
    if raised.name == "OSError" and "Read-only" in raised.message[:200]:
        return _READ_ONLY
    if raised.name in {"AttributeError", "TypeError"} and "NoneType" in raised.message[:500]:
        return "Something on that line is None: a look-up, a pull or a call that found nothing. Find out which, and handle that case."
    if raised.name in {"KeyError", "IndexError"}:
        return "What was looked up is not in the data of this run: compare the names or the number of items with what was delivered."
    return _BY_CLASS.get(raised.name)
