"""The prefixes of log lines: Airflow 2's, Celery's, gunicorn's, uvicorn's, Alembic's, structlog's console form, and MWAA's own.

`[2026-11-22T09:41:00.662+0000] {{taskinstance.py:3313}} ERROR - Task failed with exception` (also with single braces, and
`[2026-11-22, 09:41:00 UTC]`), `2026-05-06T01:00:14.610844Z [info     ] text [logger] key=value`,
`[2024-01-01 00:00:00,000: ERROR/ForkPoolWorker-1] text`, `[2021-09-01 15:53:02 +0000] [41] [INFO] text`,
`INFO  [alembic.runtime.migration] text`, `INFO:     text` (uvicorn, Airflow 3's API server), and `[INFO] - text`, whose level says nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from responder.model import Level

NESTED = 3  # prefixes in one line: MWAA's, the processor's, the DagBag's
WRAPPER = "logging_mixin.py"  # Airflow's own capture of stdout: what it wraps may be a record of Airflow's again

_AIRFLOW = re.compile(
    r"\[\d{4}-\d\d-\d\d[T ,][^\]\n]{4,40}\] (?:\{{1,2}([^{}\s]{1,150})\}{1,2} )?([A-Z]{4,8}) -(?: |$)"
)
_CONSOLE = re.compile(r"\d{4}-\d\d-\d\d[T ][0-9:.,+Z-]{8,25} \[([a-z]{4,9})\s{0,6}\] ")
_CELERY = re.compile(r"\[\d{4}-\d\d-\d\d [0-9:,.]{8,16}: ([A-Z]{4,8})/([\w-]{1,60})\] ")
_GUNICORN = re.compile(r"\[\d{4}-\d\d-\d\d [0-9:]{8} [+-]\d{4}\] \[\d{1,10}\] \[([A-Z]{4,8})\] ")
_ALEMBIC = re.compile(r"([A-Z]{4,8}) {1,3}\[([\w.]{1,150})\] ")
_UVICORN = re.compile(r"(?:(DEBUG|ERROR): {4}|(INFO): {5}|(WARNING): {2})(?=\S)")  # pads to nine characters
_MWAA = re.compile(r"\[([A-Z]{4,8})\] - ?")
_LOGGER = re.compile(r" \[([\w.]{1,150})\](?= |$)")
_ANSI = re.compile(r"\x1b\[[0-9;]{0,16}[A-Za-z]")

_LEVELS = {
    "DEBUG": Level.DEBUG,
    "INFO": Level.INFO,
    "WARN": Level.WARNING,
    "WARNI": Level.WARNING,
    "WARNING": Level.WARNING,
    "ERROR": Level.ERROR,
    "EXCEPTION": Level.ERROR,
    "FATAL": Level.CRITICAL,
    "CRITICAL": Level.CRITICAL,
}


class Prefix(NamedTuple):
    """What stands before a line's own text."""

    level: Level
    logger: str
    length: int  # characters that it takes
    by_mwaa: bool = False  # written by MWAA around a line of output: neither level nor logger are the line's own


def uncoloured(text: str) -> str:
    return _ANSI.sub("", text) if "\x1b" in text else text


def level_of(name: object, default: Level = Level.INFO) -> Level:
    return _LEVELS.get(name.strip().upper(), default) if isinstance(name, str) else default


def read_prefix(line: str) -> Prefix | None:
    """The prefix of a line, nested ones together: the innermost says level and logger, but for a child's lines."""
    found = _one(line, 0)
    for _ in range(NESTED):
        inner = _one(line, found.length) if found else None
        if inner is None or inner.by_mwaa or found is None:
            break
        wrapped = found.by_mwaa or found.logger.startswith(WRAPPER)
        found = inner if wrapped else Prefix(found.level, found.logger, inner.length)
    return found


def _one(line: str, at: int) -> Prefix | None:
    if match := _AIRFLOW.match(line, at):
        return Prefix(level_of(match[2]), match[1] or "", match.end())
    if match := _CONSOLE.match(line, at):
        logger = _LOGGER.search(line, match.end())
        return Prefix(level_of(match[1]), logger[1] if logger else "", match.end())
    return _of_component(line, at)


def _of_component(line: str, at: int) -> Prefix | None:
    if match := _CELERY.match(line, at):
        return Prefix(level_of(match[1]), f"celery.{match[2]}", match.end())
    if match := _GUNICORN.match(line, at):
        return Prefix(level_of(match[1]), "gunicorn", match.end())
    if match := _UVICORN.match(line, at):
        return Prefix(level_of(match[match.lastindex or 0]), "uvicorn", match.end())
    if (match := _ALEMBIC.match(line, at)) and match[1] in _LEVELS:
        return Prefix(level_of(match[1]), match[2], match.end())
    if (match := _MWAA.match(line, at)) and match[1] in _LEVELS:
        return Prefix(level_of(match[1]), "", match.end(), by_mwaa=True)
    return None
