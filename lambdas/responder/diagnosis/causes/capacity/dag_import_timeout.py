"""Reading the DAG file took longer than Airflow waits for it.

Seen as: "DagBag import timeout for <file> after 30.0s", "Processor for <file> … has timed out, killing it".
Comes from: work at module level: Variable.get, boto3, HTTP, large YAML files, hundreds of DAGs made in one file.
"""

from __future__ import annotations

from responder.diagnosis.advice import AIRFLOW_DOCS, DEPLOY_DAG, FROM_TEXT, SET_OPTION
from responder.diagnosis.environment_advice import by_release, known
from responder.diagnosis.recognise import by_message, first_of, line_of
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Kind, Link, Remedy, Strength

_WORDS = r"DagBag import timeout|Processor for \S{1,500} (?:with PID \d{1,9} )?.{0,80}has timed out|Processor for .{1,700} with PID \d{1,9} started \d{1,9} ago killing it|DagFileProcessor.{0,120}timed out"
PARSING_DOCS = Link("Top-level code in DAG files", f"{AIRFLOW_DOCS}/best-practices.html#top-level-python-code")


def _while_reading(evidence: Evidence) -> Match[NoFacts] | None:
    """By the exception that Airflow 1.10 and early 2 word "Timeout, PID: 25458", or the line of its handler: nothing else has a limit while a file is read."""
    last, failing = evidence.chain.last if evidence.chain else None, evidence.failing
    if evidence.failure.kind is not Kind.DAG_FILE:
        return None
    if last is None and failing and failing.text.startswith("Process timed out, PID"):
        return Match(Strength.STRUCTURED, NoFacts(), (line_of(failing.text, 0),), evidence.failure)
    if last is None or last.name != "AirflowTaskTimeout":
        return None
    return Match(Strength.STRUCTURED, NoFacts(), (line_of(exception_text(last), 0),), evidence.failure, last)


def remedy(match: Match[NoFacts], answers: Answers) -> Remedy:
    """Out of the module level; the option is a stopgap."""
    whole_file = by_release(
        known(answers), "core.dag_file_processor_timeout", "dag_processor.dag_file_processor_timeout"
    )
    return Remedy(
        summary="The DAG file takes too long to read, so Airflow gave up on it.",
        explanation="Airflow reads the file again and again, and a worker reads it before each task: whatever stands outside of functions runs each time."
        + ("" if match.failure.kind is Kind.DAG_FILE else " Here it was the worker; the task's own code did not run."),
        steps=(
            "Move slow work out of the top level of the file into the tasks: Variable.get and connections (use templates), boto3, HTTP, databases, large files. "
            "Where the log has a traceback, its last line in your own file shows where the time went. " + DEPLOY_DAG,
            "Split a file that generates many DAGs.",
            f"As a stopgap raise the limit: {SET_OPTION} > core.dagbag_import_timeout, and above it {whole_file}.",
        ),
        proof=FROM_TEXT,
        links=(PARSING_DOCS,),
    )


RULE = Rule(
    category=Category.CAPACITY,
    cause="dag-import-timeout",
    may_heal=False,
    recognise=first_of(by_message(_WORDS, strength=Strength.STRUCTURED), _while_reading),
    remedy=remedy,
)
