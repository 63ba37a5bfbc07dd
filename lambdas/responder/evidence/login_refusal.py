"""What services other than AWS say when they refuse a login, a token or a right: databases, HTTP, mail, SSH, clouds, brokers.

(1045, "Access denied for user 'etl'@'10.0.0.1' (using password: YES)")                  MySQL
535, b'5.7.8 Error: authentication failed'                                               mail
paramiko.ssh_exception.AuthenticationException: Authentication failed.                   SSH
250001 (08001): None: Failed to connect to DB: … Incorrect username or password          Snowflake
{"error": "invalid_client", "error_description": "…"}                                    OAuth
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from responder.evidence.database_error import DatabaseError, class_of_database
from responder.evidence.http_status import read_status
from responder.evidence.lazy_pattern import LazyPattern, lazy
from responder.evidence.network_error import read_network
from responder.evidence.refused_words import refused_in_words
from responder.evidence.status_class import status_of_class
from responder.model import Raised


class Service(StrEnum):
    """Who refused; each has advice of its own."""

    DATABASE = "database"
    HTTP = "http"
    KUBERNETES = "kubernetes"
    MAIL = "mail"
    SSH = "ssh"
    CLOUD = "cloud"
    BROKER = "broker"
    OTHER = "other"


class LoginRefusal(NamedTuple):
    """Who refused, and where in the text it says so."""

    service: Service
    start: int
    end: int
    code: str | None = None
    host: str | None = None


_WINDOW = 4_000
_WORDS: tuple[tuple[Service, LazyPattern], ...] = (
    (
        Service.MAIL,
        lazy(
            r"SMTPAuthenticationError|\b53[0-9]\b[^\n]{0,30}\b5\.7\.\d|(?i:username and password not accepted|smtp[^\n]{0,60}authentication (?:failed|required|unsuccessful))"
            r"|SmtpClientAuthentication is disabled|IMAP4\.error[^\n]{0,60}(?i:auth|login|credential)"
        ),
    ),
    (
        Service.SSH,
        lazy(
            r"(?:AuthenticationException|BadAuthenticationType|PartialAuthentication|PasswordRequiredException)\b|Permission denied \((?:publickey|password|keyboard-interactive|gssapi)[\w,-]{0,80}\)"
            r"|Error while transferring .{1,600} error: \[Errno 13\] Permission denied|Host key verification failed|(?:ftplib\.)?error_perm: 5(?:3\d|\d\d [^\n]{0,80}[Dd]enied)|\b530 (?:Login|User|Not logged in|Please login)"
            r"|fatal: Authentication failed for|fatal: could not read (?:Username|Password) for|Support for password authentication was removed|remote: (?:Invalid username or|HTTP Basic: Access denied)"
        ),
    ),
    (
        Service.KUBERNETES,
        lazy(
            r"\(401\)\s{1,3}Reason: Unauthorized|You must be logged in to the server|Unauthorized\\?\",\\?\"code\\?\":401"
        ),
    ),
    (
        Service.CLOUD,
        lazy(
            r"AADSTS\d{4,7}|ClientAuthenticationError\b|\bAuthorization(?:Failure|(?:Permission|ResourceType|Service|Protocol)Mismatch)\b|This request is not authorized to perform this operation|\bAuthorizationFailed\b|InvalidAuthenticationToken|does not have authorization to perform action"
            r"|google\.auth\.exceptions\.RefreshError|\bRefreshError: |(?:api_core\.exceptions\.)?(?:Forbidden|Unauthorized|PermissionDenied|Unauthenticated): 40[13]\b"
            r"|StatusCode\.(?:UNAUTHENTICATED|PERMISSION_DENIED)|\bstorage\.objects\.\w{3,20} (?:access|denied|permission)|bigquery\.\w{3,30}\.\w{3,30} (?:permission|denied)"
            r"|does not have (?:\w+\.){2,3}\w+ (?:access|permission)|Permission '?[\w.]{5,80}'? denied on resource|caller does not have permission"
        ),
    ),
    (
        Service.BROKER,
        lazy(
            r"(?:Topic|Group|Cluster|TransactionalId)Authorization(?:Failed|Exception)|SaslAuthentication(?:Failed|Exception|Error)|SASL authentication (?:error|failed)|_(?:TOPIC|GROUP)_AUTHORIZATION_FAILED"
            r"|WRONGPASS|NOAUTH Authentication required|NOPERM this user|invalid username-password pair|ACCESS_REFUSED|ProbableAuthenticationError"
            r"|security_exception|no permissions for \[|unable to authenticate user"
        ),
    ),
    (
        Service.OTHER,
        lazy(
            r"(?i)\berror 40[13]\b|\binvalid_(?:client|grant|auth|token|login|session_id|api_key)\b|\bunauthorized_client\b|\bINVALID_LOGIN\b|INVALID_SESSION_ID|\bnot_authed\b|\btoken_(?:revoked|expired)\b|\baccount_inactive\b|\bmissing_scope\b"
            r"|bad credentials|invalid (?:access |api |auth(?:entication|orization)? |bearer |personal access )?token\b|invalid api[- ]?key|incorrect api key|api key (?:is )?(?:invalid|expired|not valid)|token (?:has |is )?(?:expired|revoked)"
            r"|invalid credentials|invalidCredentials|credentials (?:are |were )?(?:invalid|incorrect|rejected)|invalid username or password|incorrect (?:username|user name|login)|login incorrect|logon failure|wrong (?:user ?name or )?password"
            r"|STATUS_LOGON_FAILURE|STATUS_ACCESS_DENIED|GSSError|KRB5|Kerberos[^\n]{0,60}(?:fail|expired|not found)|kinit[^\n]{0,60}(?:fail|password)|authentication (?:failed|failure|unsuccessful|is required|required|error)|unauthenticated|not authenticated"
            r"|signin error|NotSignedInError|LoginError\b|AuthenticationError\b|AuthenticationFailed\b|AuthError\b|UnauthorizedError\b|you are not authorized|permission[_ ]denied: "
            r"|insufficient[ _](?:access|permissions?|privileges?|scopes?|rights)\b|do(?:es)? not have (?:the )?(?:required |necessary |sufficient |enough )?(?:permissions?|access|privileges?|rights?)\b"
        ),
    ),
)
# A right on an object that a database does not give; its statement was never looked at
_PRIVILEGE = lazy(
    r"(?i)permission denied for (?:table|relation|schema|database|view|sequence|function|language|column)|insufficient privileges|ORA-01031|command denied to user"
    r"|permission was denied on the object|access denied: (?:cannot|principal)|not enough privileges|not authorized on \w{1,100} to execute|user does not have (?:\w+ )?privileges?|InsufficientPrivilege"
)
_REFUSED_STATUS = frozenset({401, 403, 407})
# Airflow's own API and its own token: https://airflow.apache.org/docs/apache-airflow/stable/security/jwt_token_authentication.html
_AIRFLOW_ITSELF = lazy(
    r"/execution/|Invalid auth token|airflow\.sdk\.api|(?://|\b)airflow-api-server|localhost:8080|127\.0\.0\.1:8793|:8793/log"
)
# 403 for whoever is too fast or has used up a budget
_TOO_MUCH = lazy(r"(?i)rate ?limit|quota|too many requests|insufficient_quota|daily limit|TotalRequests|throttl")


def read_login(text: str, raised: Raised | None = None) -> LoginRefusal | None:
    """The refusal in a text; `raised` is the exception whose text it is."""
    window = text[:_WINDOW]
    if _AIRFLOW_ITSELF.search(window):
        return None
    if refused := _of_database(window, raised):
        return refused
    if _TOO_MUCH.search(window):
        return None
    return _of_words(window) or _of_status(window) or _of_class(window, raised) or _of_grammar(window, raised)


def _of_database(window: str, raised: Raised | None) -> LoginRefusal | None:
    if raised is None:
        return None
    kind = class_of_database(raised)
    if kind is DatabaseError.LOGIN:
        return LoginRefusal(Service.DATABASE, 0, len(window.partition("\n")[0]))
    privilege = _PRIVILEGE.search(window) if kind in {None, DatabaseError.STATEMENT} else None
    return LoginRefusal(Service.DATABASE, privilege.start(), privilege.end()) if privilege else None


def _of_words(window: str) -> LoginRefusal | None:
    status = read_status(window)
    code, host = (str(status.code), status.host) if status and status.code in _REFUSED_STATUS else (None, None)
    for service, words in _WORDS:
        if (found := words.search(window)) and not (service is Service.OTHER and read_network(window)):
            return LoginRefusal(service, found.start(), found.end(), code, host)
    return None


def _of_status(window: str) -> LoginRefusal | None:
    status = read_status(window)
    if status is None or status.code not in _REFUSED_STATUS:
        return None
    return LoginRefusal(Service.HTTP, status.start, status.start, str(status.code), status.host)


def _of_class(window: str, raised: Raised | None) -> LoginRefusal | None:
    if status_of_class(raised) not in _REFUSED_STATUS:
        return None
    return LoginRefusal(Service.OTHER, 0, len(window.partition("\n")[0]))


def _of_grammar(window: str, raised: Raised | None) -> LoginRefusal | None:
    found = refused_in_words(window, raised) if raised else None
    return LoginRefusal(Service.OTHER, *found) if found else None
