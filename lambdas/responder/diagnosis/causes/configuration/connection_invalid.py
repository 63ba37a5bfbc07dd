"""A connection is defined, but what it holds cannot be used: no host, a bad URL, an unknown option, no key.

Seen as: "invalid dsn", "No authentication methods available", "Invalid URL", a region that does not exist, "no password supplied".
Comes from: a field left empty, a URL where a host belongs, JSON or a key that was damaged when it was pasted.
"""

from __future__ import annotations

from responder.diagnosis.advice import EDIT_CONNECTION, FROM_TEXT, SECRETS_DOCS
from responder.diagnosis.invalid_connection import Invalid, by_decoder, by_definition, by_file, by_hook, by_words
from responder.diagnosis.quoting import ending, whole
from responder.diagnosis.recognise import first_of
from responder.diagnosis.rule import Match, Rule
from responder.inquiry.question import Answers
from responder.model import Category, Remedy


def remedy(match: Match[Invalid], _answers: Answers) -> Remedy:
    """Field by field."""
    name = match.facts.connection
    return Remedy(
        summary=f"The connection {name or 'that the task uses'} cannot be used as it is set up: {ending(whole(match.because, match.raised))}",
        explanation="It was found, but what it holds is wrong or not enough, so the service was not reached.",
        steps=(
            f"Open {EDIT_CONNECTION}{f' > {name}' if name else ''} (or the secret that holds it) and compare each field with what the service expects.",
            "Host is a bare name, without https://, path or port; the port has a field of its own; the region is written like eu-west-1.",
            'Extra must be one JSON object with the names that the provider documents; a key in it needs its line breaks as "\\n".',
            "In a connection URI, percent-encode characters such as @ : / # % in the login and in the password; JSON spares that.",
        ),
        proof=FROM_TEXT,
        links=(SECRETS_DOCS,),
    )


RULE = Rule(
    category=Category.CONFIGURATION,
    cause="connection-invalid",
    may_heal=False,
    recognise=first_of(by_definition, by_words, by_hook, by_decoder, by_file),
    remedy=remedy,
    yields_to=(
        "missing-package",
        "secrets-backend",
        "metadata-database",
        "system-library",
        "airflow-config",
        "credentials",
    ),
)
