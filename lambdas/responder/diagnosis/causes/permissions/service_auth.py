"""A service that is not AWS, or a database, refuses the login, the token or the right.

Seen as: "password authentication failed", HTTP 401 or 403 of a third party, SMTPAuthenticationError, AuthenticationException, Kubernetes' "is forbidden".
Comes from: a password or token that was changed, mistyped, expired or never given the right; a Kubernetes identity without a role.
"""

from __future__ import annotations

from responder.diagnosis.login_match import Login, recognise, remedy
from responder.diagnosis.refusals import REFUSALS
from responder.diagnosis.rule import Rule
from responder.model import Category

RULE: Rule[Login] = Rule(
    category=Category.PERMISSIONS,
    cause="service-auth",
    may_heal=False,
    recognise=recognise,
    remedy=remedy,
    yields_to=(
        "secrets-backend",
        "metadata-database",
        "connection-invalid",
        "airflow-config",
        "requirements-not-found",
        *REFUSALS,
        "throttled",
        "quota",
        "remote-job-failed",
    ),
)
