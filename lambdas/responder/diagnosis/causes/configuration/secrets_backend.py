"""The secrets backend cannot be loaded, is set up wrongly or cannot be reached.

Seen as: "Unable to retrieve … from secrets backend", 'check "backend" key in "secrets" section', "Cannot retrieve config from alternative secrets backend".
Comes from: secrets.backend or secrets.backend_kwargs with a wrong class or JSON, a provider that is not installed, no route to the backend.
"""

from __future__ import annotations

from typing import NamedTuple

from responder.diagnosis.advice import FROM_TEXT, SECRETS_DOCS, SET_OPTION
from responder.diagnosis.recognise import records_before, resting_on
from responder.diagnosis.rule import Match, Rule
from responder.evidence.aws_error_class import ErrorClass, class_of
from responder.evidence.lazy_pattern import lazy
from responder.evidence.not_defined import missing_connection, missing_variable, name_in
from responder.evidence.provider_complaint import reads_definition
from responder.evidence.said import exception_text
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Remedy, Strength

_UNABLE = lazy(r"Unable to retrieve (?:connection|variable|config\w*)\b.{0,80}? from secrets backend")
_SET_UP = lazy(
    r"\"secrets\" section|alternative secrets backend|initialize_secrets_backends|get_custom_secret_backend|backend_kwargs"
    r"|hvac\.exceptions\.\w{3,40}|(?i:vault is sealed|secrets backend .{0,60}(?:fail|error|not ))"
)
_BACKEND_CODE = lazy(r"airflow/providers/[\w/]{1,80}/(?:secrets|_internal_client)/|/hvac/")


class Wanted(NamedTuple):
    """What was looked for when it failed."""

    connection: str | None = None
    variable: str | None = None


def recognise(evidence: Evidence) -> Match[Wanted] | None:
    """The backend's own trouble, or what it logged before something was "not defined"."""
    if _is_an_answer(evidence):
        return None
    for said in evidence.decisive:
        found = _SET_UP.search(said.text)
        if found or (said.raised and any(_BACKEND_CODE.search(frame.file) for frame in said.raised.frames)):
            span = found.span() if found else (0, None)
            return resting_on(evidence, said, _wanted(evidence), Strength.STRUCTURED, span)
    return _unable(evidence)


def _is_an_answer(evidence: Evidence) -> bool:
    """AWS refused or throttled: then that is the cause."""
    return any(class_of(error) in {ErrorClass.REFUSED, ErrorClass.THROTTLED} for error in evidence.aws_errors)


def _unable(evidence: Evidence) -> Match[Wanted] | None:
    wanted = _wanted(evidence)
    record = next((each for each in records_before(evidence) if _UNABLE.search(each.text)), None)
    if record is None or wanted == Wanted() or (record.chain and reads_definition(record.chain.last)):
        return None
    reason = exception_text(record.chain.last).split("\n", 1)[0] if record.chain else ""
    lines = (reason[:1_000], record.text.split("\n", 1)[0][:1_000])
    return Match(Strength.STRUCTURED, wanted, tuple(filter(None, lines)), evidence.failure)


def _wanted(evidence: Evidence) -> Wanted:
    connections = [found for said in evidence.decisive if (found := missing_connection(said.text))]
    variables = [found for said in evidence.decisive if (found := missing_variable(said.text))]
    return Wanted(*(name_in(found[0]) if found else None for found in (connections, variables)))


def remedy(match: Match[Wanted], _answers: Answers) -> Remedy:
    """The options first, then the way to it."""
    return Remedy(
        summary="The secrets backend does not work, so connections and variables are not found.",
        explanation="Airflow asks the secrets backend before its own database; here the backend itself failed, so what it holds does not matter yet.",
        steps=(
            *_refused(match.because[0]),
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


def _refused(line: str) -> tuple[str, ...]:
    """The backend was reached and says no."""
    if not any(word in line.lower() for word in ("forbidden", "permission denied", "unauthorized", "access denied")):
        return ()
    return (
        "The backend answered and refuses: renew its token or login (backend_kwargs), and let that login read the path of the secret.",
    )


RULE = Rule(
    category=Category.CONFIGURATION, cause="secrets-backend", may_heal=False, recognise=recognise, remedy=remedy
)
