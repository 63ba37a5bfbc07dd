"""What to do about a missing distribution, in the order in which the reasons deserve to be asked about."""

from __future__ import annotations

import re
from typing import Any

from responder.diagnosis.advice import FROM_TEXT, READ_INSTALL_LOG, REQUIREMENTS_DOCS, SELECT_REQUIREMENTS
from responder.diagnosis.corrected_file import corrected_remedy
from responder.diagnosis.own_module_remedy import own_module_remedy
from responder.evidence.pip_root import root
from responder.inquiry.question import Answers, Question, Unanswered
from responder.knowledge.popular import popular
from responder.model import Proof, ProofLevel, Remedy
from responder.requirements.asked import (
    CorrectedFile,
    Deployed,
    DeployedRequirements,
    Installation,
    LastInstallation,
    OwnCode,
)
from responder.requirements.spelling import canonical

NAME = re.compile(r"^[ \t]*([A-Za-z0-9][\w.-]{0,99})", re.MULTILINE)


def asked(distribution: str | None) -> tuple[Question[Any], ...]:
    """Did the installation fail; is it in the file; is it the user's own; would the file with it resolve."""
    always: tuple[Question[Any], ...] = (LastInstallation(), DeployedRequirements(), OwnCode())
    return (*always, CorrectedFile(distribution))


def package_remedy(module: str, distribution: str | None, answers: Answers) -> Remedy:
    """The first reason that the answers support; without answers, to look and to add it."""
    own = answers[OwnCode()]
    top = module.partition(".")[0]
    if not isinstance(own, Unanswered) and (top in own.in_dags or top in own.in_plugins):
        return own_module_remedy(module, own)
    install = answers[LastInstallation()]
    if not isinstance(install, Unanswered) and install.failed:
        return _failed_installation(module, distribution, install, answers)
    deployed = answers[DeployedRequirements()]
    if distribution and isinstance(deployed, Deployed):
        if requires(deployed.text, distribution):
            return _not_installed(module, distribution, install)
        if requires(deployed.newer_text, distribution):
            return _not_selected(module, distribution, deployed)
    return _missing(module, distribution, answers)


def requires(text: str, distribution: str) -> bool:
    """Whether a requirements file has a line for the distribution."""
    wanted = canonical(distribution)
    return any(canonical(match[1]) == wanted for match in NAME.finditer(text))


def _failed_installation(module: str, distribution: str | None, install: Installation, answers: Answers) -> Remedy:
    problem = root(install.report)
    said = f" pip said: {problem.lines[0]}" if problem else ""
    return corrected_remedy(
        summary=f"{module} is not there because the environment's last installation of requirements.txt failed.",
        explanation=f"pip installs nothing of the file when one line of it fails; the log stream {install.log_stream} says why.{said}",
        by_hand=("Repair the installation first: the failed import is only its consequence.",),
        question=CorrectedFile(distribution),
        answers=answers,
    )


def _not_installed(module: str, distribution: str, install: Installation | Unanswered) -> Remedy:
    not_checked = (
        (f"whether the last installation worked: {install.reason}",) if isinstance(install, Unanswered) else ()
    )
    return Remedy(
        summary=f"{distribution} is in the deployed requirements.txt, yet {module} is not found.",
        explanation="Each component installs the file by itself when it starts: this one's installation failed, or it started before the file was selected.",
        steps=(
            READ_INSTALL_LOG,
            "If all of them worked: update the environment, so that every worker starts anew with the file.",
        ),
        proof=Proof(ProofLevel.CHECKED, "the deployed requirements.txt was read"),
        not_checked=not_checked,
        links=(REQUIREMENTS_DOCS,),
    )


def _not_selected(module: str, distribution: str, deployed: Deployed) -> Remedy:
    return Remedy(
        summary=f"{distribution} is in a newer requirements.txt that the environment does not use yet.",
        explanation=f"The latest object version of {deployed.key} has it, the selected one does not, so {module} is not found.",
        steps=(SELECT_REQUIREMENTS,),
        proof=Proof(ProofLevel.CHECKED, "both object versions were read"),
        links=(REQUIREMENTS_DOCS,),
    )


def _missing(module: str, distribution: str | None, answers: Answers) -> Remedy:
    if distribution is None:
        return _unsure(module)
    deployed = answers[DeployedRequirements()]
    lacks = "" if isinstance(deployed, Unanswered) else "; the deployed requirements.txt does not have it"
    brought = "" if canonical(module) == canonical(distribution) else f", which brings the module {module},"
    return corrected_remedy(
        summary=f"The package {distribution}{brought} is not installed{lacks}.",
        explanation="MWAA installs what requirements.txt names, on every component, when the environment is updated.",
        by_hand=(
            f"If requirements.txt has it already: {READ_INSTALL_LOG[:1].lower()}{READ_INSTALL_LOG[1:]}",
            f"If not: add a line `{distribution}` to it; without a version the Airflow constraints choose it, where they know the package.",
        ),
        question=CorrectedFile(add=distribution),
        answers=answers,
    )


def _unsure(module: str) -> Remedy:
    """Which distribution is meant, only the code's author knows: none is proposed."""
    known = popular(module.partition(".")[0])
    hint = (
        f"A widely used package is called {known}; whether the code means that one, only its author knows."
        if known
        else "Several packages share that first part of the name."
    )
    return Remedy(
        summary=f"{module} is not installed.",
        explanation=f"{hint} No line is proposed, because a stranger may own a name that was meant for something else.",
        steps=(
            f"Find the package that brings {module} in its own documentation, and add it to requirements.txt at a version that the constraints allow.",
            "If it is code of your own: put it below dags/ or into plugins.zip.",
            SELECT_REQUIREMENTS,
        ),
        proof=FROM_TEXT,
        links=(REQUIREMENTS_DOCS,),
    )
