"""A program or a shared library of the operating system is not there.

Seen as: "libX.so: cannot open shared object file", "command not found", exit code 126 or 127, or a program that a package cannot start.
Comes from: MWAA's image has only its own set of system packages; everything else has to be installed by the startup script or avoided.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from responder.diagnosis.advice import FROM_TEXT, STARTUP_DOCS, STARTUP_SCRIPT
from responder.diagnosis.code_question import place_of
from responder.diagnosis.recognise import find
from responder.diagnosis.rule import Match, Rule
from responder.evidence.missing_program import MissingProgram, exit_says_missing, missing_program, program_not_started
from responder.evidence.remote_job import read_job
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Remedy, Said, Strength

# spark-submit is a script that starts a JVM, here, before anything runs elsewhere
_SUBMIT = re.compile(r"Cannot execute: \S{0,200}spark-submit ")
_JVM = frozenset({"java", "JAVA_HOME", "Java", "JVM"})
LOCAL = re.compile(
    r"Bash command failed|Command exited with return code|returned non-zero exit status|non-zero exit code"
)


class Lacking(NamedTuple):
    """The program or library, and how the command ended."""

    library: str | None
    exit_code: int | None = None
    file: str | None = None
    line: int | None = None
    function: str | None = None


def recognise(evidence: Evidence) -> Match[Lacking] | None:
    exited = exit_says_missing(evidence.exits, evidence.said) if find(evidence, LOCAL) else None
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


def remedy(match: Match[Lacking], _answers: Answers) -> Remedy:
    name = match.facts.library
    if "ermission denied" in match.because[0]:
        return _not_executable(name or "a program")
    return Remedy(
        summary=f"{name or 'A program'} was not found on the machine that ran this.",
        explanation="All components run MWAA's own image, which has few system packages. requirements.txt adds Python packages only, and what a task installs at run time is gone with the worker.",
        steps=(
            f"Prefer a Python package that brings {name or 'it'} with it (a binary wheel), or run the work where it is installed: a container on ECS or EKS, a Glue or EMR job.",
            f"Otherwise install it in the startup script: `sudo dnf install -y <package>` (`dnf provides '*/{name or '<name>'}'` names the package; before Airflow 2.7 it is yum). Without internet access bring the files in plugins.zip. {STARTUP_SCRIPT}",
            "If it is there and only not found: give its full path, or export PATH or LD_LIBRARY_PATH in the startup script.",
        ),
        proof=FROM_TEXT,
        links=(STARTUP_DOCS,),
    )


def _not_executable(name: str) -> Remedy:
    return Remedy(
        summary=f"{name} is there, or a folder of PATH is, but the task may not run it.",
        explanation="A file from dags/ or plugins.zip keeps no right to be executed unless the zip has it, and a folder in PATH that Airflow's user may not read looks the same.",
        steps=(
            f"Run it by its interpreter or full path (`bash script.sh`, `python tool.py`, the output of `which {name}`), or copy it below /tmp and `chmod +x` it there.",
            "For a program in plugins.zip: set the right before zipping (`chmod 755`).",
            f"If the task needs {name} only for a token or a configuration, take the Python package for it instead.",
        ),
        proof=FROM_TEXT,
        links=(STARTUP_DOCS,),
    )


RULE = Rule(
    category=Category.ENVIRONMENT,
    cause="system-library",
    may_heal=False,
    recognise=recognise,
    remedy=remedy,
)
