"""What to do about a setting that is missing or wrong, by what kind of setting the failure names."""

from __future__ import annotations

from responder.diagnosis.advice import EDIT_VARIABLE, SET_OPTION, STARTUP_SCRIPT, Told
from responder.diagnosis.quoting import ending
from responder.evidence.lazy_pattern import lazy
from responder.evidence.setting import is_unset_mail
from responder.model import Raised

# KeyError: 'REGION'; environment variable REGION is not set
_VARIABLE = lazy(r"^KeyError: '(?P<key>\w{1,100})'$|(?i:environment variable) ['\"`]?(?P<named>\w{1,100})\b")
_OPTION = lazy(r"section/key \[(?P<section>[\w.-]{1,80})/(?P<key>[\w.-]{1,80})\] not found in config")
_POOL = lazy(r"(?i)\bpool\b")
_ENCRYPTED = lazy(r"(?i)fernet|InvalidToken")
_UNTRUSTED = "Invalid auth token"
_WHY = "Environments do not share options or variables: what another one has must be set in this one too."


def setting_words(line: str, raised: Raised | None) -> Told:
    """`line` is the evidence, `raised` the exception that it is of."""
    if raised is not None and is_unset_mail(raised):
        return _MAIL
    if _UNTRUSTED in line:
        return _AUTH_UNTRUSTED
    if (option := _OPTION.search(line)) is not None:
        return _option(f"{option['section']}.{option['key']}")
    if (variable := _VARIABLE.search(line)) is not None:
        return _variable(variable["key"] or variable["named"])
    if _POOL.search(line):
        return _pool(line)
    return _ENCRYPTION if _ENCRYPTED.search(line) else _other(line)


def _option(name: str) -> Told:
    return Told(
        f"The Airflow option {name} is not set in this environment.",
        _WHY,
        (
            f"{SET_OPTION} > {name}; the environment is then updated, which takes 10 to 30 minutes.",
            "If the code can do without it: conf.get(section, key, fallback=…).",
        ),
    )


def _variable(name: str) -> Told:
    return Told(
        f"The environment variable {name} is not set in this environment.",
        _WHY,
        (
            f"Add `export {name}=…` to the startup script. {STARTUP_SCRIPT}",
            f"A value that changes, or a secret, is better kept as an Airflow variable ({EDIT_VARIABLE}) or in Secrets Manager, and read inside the task.",
            f'If the code can do without it: os.environ.get("{name}", …).',
        ),
    )


def _pool(line: str) -> Told:
    return Told(
        f"The task names a pool that this environment does not have: {ending(line)}",
        "Pools are kept in the environment's own database; a new or another environment starts with default_pool only.",
        (
            "Create it: Airflow UI > Admin > Pools > +, with the number of slots that it has elsewhere.",
            "Or take `pool` out of the task and of default_args, which means default_pool.",
        ),
    )


def _other(line: str) -> Told:
    return Told(
        f"A setting of the environment is missing or wrong: {ending(line)}",
        f"The code asked for a setting that this environment does not have, or that it refuses. {_WHY}",
        (
            f"An Airflow option: {SET_OPTION}, with the option's section and name as the error prints them.",
            f"An environment variable: export it in the startup script. {STARTUP_SCRIPT}",
        ),
    )


_MAIL = Told(
    "Mail cannot be sent: no mail server is set.",
    "Unset, the smtp options mean localhost, where no mail server runs on MWAA.",
    (
        f"Set the mail server: {SET_OPTION} > smtp.smtp_host, smtp.smtp_port, smtp.smtp_starttls, smtp.smtp_mail_from.",
        "Its login belongs in the connection smtp_default (Airflow UI > Admin > Connections).",
        "If nobody reads these mails: set email_on_failure and email_on_retry to False in default_args.",
    ),
)
# https://airflow.apache.org/docs/apache-airflow/stable/security/jwt_token_authentication.html
_AUTH_UNTRUSTED = Told(
    "Airflow's own components do not accept each other's token.",
    "On Airflow 3 a task talks to Airflow's API server with a token that Airflow signs. The DAG and its permissions play no part.",
    (
        "Clear the task: a worker that is older than the last update of the environment, or a task that waited longer in the queue than its token lives, fails like this once.",
        "If it stays: see that neither the configuration options nor the startup script set jwt_secret or another option of the section api_auth; MWAA sets them alike for all components.",
        "If they do not: update the environment, so that all of its components start anew, and tell AWS Support.",
    ),
)
# https://airflow.apache.org/docs/apache-airflow/stable/security/secrets/fernet.html
_ENCRYPTION = Told(
    "A connection or variable cannot be decrypted: it was stored with another key.",
    "MWAA keeps the key that encrypts connections and variables to itself, one for each environment: what was copied from another database cannot be read.",
    (
        "Enter the connection or variable anew: Airflow UI > Admin > Connections or Variables (delete it, then create it).",
        "See that neither the configuration options nor the startup script set core.fernet_key (AIRFLOW__CORE__FERNET_KEY).",
    ),
)
