"""The refusal of a service other than AWS: where a log says so, and what to do about each kind."""

from __future__ import annotations

import re
from typing import NamedTuple

from responder.diagnosis.advice import EDIT_CONNECTION, FROM_TEXT, SECRETS_DOCS
from responder.diagnosis.facts import connection_used
from responder.diagnosis.frames import from_library, is_own, raised_in_own
from responder.diagnosis.quoting import ending, whole
from responder.diagnosis.recognise import line_of
from responder.diagnosis.rule import Match
from responder.evidence.denial import read_denials
from responder.evidence.lazy_pattern import lazy
from responder.evidence.login_refusal import LoginRefusal, Service, read_login
from responder.evidence.own_disk import is_of_own_disk
from responder.evidence.printed_login import printed_login
from responder.evidence.refusal import Layer
from responder.inquiry.question import Answers
from responder.model import Evidence, Link, Raised, Remedy, Said, Strength

ACCESS_ENTRIES = Link("EKS access entries", "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html")
# The kubeconfig's program that makes the token did not run: then nobody is refused, a program is missing
_NO_TOKEN = lazy(
    r"Permission denied: 'aws'|exec: (?:process returned|executable)|No such file or directory: 'aws'|exec plugin"
)
# Of botocore and of the SDK for Java: AWS refuses, no other service
_AWS_ENVELOPES = ("An error occurred (", "; Error Code: ")
_USER_POOLS = "(NotAuthorizedException)"  # of Cognito, whose users are no identities of AWS
_ANONYMOUS = "system:anonymous"


class Login(NamedTuple):
    """The facts. `layer` is set where Kubernetes decides."""

    connection: str | None
    error_code: str | None = None
    principal: str | None = None
    layer: str | None = None


def recognise(evidence: Evidence) -> Match[Login] | None:
    """In what the failure itself says; the user's own words count for less."""
    if _no_token(evidence):
        return None
    for said in evidence.decisive:
        if found := _kubernetes(said) or _login(said):
            login, line = found
            facts = Login(connection_used(evidence), login.error_code, login.principal, login.layer)
            return Match(_strength(said), facts, (line,), evidence.failure, said.raised)
    return None


def _no_token(evidence: Evidence) -> bool:
    """Kubernetes saw nobody, and before that the program that makes the token could not run."""
    anonymous = any(_ANONYMOUS in said.text for said in evidence.decisive)
    return anonymous and any(_NO_TOKEN.search(each.text) for each in evidence.records)


def _kubernetes(said: Said) -> tuple[Login, str] | None:
    denial = next((each for each in read_denials(said.text) if each.layer is Layer.RBAC), None)
    return (Login(None, denial.code or "403", denial.principal, Layer.RBAC.value), denial.line) if denial else None


def _login(said: Said) -> tuple[Login, str] | None:
    of_aws = any(words in said.text for words in _AWS_ENVELOPES) and _USER_POOLS not in said.text
    if of_aws or _is_local_file(said):
        return None
    refusal = read_login(said.text, said.raised) if said.raised else printed_login(said.text)
    if refusal is None or _is_users_words(said, refusal):
        return None
    layer = Layer.RBAC.value if refusal.service is Service.KUBERNETES else None
    return Login(None, refusal.code, None, layer), line_of(said.text, refusal.start, refusal.end)


def _is_local_file(said: Said) -> bool:
    """[Errno 13] Permission denied: '/usr/local/airflow/dags/out.csv': the worker's own disk, which alone names the path in quotes."""
    if "[Errno 13]" not in said.text or said.raised is None:
        return False
    return raised_in_own(said.raised) or is_of_own_disk(said.raised)


def _is_users_words(said: Said, refusal: LoginRefusal) -> bool:
    """A loose word in an exception that the DAG itself raises says little."""
    raised = said.raised
    own = raised is not None and bool(raised.frames) and is_own(raised.frames[-1].file)
    return own and refusal.service is Service.OTHER and not _named_after_login(raised)


def _named_after_login(raised: Raised | None) -> bool:
    return raised is not None and bool(re.search(r"(?i)auth|login|forbidden|unauthor|permission", raised.name))


def _strength(said: Said) -> Strength:
    if said.raised is None:
        return Strength.STRUCTURED
    return Strength.STRUCTURED if from_library(said.raised) or not said.raised.frames else Strength.EXCEPTION


_STEPS: dict[Service, tuple[str, ...]] = {
    Service.DATABASE: (
        "Log in by hand with the same user from the same network; the database's own log says which part it rejects.",
        "If the login works and an object is refused, grant it: GRANT … ON … TO the user that the connection names.",
    ),
    Service.HTTP: (
        "401 means that the token or password is wrong or has expired: make a new one. 403 means that it is known, but lacks the right (scope, role, IP allow-list).",
    ),
    Service.KUBERNETES: (
        "EKS: give the execution role an access entry (or a line in the aws-auth ConfigMap) in this cluster, and a Role with a RoleBinding in the namespace. No IAM policy grants what Kubernetes refuses.",
        "Check which identity the kubeconfig uses: another role or another account's is not the one that was let in.",
    ),
    Service.MAIL: (
        "Check user and password of the mail server (smtp.smtp_user and the smtp connection). Amazon SES needs SMTP credentials of its own, not an access key; Gmail and Microsoft 365 need an app password or OAuth.",
    ),
    Service.SSH: (
        "Check user and password in the connection. With a key instead: check that the user's public key is in authorized_keys there (or the deploy key in the repository), that the private key in the connection is the whole of it, and that the server takes this kind of login.",
    ),
    Service.CLOUD: (
        "Check the service account or app registration: is its key or secret still valid, and does it have the role that the message names on this very resource?",
    ),
    Service.BROKER: (
        "Check user, password and mechanism, and the access control list for the topic, group or index that the message names.",
    ),
    Service.OTHER: ("Make a new token or password and see what rights the service gives it.",),
}  # fmt: skip


def remedy(match: Match[Login], _answers: Answers) -> Remedy:
    """Correct what is offered, or have the right given there."""
    line, found = match.because[0], match.facts
    refusal = read_login(line, match.raised) or printed_login(line)
    service = refusal.service if refusal else Service.OTHER
    if found.layer == Layer.RBAC.value:
        service = Service.KUBERNETES
    where = (
        f"{EDIT_CONNECTION} > {found.connection}"
        if found.connection
        else f"{EDIT_CONNECTION}, or wherever the DAG takes the secret from"
    )
    kubernetes = service is Service.KUBERNETES
    who = "Kubernetes" if kubernetes else (refusal.host if refusal and refusal.host else "The service")
    return Remedy(
        summary=f"{who} refuses the task: {ending(whole(match.because, match.raised))}",
        explanation="The service was reached and answered; it does not accept who the task says it is, or does not let it do this. AWS's own permissions play no part.",
        steps=(
            *((f"Compare what is stored with what the service expects: {where}.",) if not kubernetes else ()),
            *_STEPS[service],
        ),
        proof=FROM_TEXT,
        links=(ACCESS_ENTRIES,) if kubernetes else (SECRETS_DOCS,),
        owner="whoever administers the Kubernetes cluster" if kubernetes else "whoever manages that service's logins",
    )
