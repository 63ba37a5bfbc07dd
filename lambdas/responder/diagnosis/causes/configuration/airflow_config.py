"""An Airflow option or an environment variable is missing or wrong.

Seen as: AirflowConfigException, KeyError from os.environ, mail to localhost refused, "Invalid auth token", a pool that does not exist.
Comes from: options that were never set for this environment, variables that a startup script or another platform used to set.
"""

from __future__ import annotations

from responder.diagnosis.advice import FROM_TEXT, OPTIONS_DOCS
from responder.diagnosis.recognise import resting_on
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.diagnosis.setting_advice import setting_words
from responder.evidence.setting import WORDS, is_about_setting
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Remedy, Strength


def recognise(evidence: Evidence) -> Match[NoFacts] | None:
    """A look-up in os.environ, mail that nobody takes, or Airflow's own words about an option."""
    for said in evidence.decisive:
        if is_about_setting(said):
            found = WORDS.search(said.text)
            return resting_on(evidence, said, NoFacts(), Strength.STRUCTURED, found.span() if found else (0, None))
    return None


def remedy(match: Match[NoFacts], _answers: Answers) -> Remedy:
    """By the kind of setting."""
    told = setting_words(match.because[0], match.raised)
    return Remedy(told.summary, told.explanation, told.steps, proof=FROM_TEXT, links=(OPTIONS_DOCS,))


RULE = Rule(
    category=Category.CONFIGURATION,
    cause="airflow-config",
    may_heal=False,
    recognise=recognise,
    remedy=remedy,
    yields_to=("secrets-backend",),
)
