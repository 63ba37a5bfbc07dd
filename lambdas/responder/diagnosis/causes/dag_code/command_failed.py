"""A shell command or a child process ended with a non-zero code of its own.

Seen as: "Bash command failed. The command returned a non-zero exit code 1", CalledProcessError, or an SSH command's exit status.
Comes from: the command itself; why stands in its output above, if anywhere.
"""

from __future__ import annotations

from typing import NamedTuple

from responder.diagnosis.advice import MWAA_DOCS
from responder.diagnosis.code_question import code_questions, code_remedy, place_of
from responder.diagnosis.failed_command import failed_command
from responder.diagnosis.rule import Match, Rule
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Link, Remedy, Strength

DOCS = Link("Running dbt and other tools on MWAA", f"{MWAA_DOCS}/samples-dbt.html")


class Ended(NamedTuple):
    """How the command ended, and where the user's code starts it."""

    exit_code: int | None
    file: str | None = None
    line: int | None = None
    function: str | None = None


def recognise(evidence: Evidence) -> Match[Ended] | None:
    found = failed_command(evidence)
    if found is None:
        return None
    place = place_of(evidence)
    facts = Ended(found.exit_code, place.file, place.line, place.function)
    return Match(Strength.MESSAGE, facts, found.lines, evidence.failure, found.raised)


def remedy(match: Match[Ended], answers: Answers) -> Remedy:
    code = match.facts.exit_code
    output = match.because[1] if len(match.because) > 1 else None
    return code_remedy(
        summary=f"A command ended with exit code {code if code is not None else 'other than 0'}{f'; its last line was: {output[:160]}' if output else ''}.",
        explanation="Airflow only passes the code on. The command's own output above it tells why"
        + ("." if output else ", but here it printed nothing that helps."),
        steps=(
            "Read the command's output in the task log from its first error on, and correct the command, its arguments or the files it needs.",
            "On MWAA dags/ is read-only and only /tmp can be written: let tools such as dbt put logs and targets there.",
            "Let the command say more: set -euo pipefail and, while looking, set -x.",
        ),
        place=match.facts,
        answers=answers,
        links=(DOCS,),
    )


RULE = Rule(
    category=Category.DAG_CODE,
    cause="command-failed",
    yields_to=("missing-package", "local-import", "query-failed"),  # where the command's output says so
    may_heal=True,
    recognise=recognise,
    questions=code_questions,
    remedy=remedy,
)
