"""A program or a shared library of the operating system is not there.

Seen as: "libX.so: cannot open shared object file", "command not found", exit code 126 or 127, or a program that a package cannot start.
Comes from: MWAA's image has only its own set of system packages; everything else has to be installed by the startup script or avoided.
"""

from __future__ import annotations

from responder.diagnosis.advice import FROM_TEXT, STARTUP_DOCS, STARTUP_SCRIPT
from responder.diagnosis.lacking_program import Lacking, lacking
from responder.diagnosis.rule import Match, Rule
from responder.inquiry.question import Answers
from responder.model import Category, Remedy


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
    recognise=lacking,
    remedy=remedy,
)
