"""A failure's text becomes evidence: parsed once, so that rules only look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from responder.evidence.aws_error import read_aws_errors
from responder.evidence.aws_service import with_service
from responder.evidence.context import explaining, with_reason
from responder.evidence.decisive import decisive
from responder.evidence.failing import after_last_start, choose, last_parse, without_passed
from responder.evidence.log_record import read_records
from responder.evidence.pasted import pasted_error
from responder.evidence.pip_output import read_pip
from responder.evidence.process_exit import read_exits
from responder.evidence.said import said
from responder.evidence.script_output import broken_line, is_startup_script
from responder.evidence.verdict import last_verdict
from responder.model import (
    AwsError,
    Evidence,
    Failure,
    Kind,
    PipReport,
    ProcessExit,
    Record,
    Said,
    Source,
    Verdict,
)

MOST_ERRORS = 20  # of AWS, of one failure
FINE = (Verdict.SUCCESS, Verdict.SKIPPED)
COMPONENTS = ("-Scheduler", "-Worker", "-WebServer")  # log groups of MWAA that hold stdout, not a task's own log
SCHEDULERS_WORDS = (
    "TaskInstance Finished",
    "Detected zombie",
    "Detected a task instance without",
    "reported that the task instance",
    "Executor reports task instance",
    "Marking run <DagRun",
    "Validation Error: ",
)
TASKS_WORDS = ("Starting attempt", "Task failed with exception", "Executing <Task")
BROKEN = (Verdict.FAILED, Verdict.UP_FOR_RETRY)


def gather(failure: Failure) -> Evidence:
    """What the failure's text says. Pure; never raises, whatever the text."""
    kind = _told_by(failure)
    every = read_records(failure.events)
    records = _of_last_attempt(kind, every)
    failing = choose(kind, records)
    if failing is None and kind is Kind.TASK and len(records) < len(every):
        records, failing = every, choose(kind, every)
    failing = failing or pasted_error(every) or _of_script(failure)
    before = _before(records, failing)
    own = failing.chain if failing else None
    context = explaining(kind, own, before)
    texts = said(failing, with_reason(own, context), context)
    evidence = Evidence(
        failure=failure,
        records=tuple(records),
        verdict=last_verdict(every) if kind is Kind.TASK else Verdict.UNSEEN,
        failing=failing,
        chain=with_reason(own, context),
        aws_errors=tuple(_aws_errors(texts, records)),
        exits=tuple(_exits(failing, context, records)),
        pip=_pip(failure),
        airflow_major=_major(records),
        said=texts,
    )
    return replace(evidence, failed=_failed(evidence), decisive=decisive(evidence))


def _of_script(failure: Failure) -> Record | None:
    return broken_line(failure.events) if is_startup_script(failure) else None


def _of_last_attempt(kind: Kind, records: Sequence[Record]) -> Sequence[Record]:
    if kind is Kind.TASK:
        return after_last_start(records)
    return last_parse(records) if kind is Kind.DAG_FILE else without_passed(records)


def _told_by(failure: Failure) -> Kind:
    """A task that failed may be told of by a scheduler or worker: its lines are then read as a component's."""
    if failure.kind is not Kind.TASK:
        return failure.kind
    group = failure.place.log_group
    of_component = group.endswith(COMPONENTS) if group else _reads_like_component(failure)
    return Kind.PROCESS if of_component else Kind.TASK


def _reads_like_component(failure: Failure) -> bool:
    """A log out of a file has no group: the scheduler's fixed words tell, unless the task itself speaks too."""
    messages = [event.message[:2_000] for event in failure.events]
    return any(words in message for message in messages for words in SCHEDULERS_WORDS) and not any(
        words in message for message in messages for words in TASKS_WORDS
    )


def _before(records: Sequence[Record], failing: Record | None) -> Sequence[Record]:
    if failing is None:
        return records
    place = (number for number, record in enumerate(records) if record is failing or record.text == failing.text)
    return records[: next(place, len(records))]


def _aws_errors(texts: Iterable[Said], records: Sequence[Record]) -> Iterator[AwsError]:
    seen: set[tuple[str, str | None, str]] = set()
    for each in texts:
        for error in read_aws_errors(each.text):
            key = (error.code, error.operation, error.message)
            if key not in seen and len(seen) < MOST_ERRORS:
                seen.add(key)
                yield with_service(error, each, records)


def _exits(failing: Record | None, context: Sequence[Record], records: Sequence[Record]) -> Iterator[ProcessExit]:
    """Of the children first, in the order of trust; then how the task itself ended."""
    heard = ([failing] if failing else []) + list(context)
    found = [each for record in heard for each in read_exits(record)]
    own = [each for record in records[-30:] if not record.output for each in read_exits(record) if each.of_task]
    yield from dict.fromkeys([*(each for each in found if not each.of_task), *(e for e in found if e.of_task), *own])


def _pip(failure: Failure) -> PipReport | None:
    if failure.kind is Kind.DAG_FILE:
        return None
    return read_pip([event.message for event in failure.events])


def _major(records: Iterable[Record]) -> int | None:
    for record in records:
        if ".py:" in record.logger:
            return 2
        if record.logger.startswith(("airflow.", "task")):
            return 3
    return None


def _failed(evidence: Evidence) -> bool:
    """The last verdict counts; without one, a record that reports a failure, or an event that does."""
    if evidence.verdict in FINE:
        return False
    if evidence.verdict in BROKEN or evidence.failure.source is not Source.LOG or evidence.failure.status:
        return True
    if evidence.failure.kind is Kind.REQUIREMENTS or is_startup_script(evidence.failure):
        return evidence.failing is not None or bool(evidence.pip and evidence.pip.failed)
    return evidence.failing is not None
