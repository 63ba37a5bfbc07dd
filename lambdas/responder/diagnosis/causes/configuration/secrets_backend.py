"""The secrets backend cannot be loaded, is set up wrongly or cannot be reached.

Seen as: "Unable to retrieve … from secrets backend", 'check "backend" key in "secrets" section', "Cannot retrieve config from alternative secrets backend".
Comes from: secrets.backend or secrets.backend_kwargs with a wrong class or JSON, a provider that is not installed, no route to the backend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.diagnosis.advice import FROM_TEXT, SECRETS_DOCS, SET_OPTION
from responder.diagnosis.decisive import decisive, records_before
from responder.diagnosis.recognise import line_of
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.evidence.aws_error import read_aws_errors
from responder.evidence.aws_error_class import ErrorClass, class_of
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Record, Remedy, Strength

_UNABLE = re.compile(r"Unable to retrieve (?:connection|variable|config\w*)\b.{0,80}? from secrets backend")
_NOT_THERE = re.compile(r"isn't defined|does not exist|_NOT_FOUND")
_SET_UP = re.compile(
    r"\"secrets\" section|alternative secrets backend|initialize_secrets_backends|get_custom_secret_backend|secrets backend .{0,60}(?:fail|error|not)"
    r"|(?:VaultError|InvalidPath|Vault\w{3,30}Error|hvac\.exceptions\.\w{3,40})|backend_kwargs|The secrets backend|Vault .{0,40}(?:sealed|permission|unavailable)"
)


def recognise(evidence: Evidence) -> Match[NoFacts] | None:
    """The backend's own trouble, or what it logged before something was "not defined"."""
    for said in decisive(evidence):
        if found := _SET_UP.search(said.text):
            line = line_of(said.text, found.start(), found.end())
            return Match(Strength.STRUCTURED, NoFacts(), (line,), evidence.failure, said.raised)
    return _unable(evidence)


def _unable(evidence: Evidence) -> Match[NoFacts] | None:
    if not any(_NOT_THERE.search(said.text) for said in decisive(evidence)):
        return None
    record = next((each for each in records_before(evidence) if _UNABLE.search(each.text)), None)
    if record is None or _is_an_answer(record):
        return None
    return Match(Strength.STRUCTURED, NoFacts(), tuple(_lines(record)), evidence.failure)


def _is_an_answer(record: Record) -> bool:
    """AWS refused or throttled: then that is the cause."""
    texts = [record.text, *(exception_text(each) for each in (record.chain.links if record.chain else ()))]
    errors = [error for text in texts for error in read_aws_errors(text)]
    return any(class_of(error) in {ErrorClass.REFUSED, ErrorClass.THROTTLED} for error in errors)


def _lines(record: Record) -> Iterator[str]:
    if record.chain:
        yield exception_text(record.chain.last).split("\n", 1)[0][:1_000]
    yield record.text.split("\n", 1)[0][:1_000]


def remedy(match: Match[NoFacts], _answers: Answers) -> Remedy:
    """The options first, then the way to it."""
    return Remedy(
        summary="The secrets backend does not work, so connections and variables are not found.",
        explanation=f"Airflow asks the secrets backend before its own database; here the backend failed: {match.because[0][:300]}",
        steps=(
            (
                f"Check both options: {SET_OPTION} > secrets.backend (the class, e.g. airflow.providers.amazon.aws.secrets.secrets_manager.SecretsManagerBackend) "
                "and secrets.backend_kwargs (valid JSON: connections_prefix, variables_prefix, connections_lookup_pattern)."
            ),
            "A backend of another provider (HashiCorp, Google, Azure) must be in requirements.txt, installed on all components.",
            "Without internet access the subnets need the backend's VPC endpoint (com.amazonaws.<region>.secretsmanager or ssm) with private DNS.",
            "Never put a plain value into an option that ends in _SECRET: Airflow then looks for a secret of that name.",
        ),
        proof=FROM_TEXT,
        links=(SECRETS_DOCS,),
    )


RULE = Rule(
    category=Category.CONFIGURATION, cause="secrets-backend", may_heal=False, recognise=recognise, remedy=remedy
)
