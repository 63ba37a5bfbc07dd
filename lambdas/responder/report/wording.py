"""The sentences that every channel says in the same words. No layout, no markup."""

from __future__ import annotations

from datetime import UTC, datetime

from responder.model import Category, Kind, Message, Occurrences, ProofLevel
from responder.report.fitting import width, without_middle
from responder.report.naming import subject, task_label

PROOF = {
    ProofLevel.PROVEN: "Proven before it was posted",
    ProofLevel.CHECKED: "Checked, but not proven",
    ProofLevel.SUSPECTED: "Not verified",
}
# What an artifact is, where its cause gives it no title.
ARTIFACTS = {
    "iam-statement": "IAM statement for the execution role",
    "companion-statement": "IAM statement for what would be denied next",
    "requirements-diff": "Change of requirements.txt",
    "cdk": "The same in CDK",
    "cli": "Command line",
    "source": "Source",
}
MOST_IN_REPEATS = 2_000  # characters; channels that show fewer ask for fewer
LONGEST_HEADLINE = 200  # characters; channels that show fewer ask for fewer
SHORTEST_NAME = 24  # of what failed: less tells nothing
_SOMEWHERE = "an environment that is not named"


def headline(message: Message, most: int = LONGEST_HEADLINE, *, tried: bool = False) -> str:
    """What failed, where; in a follow-up also how often. `tried`: with the try, where there is room for it.

    Names that are too long for `most` characters lose their middle, so that what comes after them can be read.
    """
    name = _name(message)
    tries = _tries(message) if tried else ""
    said = _headline(message, name) + tries
    too_long = len(said) - most
    if too_long <= 0 or name not in said:
        return said
    return _headline(message, without_middle(name, max(len(name) - too_long, SHORTEST_NAME))) + tries


def _name(message: Message) -> str:
    """What failed. A workflow of MWAA Serverless is DAG and environment at once, and is named once."""
    failure = message.failure
    name, environment = (task_label if message.follow_up else subject)(failure), failure.place.environment
    return name.removeprefix(f"{environment}.") if environment == failure.attempt.dag_id else name


def _headline(message: Message, name: str) -> str:
    failure = message.failure
    environment = failure.place.environment or _SOMEWHERE
    if message.follow_up:
        return f"Still failing in {environment}: {name}{_others(message)}, {times(message.occurrences.count)}"
    if failure.kind is Kind.DAG_FILE:
        known = message.diagnosis.category is not Category.UNKNOWN
        return f"{name} {'cannot be imported' if known else 'failed in the DAG processor'} in {environment}"
    if failure.kind is Kind.REQUIREMENTS:
        return f"requirements.txt could not be installed in {environment}"
    if failure.kind is Kind.ENVIRONMENT:
        status = f": {failure.status.status}" if failure.status else " is in trouble"
        return f"Environment {environment}{status}"
    if failure.kind is Kind.PROCESS:
        return f"A process of Airflow failed in {environment}"
    return f"{name} failed in {environment}"


def _others(message: Message) -> str:
    """How many more tasks the incident has hit."""
    others = len(message.occurrences.tasks) + message.occurrences.more_tasks - 1
    return f" and {others:,} more {'task' if others == 1 else 'tasks'}" if others > 0 else ""


def _tries(message: Message) -> str:
    """Which try it was, and whether another follows."""
    told = message.failure.attempt
    if told.try_number is None or message.follow_up or message.failure.kind is not Kind.TASK:
        return ""
    after = "" if told.final is None else ", the last one" if told.final else ", another follows"
    return f" (try {told.try_number}{after})"


def times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def clock(milliseconds: int) -> str:
    """A moment for people: UTC, to the minute."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")


def origin(message: Message) -> str:
    """The fine print: cause, run, time, fingerprint. A follow-up is about many runs."""
    diagnosis, failure = message.diagnosis, message.failure
    run = f"run {failure.attempt.run_id}" if failure.attempt.run_id and not message.follow_up else ""
    seen = clock(failure.seen_at) if failure.seen_at else ""
    parts = (f"{diagnosis.category} / {diagnosis.cause}", run, seen, message.fingerprint)
    return " · ".join(part for part in parts if part)


def repeats(message: Message, most: int = MOST_IN_REPEATS) -> str:
    """How often, since when, which tasks; "" for what was seen once. Those tasks are named that fit, all are counted."""
    seen = message.occurrences
    if seen.count <= 1 and not message.follow_up:
        return ""
    since = f" since {clock(seen.first_seen)}" if seen.first_seen else ""
    latest = f", last at {clock(seen.last_seen)}" if seen.last_seen > seen.first_seen else ""
    often = f"Seen {times(seen.count)}{since}{latest}"
    return f"{often}{_hit(seen, most - width(often) - 1)}."


def _hit(seen: Occurrences, room: int) -> str:
    """The names of the tasks in so many characters, and how many more there are; "" for one task."""
    total = len(seen.tasks) + seen.more_tasks
    for named in range(len(seen.tasks) if total > 1 else 0, 0, -1):
        more = f" and {total - named:,} more" if total > named else ""
        text = f": {', '.join(seen.tasks[:named])}{more}"
        if width(text) <= room:
            return text
    return f": {total:,} tasks" if total > 1 else ""


def proof(message: Message) -> str:
    """The level in plain words, and how it was reached."""
    told = message.remedy.proof
    how = told.how.strip()
    return f"{PROOF[told.level]}: {how[:1].lower() + how[1:] if _is_sentence(how) else how}"


def _is_sentence(text: str) -> bool:
    """Whether it begins with a capital that only the sentence asks for."""
    return text[:1].isupper() and text[1:2].islower()
