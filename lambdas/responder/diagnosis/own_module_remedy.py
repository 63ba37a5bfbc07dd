"""What to do about a missing module that is, or may be, the user's own: nothing is ever installed by that name."""

from __future__ import annotations

from responder.diagnosis.advice import DEPLOY_DAG, FROM_TEXT, MWAA_DOCS, SELECT_PLUGINS
from responder.inquiry.question import Unanswered
from responder.model import Link, Proof, ProofLevel, Remedy
from responder.requirements.asked import OwnModules

# https://docs.aws.amazon.com/mwaa/latest/userguide/configuring-dag-import-plugins.html
PLUGINS_DOCS = Link("Custom plugins on MWAA", f"{MWAA_DOCS}/configuring-dag-import-plugins.html")
FOLDERS = (
    "Of your own code Airflow imports what lies directly in dags/ or at the top of plugins.zip, or in packages there"
)
NO_GUESS = "Nothing of that name is proposed for installation, because a stranger could own it on the public index."
TO_DO = (
    "See whether it was uploaded: it has to lie below dags/ (or in plugins.zip), and be imported by the path below that folder: dags/include/x.py is `from include.x import …`.",
    "Give each folder of it an __init__.py, and see that .airflowignore does not leave out what the DAG needs.",
    f"{DEPLOY_DAG} If it belongs in plugins.zip: {SELECT_PLUGINS}",
    "If it is a public package after all: add it to requirements.txt by the name that its own documentation gives.",
)


def is_unloaded_trigger(text: str) -> bool:
    """Whether Airflow 3's triggerer says here that it cannot load a trigger's class."""
    return text.startswith("Trigger failed to load code")


def trigger_remedy(module: str) -> Remedy:
    """https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/deferring.html"""
    top = module.partition(".")[0]
    return Remedy(
        f"The triggerer cannot import {top}, so the tasks that wait for this trigger stay deferred.",
        f"Airflow 3's triggerer reads no DAG files and does not look into dags/: a trigger's class has to be in plugins.zip or in an installed package. {NO_GUESS}",
        (
            f"Move the trigger's module out of dags/ to the top of plugins.zip, and import it from there in the DAG too; then {SELECT_PLUGINS}",
            "Then clear the tasks that are still deferred: they do not fail by themselves unless they have an execution_timeout.",
        ),
        FROM_TEXT,
        links=(PLUGINS_DOCS,),
    )


def own_module_remedy(module: str | None, own: OwnModules | Unanswered) -> Remedy:
    """`module` is None for a relative import."""
    if module is None:
        return _remedy(
            "A relative import fails: the file is not imported as part of a package.",
            f"{FOLDERS}; a DAG file itself belongs to no package.",
            None,
        )
    top = module.partition(".")[0]
    summary = f"{top} is not found; it looks like a module of your own, not like a package to install."
    if isinstance(own, Unanswered):
        return _remedy(summary, f"{FOLDERS}. {NO_GUESS}", f"whether {top} lies in dags/ or plugins.zip: {own.reason}")
    return _remedy(summary, f"{_where(top, own)} {NO_GUESS}", None, looked=True)


def _where(top: str, own: OwnModules) -> str:
    if top in own.in_dags:
        return f"{top} lies in the environment's dags/ folder now: it was uploaded after the failure, lacks what is imported from it, or is left out by .airflowignore."
    if top in own.in_plugins:
        return f"{top} is in plugins.zip: the environment may still run an older object version of it, or the zip has a folder of its own at the top."
    deeper = sorted(each for each in own.deeper if each.endswith(f"/{top}"))
    if deeper:
        return f"{top} lies at dags/{deeper[0]}, which is not on the import path: import it from below dags/, as {deeper[0].replace('/', '.')}."
    return f"Neither dags/ nor plugins.zip has {top}: it was never uploaded. {FOLDERS}."


def _remedy(summary: str, explanation: str, not_checked: str | None, *, looked: bool = False) -> Remedy:
    proof = (
        Proof(ProofLevel.CHECKED, "dags/ and plugins.zip of the environment's bucket were listed")
        if looked
        else FROM_TEXT
    )
    return Remedy(
        summary, explanation, TO_DO, proof, not_checked=(not_checked,) if not_checked else (), links=(PLUGINS_DOCS,)
    )
