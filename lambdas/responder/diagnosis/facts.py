"""What every diagnosis states, whatever its cause; the keys are those of the README's "Facts"."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

from responder.diagnosis.frames import own_frame
from responder.diagnosis.rule import Match
from responder.evidence.http_status import read_status
from responder.evidence.remote_job import read_job
from responder.evidence.said import exception_text
from responder.model import Chain, Evidence, Fact, Raised

MESSAGE_LIMIT = 300  # characters; more does not fit a notification
# Exit codes of the task's own process that only repeat that an exception ended it: 1, 2 after a timeout, 100 deferral.
PLAIN_EXITS = frozenset({0, 1, 2, 100})

# INFO - Retrieving connection 'crm_api'   (older: Using connection ID 'x' for task execution; Airflow 3: Connection Retrieved 'x')
_CONNECTION = re.compile(r"(?:Retrieving connection|Using connection ID|Connection Retrieved) '([\w.:/-]{1,250})'")
# Snowflake: "250001 (08001): …", "250001: 250001: …"; MySQL, SQL Server and mail servers: (2002, "Can't connect …")
_VENDOR_CODE = re.compile(r"(\d{6})(?: \((?:[0-9A-Z]{5}|None)\)|: \d{6}: )|\((\d{3,5}), b?[\"']")


def common(evidence: Evidence, match: Match[Any]) -> dict[str, Fact]:
    """The exception that ended the work, where it was in the user's code, codes of services; then the cause's own facts."""
    found: dict[str, Fact] = {}
    if evidence.chain:
        found |= _of_exception(evidence.chain.last) | _of_place(evidence.chain)
    return found | _codes(evidence) | _run(evidence) | _exit(evidence) | own(match.facts)


def own(facts: Any) -> dict[str, Fact]:
    """The fields of a cause's facts that have a value."""
    named = (
        facts._asdict()
        if hasattr(facts, "_asdict")
        else {each.name: getattr(facts, each.name) for each in fields(facts)}
    )
    return {name: value for name, value in named.items() if value is not None}


def connection_used(evidence: Evidence) -> str | None:
    """The Airflow connection that was fetched last, None where the log does not name one."""
    for record in reversed(evidence.records):
        if "onnection" in record.text and (match := _CONNECTION.search(record.text[:1_000])):
            return match[1]
    return None


def _of_exception(raised: Raised) -> dict[str, Fact]:
    message = raised.message.split("\n", 1)[0].strip()[:MESSAGE_LIMIT]
    found: dict[str, Fact] = {"exception": raised.type}
    return found | ({"message": message} if message else {})


def _of_place(chain: Chain) -> dict[str, Fact]:
    syntax = next((raised.syntax for raised in chain.links if raised.syntax), None)
    if syntax:
        return {"file": syntax.file, "line": syntax.line}
    frame = own_frame(chain)
    if frame is None:
        return {}
    found: dict[str, Fact] = {"file": frame.file} | ({"line": frame.line} if frame.line else {})
    return found | ({"function": frame.function} if frame.function not in ("<module>", "") else {})


def _codes(evidence: Evidence) -> dict[str, Fact]:
    if evidence.aws_errors:
        error = evidence.aws_errors[0]
        named = {"error_code": error.code, "aws_operation": error.operation, "aws_service": error.service}
        return {name: value for name, value in named.items() if value}
    for raised in reversed(evidence.chain.links if evidence.chain else ()):
        if match := _VENDOR_CODE.match(raised.message):
            return {"error_code": match[1] or match[2]}
        if status := read_status(exception_text(raised)):
            return {"error_code": str(status.code)}
    return {}


def _run(evidence: Evidence) -> dict[str, Fact]:
    """Of a job elsewhere, whatever the reason was that it failed for."""
    for raised in reversed(evidence.chain.links if evidence.chain else ()):
        job = read_job(exception_text(raised))
        if job and job.service and job.remote_id:
            return {"remote_id": job.remote_id}
    return {}


def _exit(evidence: Evidence) -> dict[str, Fact]:
    """Of a child process first; the task's own only where it says more than that an exception ended it."""
    for each in evidence.exits:
        if each.code and not each.of_task:
            return {"exit_code": each.code}
    for each in evidence.exits:
        if each.code is not None and (each.code not in PLAIN_EXITS or evidence.chain is None):
            return {"exit_code": each.code}
    return {}
