"""The missing module is the user's own code: a matter of paths and packaging, never of installing something.

Seen as: ModuleNotFoundError for a generic or own name, or a relative import outside a package.
Comes from: the file is not in dags/ or plugins.zip, is not where the import looks for it, or plugins.zip was not updated.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from responder.diagnosis.missing_module import missing_module
from responder.diagnosis.module_origin import origin_of
from responder.diagnosis.own_module_remedy import is_unloaded_trigger, own_module_remedy, trigger_remedy
from responder.diagnosis.rule import Match, Rule
from responder.inquiry.question import Answers, Question
from responder.model import Category, Evidence, Remedy, Strength
from responder.requirements.asked import OwnCode
from responder.requirements.names import Origin


class OwnModule(NamedTuple):
    """The module as Python names it; None for a relative import, which names none."""

    module: str | None


def recognise(evidence: Evidence) -> Match[OwnModule] | None:
    missing = missing_module(evidence)
    if missing is None or origin_of(missing).named.origin not in (Origin.OWN, Origin.UNKNOWN):
        return None
    strength = Strength.EXCEPTION if missing.raised else Strength.MESSAGE
    facts = OwnModule(missing.module or None)
    failing = evidence.failing
    told = (failing.text[:500],) if failing and is_unloaded_trigger(failing.text) else ()
    return Match(strength, facts, (missing.line, *told), evidence.failure, missing.raised)


def questions(_match: Match[OwnModule]) -> tuple[Question[Any], ...]:
    return (OwnCode(),)


def remedy(match: Match[OwnModule], answers: Answers) -> Remedy:
    if match.facts.module and any(is_unloaded_trigger(line) for line in match.because[1:]):
        return trigger_remedy(match.facts.module)
    own = answers[OwnCode()]
    return own_module_remedy(match.facts.module, own)


RULE = Rule(
    category=Category.ENVIRONMENT,
    cause="local-import",
    may_heal=False,
    recognise=recognise,
    questions=questions,
    remedy=remedy,
)
