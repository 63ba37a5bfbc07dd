"""A service answers that requests come too fast.

Seen as: ThrottlingException, "Rate exceeded", SlowDown, TooManyRequestsException, HTTP 429, "rate limit".
Comes from: many tasks at the same minute, short polling intervals, a limit that the account or the vendor sets.
"""

from __future__ import annotations

from responder.diagnosis.advice import EDIT_CONNECTION, FROM_TEXT
from responder.diagnosis.recognise import first_of
from responder.diagnosis.rule import Match, Rule
from responder.diagnosis.service_answer import ServiceFacts, by_answer, by_words, named
from responder.evidence.aws_error_class import ErrorClass
from responder.evidence.lazy_pattern import lazy
from responder.inquiry.question import Answers
from responder.model import Category, Link, Remedy

_WORDS = lazy(
    r"(?i)rate ?limit(?:ed|s|Error)?(?: has been| was)? ?(?:exceeded|reached|hit)|ratelimited|RateLimitError|too many requests|too many 429|request was throttled|\bRATE_LIMIT|rate exceeded|SlowDown"
)
RETRY_DOCS = Link(
    "Retry behaviour of the AWS SDKs", "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html"
)


def remedy(match: Match[ServiceFacts], _answers: Answers) -> Remedy:
    """Ask less often; let the client wait instead of the task."""
    aws = bool(match.facts.aws_operation or match.facts.aws_service)
    client = (
        f"Let the AWS client wait and try again by itself. In an operator or hook: {EDIT_CONNECTION} > the AWS connection > Extra: "
        '{"config_kwargs": {"retries": {"mode": "adaptive", "max_attempts": 10}}}. '
        'In code of your own: boto3.client(…, config=Config(retries={"mode": "adaptive", "max_attempts": 10})).'
        if aws
        else "Let the client wait for the time that the answer's Retry-After header names, with growing pauses and some randomness."
    )
    return Remedy(
        summary=f"{named(match.facts)} throttles the task: requests come too fast.",
        explanation="Nothing is wrong with the request itself. A retry of the whole task starts its job again, so the waiting belongs in the client.",
        steps=(
            client,
            "Ask less often: raise the operator's or sensor's poll interval (poke_interval, waiter_delay), or use its deferrable mode.",
            "Spread the load: different schedule minutes, a pool that limits how many such tasks run at once, max_active_tis_per_dag.",
            "If the rate is needed, ask for a higher one: AWS console > Service Quotas, or the vendor.",
        ),
        proof=FROM_TEXT,
        links=(RETRY_DOCS,) if aws else (),
    )


RULE = Rule(
    category=Category.CAPACITY,
    cause="throttled",
    may_heal=True,
    recognise=first_of(by_answer(ErrorClass.THROTTLED), by_words(_WORDS)),
    remedy=remedy,
    yields_to=("quota",),
)
