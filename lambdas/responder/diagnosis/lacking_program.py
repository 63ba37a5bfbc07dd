"""A program or a library of the operating system that is missing where the task ran, and not in a job elsewhere."""

from __future__ import annotations

import re
from typing import NamedTuple

from responder.diagnosis.code_question import place_of
from responder.diagnosis.recognise import find
from responder.diagnosis.rule import Match
from responder.evidence.missing_program import MissingProgram, exit_says_missing, missing_program, program_not_started
from responder.evidence.remote_job import read_job
from responder.model import Evidence, Said, Strength

# spark-submit is a script that starts a JVM, here, before anything runs elsewhere
_SUBMIT = re.compile(r"Cannot execute: \S{0,200}spark-submit ")
_JVM = frozenset({"java", "JAVA_HOME", "Java", "JVM"})
_LOCAL = re.compile(
    r"Bash command failed|Command exited with return code|returned non-zero exit status|non-zero exit code"
)


class Lacking(NamedTuple):
    """The program or library, and how the command ended."""

    library: str | None
    exit_code: int | None = None
    file: str | None = None
    line: int | None = None
    function: str | None = None


def lacking(evidence: Evidence) -> Match[Lacking] | None:
    """By the words of whoever looked for it, or by the code of a shell that did not find it."""
    exited = exit_says_missing(evidence.exits, evidence.said) if find(evidence, _LOCAL) else None
    launched = find(evidence, _SUBMIT) is not None
    found = _no_jvm(evidence) if launched else missing_program(each for each in evidence.said if not _of_a_job(each))
    if found is None and exited is not None:
        found = program_not_started(evidence.said)
    if found is None and exited is None:
        return None
    place = place_of(evidence)
    facts = Lacking(
        found.name if found else None, exited.code if exited else None, place.file, place.line, place.function
    )
    lines = tuple(dict.fromkeys(each.line for each in (found, exited) if each))
    strength = Strength.STRUCTURED if exited or launched or (found and found.said.raised) else Strength.MESSAGE
    return Match(strength, facts, lines, evidence.failure, found.said.raised if found else None)


def _no_jvm(evidence: Evidence) -> MissingProgram | None:
    """Its other complaints, such as of `ps`, stop nothing."""
    lines = (said._replace(text=line) for said in evidence.said for line in said.text.split("\n"))
    return next((found for line in lines if (found := missing_program((line,))) and found.name in _JVM), None)


def _of_a_job(said: Said) -> bool:
    """A service that tells why a container or job did not run there: nothing is missing here."""
    job = read_job(said.text) if "not found" in said.text or "annot" in said.text else None
    return job is not None and job.service is not None and said.raised is not None
