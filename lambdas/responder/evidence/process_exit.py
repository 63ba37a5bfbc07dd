"""How processes ended: the task's own, and those that it started (commands, containers, pods, remote shells).

Task exited with return code -9                                      Airflow 2, local_task_job_runner.py
Command exited with return code 127                                  subprocess.py
Bash command failed. The command returned a non-zero exit code 1.    BashOperator
returned non-zero exit status 2. / died with <Signals.SIGKILL: 9>    Python's CalledProcessError
{'terminated': {'exit_code': 137, 'reason': 'OOMKilled'}}            Kubernetes
'exitCode': 137                                                      ECS
"""

from __future__ import annotations

import re
import signal
from collections.abc import Iterable, Iterator

from responder.model import ProcessExit, Record

MOST = 20
_CHILD = re.compile(
    r"(?:(?:non-zero |command )?exit(?:ed)?(?: with)?(?: return| exit)?(?: code| status)|return code|exit_code'|exitCode[\"']?|exit_status|exit code was)"
    r"[\"']?\s?(?:is|was|of|=|:)?\s?(-?\d{1,5})\b",
    re.IGNORECASE,
)
_TASK = re.compile(r"Task exited with return code (?:Negsignal\.(SIG[A-Z]{2,8})|(-?\d{1,5}))")
_SIGNAL = re.compile(
    r"(?:died with <Signals\.|Negsignal\.|[Kk]illed by signal |signal |exitcode )[\"']?(SIG[A-Z]{2,8}|-?\d{1,2})\b"
)
_KILLED = "likely due to running out of memory"


def read_exits(record: Record) -> tuple[ProcessExit, ...]:
    """What one record says about ended processes, in its order."""
    found = list(_of_fields(record)) if record.fields else []
    for line in _lines(record):
        found.extend(_of_line(line))
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def _lines(record: Record) -> Iterator[str]:
    texts: Iterable[str] = (
        (record.text, *(raised.message for raised in record.chain.links if record.chain))
        if record.chain
        else (record.text,)
    )
    for text in texts:
        if "xit" in text or "ignal" in text or "return code" in text or _KILLED in text:
            yield from text.split("\n")


def _of_fields(record: Record) -> Iterator[ProcessExit]:
    """Airflow 3's supervisor says it in fields of its own."""
    code, number = _number(record.fields.get("exit_code")), _number(record.fields.get("signal"))
    if record.output or (code is None and number is None):
        return
    by_signal = abs(number) if number is not None else _signal(code or 0)
    if "signal_sent" in record.fields:  # by Airflow itself
        by_signal = None
    yield ProcessExit(code, by_signal, of_task=True, line=record.text)


def _of_line(line: str) -> Iterator[ProcessExit]:
    line = line[:2_000].strip()
    if line.startswith("Sending ") or "signal_sent=" in line:  # a signal that Airflow sends, not one that it got
        return
    if match := _TASK.search(line):
        yield _exit(_named(match[1]) if match[1] else int(match[2]), line, of_task=True)
    elif _KILLED in line:
        yield ProcessExit(None, signal.SIGKILL, of_task=True, line=line)
    elif match := _CHILD.search(line):
        yield _exit(int(match[1]), line, of_task=False)
    elif match := _SIGNAL.search(line):
        number = _named(match[1]) if match[1].startswith("SIG") else -abs(int(match[1]))
        if number:
            yield _exit(number, line, of_task=False)


def _exit(code: int, line: str, *, of_task: bool) -> ProcessExit:
    return ProcessExit(code, _signal(code), of_task, line)


def _signal(code: int) -> int | None:
    """Python reports a death by signal as a negative code, shells and containers as 128 and more."""
    if -64 <= code < 0:
        return -code
    return code - 128 if code in {134, 135, 137, 139, 143} else None


def _named(name: str) -> int:
    try:
        return -int(signal.Signals[name])
    except KeyError:
        return 0


def _number(text: str | None) -> int | None:
    """Plain, or as Airflow prints a signal: `<Negsignal.SIGKILL: -9>`."""
    found = re.fullmatch(r"(?:<Negsignal\.\w{1,20}: )?(-?\d{1,5})>?", text) if text else None
    return int(found[1]) if found else None
