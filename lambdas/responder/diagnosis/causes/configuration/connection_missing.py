"""An Airflow connection that the task uses is not defined anywhere that Airflow looks.

Seen as: AirflowNotFoundException: The conn_id `x` isn't defined.
Comes from: it was never made in this environment, a spelling, a wrong prefix in the secrets backend.
"""

from __future__ import annotations

from typing import NamedTuple

from responder.diagnosis.advice import EDIT_CONNECTION, FROM_TEXT, SECRETS_DOCS
from responder.diagnosis.recognise import resting_on
from responder.diagnosis.refusals import REFUSALS
from responder.diagnosis.rule import Match, Rule
from responder.evidence.not_defined import missing_connection, name_in
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Remedy, Strength


class Missing(NamedTuple):
    """The connection's id."""

    connection: str


def recognise(evidence: Evidence) -> Match[Missing] | None:
    """Airflow's own sentence."""
    for said in evidence.decisive:
        if found := missing_connection(said.text):
            return resting_on(evidence, said, Missing(name_in(found)), Strength.STRUCTURED, found.span())
    return None


def remedy(match: Match[Missing], _answers: Answers) -> Remedy:
    """Make it, or make it findable."""
    name = match.facts.connection
    return Remedy(
        summary=f"The Airflow connection {name} is not defined in this environment.",
        explanation="Airflow looked in the secrets backend (where one is set), in the environment's variables AIRFLOW_CONN_… and in its own database, and "
        "found no connection of that id. A backend that may not read the secret looks the same when its refusal is not logged.",
        steps=(
            f"Compare the spelling with the DAG (conn_id, aws_conn_id, …): upper and lower case count. If it is right, create the connection: {EDIT_CONNECTION} > + > Connection Id {name}.",
            f"If the environment uses Secrets Manager: the secret's name is the backend's connections_prefix, a slash and the id, by default airflow/connections/{name}; where it is written as JSON, Airflow 3 needs conn_type in it.",
            "Then also check that connections_lookup_pattern, if it is set, matches the id, and that the execution role has secretsmanager:GetSecretValue on that secret.",
        ),
        proof=FROM_TEXT,
        links=(SECRETS_DOCS,),
    )


RULE = Rule(
    category=Category.CONFIGURATION,
    cause="connection-missing",
    may_heal=False,
    recognise=recognise,
    remedy=remedy,
    yields_to=(
        "secrets-backend",
        "connection-invalid",
        *REFUSALS,
        "throttled",
    ),
)
