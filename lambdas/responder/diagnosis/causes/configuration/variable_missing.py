"""An Airflow variable that the code or a template reads is not defined.

Seen as: KeyError: 'Variable x does not exist' (Airflow 2), VARIABLE_NOT_FOUND: {'key': 'x'} (3).
Comes from: it was never made in this environment, a spelling, a wrong prefix in the secrets backend.
"""

from __future__ import annotations

from typing import NamedTuple

from responder.diagnosis.advice import EDIT_VARIABLE, FROM_TEXT, SECRETS_DOCS
from responder.diagnosis.environment_advice import by_release, known
from responder.diagnosis.recognise import resting_on
from responder.diagnosis.refusals import REFUSALS
from responder.diagnosis.rule import Match, Rule
from responder.evidence.not_defined import missing_variable, name_in
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Remedy, Strength


class Missing(NamedTuple):
    """The variable's key."""

    variable: str


def recognise(evidence: Evidence) -> Match[Missing] | None:
    """Airflow's own sentence, of either release."""
    for said in evidence.decisive:
        if found := missing_variable(said.text):
            return resting_on(evidence, said, Missing(name_in(found)), Strength.STRUCTURED, found.span())
    return None


def remedy(match: Match[Missing], answers: Answers) -> Remedy:
    """Make it, or make it findable; or give it a default."""
    name = match.facts.variable
    return Remedy(
        summary=f"The Airflow variable {name} is not defined in this environment.",
        explanation="Airflow looked in the secrets backend (where one is set), in the environment's variables AIRFLOW_VAR_… and in its own database. "
        "A backend that may not read the secret looks the same when its refusal is not logged.",
        steps=(
            f"Compare the spelling with the DAG: upper and lower case count. If it is right, create the variable: {EDIT_VARIABLE} > + > Key {name}.",
            f"If the environment uses Secrets Manager: the secret's name is the backend's variables_prefix, a slash and the key, by default airflow/variables/{name}. Check variables_lookup_pattern, if it is set, and that the execution role has secretsmanager:GetSecretValue on that secret.",
            _without(name, answers),
            "If it is read at the top level of the file, move it into a task or a template: there it is looked up each time the file is read.",
        ),
        proof=FROM_TEXT,
        links=(SECRETS_DOCS,),
    )


def _without(name: str, answers: Answers) -> str:
    two, three = f'Variable.get("{name}", default_var=None)', f'Variable.get("{name}", default=None) of airflow.sdk'
    return f"If the DAG can do without it: {by_release(known(answers), two, three)}."


RULE = Rule(
    category=Category.CONFIGURATION,
    cause="variable-missing",
    may_heal=False,
    recognise=recognise,
    remedy=remedy,
    yields_to=(
        "secrets-backend",
        *REFUSALS,
        "throttled",
    ),
)
