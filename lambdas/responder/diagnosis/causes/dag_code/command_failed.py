"""A shell command or a child process ended with a non-zero code of its own.

Seen as: "Bash command failed. The command returned a non-zero exit code 1", CalledProcessError, or an SSH command's exit status.
Comes from: the command itself; why stands in its output above, if anywhere.
"""

from __future__ import annotations

from typing import NamedTuple

from responder.diagnosis.advice import MWAA_DOCS
from responder.diagnosis.code_question import code_questions, code_remedy, place_of
from responder.diagnosis.failed_command import failed_command
from responder.diagnosis.quoting import ending
from responder.diagnosis.rule import Match, Rule
from responder.evidence.lazy_pattern import lazy
from responder.evidence.script_output import is_startup_script
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
    strength = Strength.FALLBACK if is_startup_script(evidence.failure) else Strength.MESSAGE
    return Match(strength, facts, found.lines, evidence.failure, found.raised)


_CANNOT_WRITE = lazy(r"(?i)permission denied|read-only file system|errno (?:13|30)\b")
_READ_ONLY = "The folder dags/ is read-only on MWAA: let the command write below /tmp. dbt takes it from DBT_LOG_PATH and DBT_TARGET_PATH, or --log-path and --target-path."


def remedy(match: Match[Ended], answers: Answers) -> Remedy:
    code = match.facts.exit_code
    output = next((line for line in match.because[1:] if line not in match.because[0]), None)
    return code_remedy(
        summary=f"A command ended with {f'exit code {code}' if code is not None else 'an error'}{f'. The last line that it printed: {ending(output)}' if output else '.'}",
        explanation="Airflow only passes the code on. The command's own output above it tells why"
        + ("." if output else ", but here it printed nothing that helps."),
        steps=(
            *((_READ_ONLY,) if _CANNOT_WRITE.search("\n".join(match.because)) else ()),
            "Read the command's output in the task log from its first error on, and correct the command, its arguments or the files it needs.",
            "If the output says too little: begin a bash command with `set -euxo pipefail`, which prints each line and stops at the first that fails.",
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
