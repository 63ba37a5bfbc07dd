"""An Airflow option or an environment variable is missing or wrong.

Seen as: AirflowConfigException, KeyError from os.environ, mail to localhost refused, "Invalid auth token", a pool that does not exist.
Comes from: options that were never set for this environment, variables that a startup script or another platform used to set.
"""

from __future__ import annotations

from responder.diagnosis.advice import FROM_TEXT, OPTIONS_DOCS, SET_OPTION, STARTUP_SCRIPT
from responder.diagnosis.decisive import decisive
from responder.diagnosis.recognise import line_of
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.evidence.setting import WORDS, is_about_setting, is_unset_mail
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Remedy, Strength


def recognise(evidence: Evidence) -> Match[NoFacts] | None:
    """A look-up in os.environ, mail that nobody takes, or Airflow's own words about an option."""
    for said in decisive(evidence):
        if is_about_setting(said):
            found = WORDS.search(said.text)
            line = line_of(said.text, found.start() if found else 0, found.end() if found else None)
            return Match(Strength.STRUCTURED, NoFacts(), (line,), evidence.failure, said.raised)
    return None


def remedy(match: Match[NoFacts], _answers: Answers) -> Remedy:
    """Options in the console, environment variables in the startup script."""
    line = match.because[0]
    mail = match.raised is not None and is_unset_mail(match.raised)
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
