"""How a command that a task started ended, where its non-zero code is all that is known."""

from __future__ import annotations

import re
from typing import NamedTuple

from responder.diagnosis.recognise import Hit, find
from responder.evidence.missing_program import misses_variable, missing_program
from responder.evidence.script_output import is_startup_script
from responder.model import Evidence, ProcessExit, Raised, Record

_FAILED = re.compile(
    r"(?:Bash|SSH|Shell|WinRM|dbt|Spark) (?:command|operator error).{0,80}(?:failed|exit|return)|returned (?:a )?non-zero exit (?:code|status)|"
    r"Command exited with return code [1-9]|exit status = [1-9]|Process returned non-zero|Error while running (?:local|remote) command|"
    r"Docker container failed|[Ee]rror running cmd: |dbt invocation completed with errors|Command '.{1,600}' (?:returned|died)"
)
# Said by whoever starts the command; everything else in the chain is what the command itself raised.
STARTERS = frozenset(
    {"AirflowException", "CosmosDbtRunError", "CalledProcessError", "SystemExit", "AirflowFailException"}
)
# Killed or stopped from outside, or not even started: other causes
NOT_OF_ITS_OWN = frozenset({0, 126, 127, 137, -9, 143, -15})
MOST_LINES = 6  # of the output, in the message


class FailedCommand(NamedTuple):
    """Its code where it is printed, and what was said: the sentence, then the output's last lines, the last first."""

    exit_code: int | None
    lines: tuple[str, ...]
    raised: Raised | None


def failed_command(evidence: Evidence) -> FailedCommand | None:
    """None where its output states a deeper cause, and where it was killed or never started."""
    if is_startup_script(evidence.failure) and evidence.failing:
        return FailedCommand(None, (evidence.failing.text,), None)
    hit = find(evidence, _FAILED)
    child = next((each for each in evidence.exits if not each.of_task and each.code), None)
    if hit is None or _states_more(evidence) or _lacks_library(evidence) or _not_its_own(evidence, child):
        return None
    return FailedCommand(child.code if child else None, _lines(evidence, hit, child), hit.said.raised)


def _not_its_own(evidence: Evidence, child: ProcessExit | None) -> bool:
    return child is not None and child.code in NOT_OF_ITS_OWN and not misses_variable(evidence.said)


def _states_more(evidence: Evidence) -> bool:
    """The output holds an exception of its own: that is the deeper cause."""
    return any(raised.name not in STARTERS for raised in (evidence.chain.links if evidence.chain else ()))


def _lacks_library(evidence: Evidence) -> bool:
    """A loader's complaint in the output, in words that no script prints by itself."""
    found = missing_program(evidence.said)
    return found is not None and found.library


def _lines(evidence: Evidence, hit: Hit, child: ProcessExit | None) -> tuple[str, ...]:
    printed = next(
        (record for record in reversed(evidence.records) if record.output and _before(evidence, record)), None
    )
    last = [line.strip() for line in printed.text.split("\n") if line.strip()][-MOST_LINES:] if printed else []
    return tuple(dict.fromkeys([hit.line, *reversed(last), child.line if child else hit.line]))[: MOST_LINES + 1]


def _before(evidence: Evidence, record: Record) -> bool:
    return evidence.failing is None or record.timestamp <= evidence.failing.timestamp
