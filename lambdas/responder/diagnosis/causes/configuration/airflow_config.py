"""An Airflow option or an environment variable is missing or wrong.

Seen as: AirflowConfigException, KeyError from os.environ, mail to localhost refused, "Invalid auth token", a pool that does not exist.
Comes from: options that were never set for this environment, variables that a startup script or another platform used to set.
"""

from __future__ import annotations

from responder.diagnosis.advice import FROM_TEXT, OPTIONS_DOCS, SET_OPTION, STARTUP_SCRIPT
from responder.diagnosis.decisive import decisive
from responder.diagnosis.recognise import line_of
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.evidence.lazy_pattern import lazy
from responder.evidence.network_error import host_in
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Raised, Remedy, Said, Strength

_WORDS = lazy(
    r"AirflowConfigException|\bnot found in config\b|Invalid auth token|\bnonexistent pool\b|[Pp]ool .{1,250} (?:doesn't|does not) exist"
    r"|(?i:environment variable \S{1,200} (?:is |was )?(?:not set|not found|missing|undefined|required))|Declare it as envvar or define a default"
    r"|(?i:fernet)|Could not import executor|cannot use SQLite with"
)
_NOBODY_LISTENS = lazy(r"\[Errno (?:111|99)\]|Connection refused|Cannot assign requested address")
_MAIL = ("/smtplib.py", "airflow/utils/email.py")
_LOCAL = frozenset({None, "localhost", "127.0.0.1"})


def recognise(evidence: Evidence) -> Match[NoFacts] | None:
    """A look-up in os.environ, mail that nobody takes, or Airflow's own words about an option."""
    for said in decisive(evidence):
        if line := _line(said):
            return Match(Strength.STRUCTURED, NoFacts(), (line,), evidence.failure, said.raised)
    return None


def _line(said: Said) -> str | None:
    if found := _WORDS.search(said.text):
        return line_of(said.text, found.start(), found.end())
    if said.raised and (_is_environ(said.raised) or _is_mail(said.raised) or _is_fernet(said.raised)):
        return line_of(said.text, 0)
    return None


def _is_environ(raised: Raised) -> bool:
    """Python raises it in os.py's _Environ.__getitem__."""
    last = raised.frames[-1] if raised.frames else None
    return raised.name == "KeyError" and last is not None and last.function == "__getitem__" and _is_os(last.file)


def _is_os(file: str) -> bool:
    return file == "<frozen os>" or file.endswith("/os.py")


def _is_fernet(raised: Raised) -> bool:
    """The key with which connections were encrypted is another one now."""
    return raised.name == "InvalidToken" and any("/cryptography/" in frame.file for frame in raised.frames)


def _is_mail(raised: Raised) -> bool:
    """smtp.* options that nobody set mean localhost, where no mail server listens."""
    in_mail = any(part in frame.file for frame in raised.frames for part in _MAIL)
    return in_mail and bool(_NOBODY_LISTENS.search(raised.message)) and host_in(raised.message) in _LOCAL


def remedy(match: Match[NoFacts], _answers: Answers) -> Remedy:
    """Options in the console, environment variables in the startup script."""
    line = match.because[0]
    mail = match.raised is not None and _is_mail(match.raised)
    what = (
        "Mail cannot be sent: no mail server is set."
        if mail
        else f"A setting of the environment is missing or wrong: {line[:200]}"
    )
    first = (
        f"Set the mail server: {SET_OPTION} > smtp.smtp_host, smtp.smtp_port, smtp.smtp_starttls, smtp.smtp_mail_from; unset, they mean localhost, where nobody listens. "
        "Its login belongs into the connection smtp_default."
        if mail
        else f"An Airflow option: {SET_OPTION}, with the option's section and name as the error prints them."
    )
    return Remedy(
        summary=what,
        explanation="The code asked for a setting that this environment does not have, or that it refuses. Environments do not share options or variables.",
        steps=(
            first,
            f"An environment variable: export it. {STARTUP_SCRIPT}",
            "A value that differs between environments but is no secret may as well be an Airflow variable (Airflow UI > Admin > Variables).",
        ),
        proof=FROM_TEXT,
        links=(OPTIONS_DOCS,),
    )


RULE = Rule(
    category=Category.CONFIGURATION,
    cause="airflow-config",
    may_heal=False,
    recognise=recognise,
    remedy=remedy,
    yields_to=("secrets-backend",),
)
