"""A refusal in a child process's output, where no exception tells who spoke.

First the words that a program prints and a script does not, then plain words in a line about an error: dbt, psql, mysql, ssh, git, curl, wget, docker, kubectl, az, azcopy, gcloud, gsutil, bq.
"""

from __future__ import annotations

from responder.evidence.lazy_pattern import LazyPattern, lazy
from responder.evidence.login_refusal import LoginRefusal, Service
from responder.evidence.refused_words import refused_in_print

_WINDOW = 4_000


def printed_login(text: str) -> LoginRefusal | None:
    """The first of the programs' words in the text, None where it has none."""
    window = text[:_WINDOW]
    for service, words in _PRINTED:
        if found := words.search(window):
            return LoginRefusal(service, found.start(), found.end())
    told = refused_in_print(window)
    return LoginRefusal(Service.OTHER, *told) if told else None


_PRINTED: tuple[tuple[Service, LazyPattern], ...] = (
    (
        Service.DATABASE,
        lazy(
            r"(?i)password authentication failed for user|access denied for user '|login failed for user|incorrect username or password was specified|ORA-01017|no pg_hba\.conf entry for|JWT token is invalid"
            r"|ERROR: {1,2}permission denied for \w|SQL access control error|insufficient privileges to operate on|ORA-01031|command denied to user '|permission was denied on the object|MongoServerError: (?:authentication failed|not authorized)"
        ),
    ),
    (
        Service.SSH,
        lazy(
            r"Permission denied \((?:publickey|password|keyboard-interactive|gssapi)[\w,-]{0,80}\)|Host key verification failed\.|fatal: Authentication failed for '|fatal: could not read (?:Username|Password) for '|remote: (?:Invalid username or|HTTP Basic: Access denied)"
        ),
    ),
    # curl, wget, docker
    (
        Service.HTTP,
        lazy(
            r"curl: \(22\) The requested URL returned error: 40[13]\b|ERROR 40[13]: (?:Unauthorized|Forbidden)|Username/Password Authentication Failed"
            r"|no basic auth credentials|unauthorized: authentication required|denied: requested access to the resource is denied|pull access denied for "
        ),
    ),
    (Service.KUBERNETES, lazy(r"error: You must be logged in to the server")),
    # az, azcopy; gcloud, gsutil, bq
    (
        Service.CLOUD,
        lazy(
            r"\bAADSTS\d{4,7}: |ERROR CODE: Auth\w{5,40}|\(AuthorizationFailed\)|does not have (?:\w+\.){2,3}\w+ (?:access|permission)|Permission '[\w.]{5,80}' denied on resource"
            r"|does not have permission to access \S{1,60} instance|You do not currently have an active account selected"
        ),
    ),
    (
        Service.BROKER,
        lazy(
            r"NOAUTH Authentication required|WRONGPASS |NT_STATUS_(?:LOGON_FAILURE|ACCESS_DENIED)|Password incorrect while getting initial credentials"
        ),
    ),
)
