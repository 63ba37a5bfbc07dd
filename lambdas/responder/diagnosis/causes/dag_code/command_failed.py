"""A shell command or a child process ended with a non-zero code of its own.

Seen as: "Bash command failed. The command returned a non-zero exit code 1", CalledProcessError, or an SSH command's exit status.
Comes from: the command itself; why stands in its output above, if anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from responder.diagnosis.advice import MWAA_DOCS
from responder.diagnosis.code_question import code_questions, code_remedy, place_of
from responder.diagnosis.recognise import Hit, find
from responder.diagnosis.rule import Match, Rule
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Link, ProcessExit, Record, Remedy, Strength

DOCS = Link("Running dbt and other tools on MWAA", f"{MWAA_DOCS}/samples-dbt.html")
_FAILED = re.compile(
    r"(?:Bash|SSH|Shell|WinRM|dbt|Spark) (?:command|operator error).{0,80}(?:failed|exit|return)|returned (?:a )?non-zero exit (?:code|status)|"
    r"Command exited with return code [1-9]|exit status = [1-9]|Process returned non-zero|Error while running (?:local|remote) command|"
    r"Docker container failed|Command '.{1,600}' (?:returned|died)"
)
# Said by whoever starts the command; everything else in the chain is what the command itself raised.
STARTERS = frozenset({"AirflowException", "CalledProcessError", "SystemExit", "AirflowFailException"})
# Killed or stopped from outside, or not even started: other causes
NOT_OF_ITS_OWN = frozenset({0, 126, 127, 137, -9, 143, -15})
MOST_LINES = 6  # of the output, in the message


@dataclass(frozen=True, slots=True)
class Ended:
    """How the command ended, and where the user's code starts it."""

    exit_code: int | None
    file: str | None = None
    line: int | None = None
    function: str | None = None


def recognise(evidence: Evidence) -> Match[Ended] | None:
    hit = find(evidence, _FAILED)
    child = next((each for each in evidence.exits if not each.of_task and each.code), None)
    if hit is None or _states_more(evidence) or (child and child.code in NOT_OF_ITS_OWN):
        return None
    place = place_of(evidence)
    facts = Ended(child.code if child else None, place.file, place.line, place.function)
    return Match(Strength.MESSAGE, facts, _lines(evidence, hit, child), evidence.failure, hit.said.raised)


def _states_more(evidence: Evidence) -> bool:
    """The output holds an exception of its own: that is the deeper cause."""
    return any(raised.name not in STARTERS for raised in (evidence.chain.links if evidence.chain else ()))


def _lines(evidence: Evidence, hit: Hit, child: ProcessExit | None) -> tuple[str, ...]:
    printed = next(
        (record for record in reversed(evidence.records) if record.output and _before(evidence, record)), None
    )
    last = [line.strip() for line in printed.text.split("\n") if line.strip()][-MOST_LINES:] if printed else []
    return tuple(dict.fromkeys([hit.line, *reversed(last), child.line if child else hit.line]))[: MOST_LINES + 1]


def _before(evidence: Evidence, record: Record) -> bool:
    return evidence.failing is None or record.timestamp <= evidence.failing.timestamp


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
    may_heal=True,
    recognise=recognise,
    questions=code_questions,
    remedy=remedy,
)
