"""What to change when code or requirements belong to another release of Airflow."""

from __future__ import annotations

from typing import Protocol

from responder.diagnosis.advice import AIRFLOW_DOCS, FROM_TEXT, MWAA_DOCS, REQUIREMENTS_DOCS, SELECT_REQUIREMENTS
from responder.diagnosis.airflow_release import DATABASE, lost_attribute, lost_variable
from responder.diagnosis.code_question import Placed, code_remedy, release_of
from responder.diagnosis.import_failure import failed_in
from responder.diagnosis.quoting import ending
from responder.diagnosis.refused_argument import Refused, refused
from responder.inquiry.question import Answers
from responder.knowledge import airflow_names
from responder.model import Link, Raised, Remedy

UPGRADING = Link("Upgrading code to Airflow 3", f"{AIRFLOW_DOCS}/installation/upgrading_to_airflow3.html")
VERSIONS = Link("Airflow versions on MWAA", f"{MWAA_DOCS}/airflow-versions.html")

_RENAMED = {
    "schedule_interval": "schedule",
    "timetable": "schedule",
    "concurrency": "max_active_tasks",
    "task_concurrency": "max_active_tis_per_dag",
    "fail_stop": "fail_fast",
    "execution_date": "logical_date",
    "schedule": "schedule_interval where Airflow is older than 2.4",
}


class Released(Placed, Protocol):
    """Facts about what belongs to another release."""

    @property
    def module(self) -> str | None: ...
    @property
    def requirement(self) -> str | None: ...


def release_remedy(facts: Released, where: str, raised: Raised | None, answers: Answers) -> Remedy:
    """One remedy for each way in which a release shows."""
    if raised is None:
        return _of_requirements(facts.requirement)
    if facts.module:
        return _of_import(facts.module, where, raised, facts, answers)
    return _of_use(where, raised, facts, answers)


def _of_requirements(requirement: str | None) -> Remedy:
    return Remedy(
        summary=f"requirements.txt asks for {requirement or 'another Airflow'}, but the environment runs its own version of Airflow.",
        explanation="MWAA installs Airflow itself and pins it; a different pin can never be resolved, and pip then installs nothing of the file.",
        steps=(
            "Remove the line with apache-airflow from requirements.txt, and take providers at the versions of that Airflow's constraints.",
            "To get another Airflow, change the environment's Airflow version instead (MWAA console > the environment > Edit).",
            SELECT_REQUIREMENTS,
        ),
        proof=FROM_TEXT,
        links=(REQUIREMENTS_DOCS, VERSIONS),
    )


def _of_import(module: str, where: str, raised: Raised, place: Placed, answers: Answers) -> Remedy:
    name = _name(raised)
    release = release_of(answers)
    image = airflow_names.nearest_version(release) if release else None
    target = _target(module, name, image)
    known = airflow_names.versions_of(module, name) if name else airflow_names.versions_of(module)
    shown = f"{module}.{name}" if name else module
    told = (
        f" MWAA's Airflow {known[0]} to {known[-1]} have it." if known else " No Airflow that MWAA offers today has it."
    )
    if target and target != shown:
        step = f"Import it from its new place: {target}."
    elif known:
        step = f"Use what the environment's own Airflow has for it, or bring the environment to Airflow {known[0]} or newer (MWAA console > the environment > Edit)."
    else:
        step = f"Correct the spelling, or replace what comes from {module}: the notes on upgrading say by what."
    return code_remedy(
        summary=f"{where} imports {shown}, which {f'Airflow {release}' if release else 'the Airflow of this environment'} does not have.",
        explanation=f"The code is written for another release of Airflow.{told} Adding a package to requirements.txt does not help.",
        steps=(step,),
        place=place,
        answers=answers,
        links=(UPGRADING, VERSIONS),
    )


def _name(raised: Raised) -> str | None:
    try:
        return failed_in(raised).name
    except LookupError:
        return None


def _target(module: str, name: str | None, image: str | None) -> str | None:
    """Where it is now: by Airflow's own redirects, else a module that offers the name in the environment's release."""
    if moved := airflow_names.moved(module, name, version=image) or airflow_names.moved(module, version=image):
        return moved
    homes = [home for home in (airflow_names.where(name) if name else ()) if image is None or image in home.versions]
    return f"{homes[0].module}.{name}" if homes else None


def _of_use(where: str, raised: Raised, place: Placed, answers: Answers) -> Remedy:
    return code_remedy(
        summary=f"{where} uses what another release of Airflow has: {ending(raised.message)}",
        explanation="The argument, variable or call was renamed or taken out between two releases of Airflow.",
        steps=(_step(raised),),
        place=place,
        answers=answers,
        links=(UPGRADING, VERSIONS),
    )


def _step(raised: Raised) -> str:
    if DATABASE.search(raised.message[:500]):
        return (
            "Tasks of Airflow 3 may not open Airflow's database (models, sessions, DagRun.find …): use the task's context, "
            "the stable REST API, or the Airflow client package instead."
        )
    if lost := lost_variable(raised.name, raised.message):
        return f"Airflow 3 has no {lost} in the context: use {_RENAMED.get(lost, 'logical_date or data_interval_start/end')}."
    if attribute := lost_attribute(raised.message):
        return f"Do without {attribute}: tasks of Airflow 3 get smaller objects, described in the notes on upgrading."
    found = refused(raised.message)
    return "; ".join(_argument(name, found) for name in found.of_another_release) + "."


def _argument(name: str, found: Refused) -> str:
    if name in _RENAMED:
        return f"Replace {name} by {_RENAMED[name]}"
    images = found.taken_by(name)
    if not images:
        return f"Remove {name}"
    return f"Remove {name}: {found.class_name} takes it in MWAA's Airflow {images[0]} to {images[-1]}"
