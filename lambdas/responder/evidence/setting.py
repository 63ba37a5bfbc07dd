"""What a program says when a setting of its surroundings is missing or wrong: environment variables, Airflow's options, mail."""

from __future__ import annotations

from responder.evidence.http_status import read_status
from responder.evidence.lazy_pattern import lazy
from responder.evidence.network_error import host_in
from responder.model import Raised, Said

WORDS = lazy(
    r"AirflowConfigException|\bnot found in config\b|Invalid auth token|\bnonexistent pool\b|[Pp]ool .{1,250} (?:doesn't|does not) exist"
    r"|(?i:environment variable \S{1,200} (?:is |was )?(?:not set|not found|missing|undefined|required))|Declare it as envvar or define a default"
    r"|Requested bundle .{1,250} is not configured|no secret key was set|(?i:fernet)|Could not import executor|UnknownExecutorException|cannot use SQLite with|Unable to load the config, contains a configuration error"
)
_NOBODY_LISTENS = lazy(r"\[Errno (?:111|99)\]|Connection refused|Cannot assign requested address")
# Airflow 3's task speaks to Airflow's own API: https://airflow.apache.org/docs/apache-airflow/stable/security/jwt_token_authentication.html
_OWN_API = "/execution/"
_NOT_LET_IN = frozenset({401, 403})
_MAIL = ("/smtplib.py", "airflow/utils/email.py")
_LOCAL = frozenset({None, "localhost", "127.0.0.1"})


def is_about_setting(said: Said) -> bool:
    """Whether it is one, by the words or by where it was raised."""
    raised = said.raised
    return bool(WORDS.search(said.text)) or _is_own_token(said) or (raised is not None and _is_set_wrongly(raised))


def _is_set_wrongly(raised: Raised) -> bool:
    return _is_environ(raised) or is_unset_mail(raised) or _is_fernet(raised) or _is_no_executor(raised)


def _is_no_executor(raised: Raised) -> bool:
    """CeleryExecuter doesn't look like a module path: core.executor names a class that is nowhere."""
    last = raised.frames[-1] if raised.frames else None
    named = last is not None and last.function == "import_string"
    return named and any(frame.file.endswith("/executor_loader.py") for frame in raised.frames)


def _is_own_token(said: Said) -> bool:
    """Client error '401 Unauthorized' for url 'http://…/execution/task-instances/…': Airflow does not take its own token."""
    status = read_status(said.text) if _OWN_API in said.text else None
    return status is not None and status.code in _NOT_LET_IN


def is_unset_mail(raised: Raised) -> bool:
    """smtp.* options that nobody set mean localhost, where no mail server listens."""
    in_mail = any(part in frame.file for frame in raised.frames for part in _MAIL)
    return in_mail and bool(_NOBODY_LISTENS.search(raised.message)) and host_in(raised.message) in _LOCAL


def _is_environ(raised: Raised) -> bool:
    """Python raises it in os.py's _Environ.__getitem__."""
    last = raised.frames[-1] if raised.frames else None
    return raised.name == "KeyError" and last is not None and last.function == "__getitem__" and _is_os(last.file)


def _is_os(file: str) -> bool:
    return file == "<frozen os>" or file.endswith("/os.py")


def _is_fernet(raised: Raised) -> bool:
    """The key with which connections were encrypted is another one now."""
    return raised.name == "InvalidToken" and any("/cryptography/" in frame.file for frame in raised.frames)
