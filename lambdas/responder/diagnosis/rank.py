"""Asks every rule, contains those that break, and picks the one that rests on the firmest ground."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from responder.diagnosis import unknown
from responder.diagnosis.facts import common
from responder.diagnosis.frames import in_users_words
from responder.diagnosis.quoting import with_rest
from responder.diagnosis.rule import Match, Rule
from responder.diagnosis.serverless_advice import for_workflow, is_serverless
from responder.inquiry.question import Answers, Question
from responder.model import Category, Diagnosis, Evidence, Remedy, Strength

WORDS = Strength.FALLBACK - 1  # below what is known of the exception itself
MOST_OF_AN_ERROR = 300  # characters
# What no one writes by hand: botocore's envelope, that of AWS's SDK for Java, the sentence of IAM
SDK_WORDS = ("An error occurred (", "; Error Code: ", "is not authorized to perform: ")
Claim = tuple[Rule[Any], Match[Any]]


def diagnose(evidence: Evidence, rules: Sequence[Rule[Any]]) -> Diagnosis | None:
    """The root cause; `unknown` when no rule answers, None when the log shows no failure."""
    if not evidence.failed:
        return None
    found, broken = claims(evidence, rules)
    best = strongest(evidence, found)
    if not best:
        return unknown.diagnosis(evidence, broken)
    rule, match = best[0]
    questions, broken = _asked(rule, match, broken)
    return Diagnosis(
        category=rule.category,
        cause=rule.cause,
        facts=common(evidence, match),
        evidence=with_rest(match.because, match.raised),
        strength=match.strength,
        may_heal=rule.may_heal,
        questions=questions,
        propose=partial(_proposed, rule, match),
        gives_way=bool(rule.yields_to),
        broken_rules=broken,
    )


def _asked(
    rule: Rule[Any], match: Match[Any], broken: tuple[str, ...]
) -> tuple[tuple[Question[Any], ...], tuple[str, ...]]:
    """What the rule asks, and the rules that broke; one that breaks here has recognised the cause all the same."""
    try:
        return rule.questions(match), broken
    except Exception as error:  # noqa: BLE001 - the failure is told of without the look-ups
        return (), (*broken, f"{rule.cause}: {error!r}"[:MOST_OF_AN_ERROR])


def _proposed(rule: Rule[Any], match: Match[Any], answers: Answers) -> Remedy:
    """The rule's remedy, as far as the failure's kind of MWAA can follow it."""
    remedy = rule.remedy(match, answers)
    return for_workflow(remedy) if is_serverless(match.failure) else remedy


def strongest(evidence: Evidence, found: Sequence[Claim]) -> list[Claim]:
    """The claims nobody beats: more than one is a tie, which the guard tests forbid."""
    standing = [claim for claim in found if not any(_gives_way(claim, other) for other in found)]
    order = [_order(evidence, rule, match) for rule, match in standing]
    return [claim for claim, rank in zip(standing, order, strict=True) if rank == max(order)]


def _gives_way(claim: Claim, other: Claim) -> bool:
    """A general rule gives way to the special causes that it names, but not to mere words where it has more itself."""
    (rule, match), (special, theirs) = claim, other
    if special.cause not in rule.yields_to or _only_words(special, theirs):
        return False
    return theirs.strength > Strength.MESSAGE or theirs.strength >= match.strength


def claims(evidence: Evidence, rules: Sequence[Rule[Any]]) -> tuple[list[Claim], tuple[str, ...]]:
    """Every rule's claim, and those that broke: "cause: error"."""
    found: list[Claim] = []
    broken: list[str] = []
    for rule in rules:
        try:
            match = rule.recognise(evidence)
        except Exception as error:  # noqa: BLE001 - one broken rule must not silence the others
            broken.append(f"{rule.cause}: {error!r}"[:MOST_OF_AN_ERROR])
        else:
            if match:
                found.append((rule, match))
    return found, tuple(broken)


def _order(evidence: Evidence, rule: Rule[Any], match: Match[Any]) -> tuple[int, int]:
    """Strength first; at equal strength an exception of the chain, the earlier raised the better."""
    links = evidence.chain.links if evidence.chain else ()
    position = next((number for number, raised in enumerate(links) if raised is match.raised), len(links))
    return WORDS if _only_words(rule, match) else match.strength, -position


def _only_words(rule: Rule[Any], match: Match[Any]) -> bool:
    """`raise ValueError("401 from billing")` in a DAG: what it is called there is not what a service answered.

    The words of an SDK's error in it are: nobody writes those by hand.
    """
    if rule.category is Category.DAG_CODE or match.raised is None:
        return False
    return in_users_words(match.raised) and not any(words in match.raised.message for words in SDK_WORDS)
