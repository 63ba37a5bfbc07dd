"""A release that came out between the last installation that worked and the one that failed: said only where it is so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from responder.inquiry.question import Answers, Question, Unanswered
from responder.model import Failure
from responder.requirements.asked import LastInstallation, OnIndex, Release


def asked(distribution: str | None) -> tuple[Question[Any], ...]:
    """When it last worked, and what was released of the distribution."""
    return (LastInstallation(), OnIndex(distribution)) if distribution else ()


def released_between(distribution: str | None, failure: Failure, answers: Answers) -> str:
    """One sentence; empty where no such release is known."""
    if not distribution or not failure.seen_at:
        return ""
    install, index = answers[LastInstallation()], answers[OnIndex(distribution)]
    if isinstance(install, Unanswered) or isinstance(index, Unanswered) or index is None or install.worked_at is None:
        return ""
    found = next(_between(index.releases, install.worked_at, failure.seen_at), None)
    if found is None:
        return ""
    return (
        f"{index.name} {found.version} was released on {(found.uploaded or '')[:10]}, after the last installation that worked "
        f"({_day(install.worked_at)}) and before this one: nothing in the file has to have changed."
    )


def _between(releases: tuple[Release, ...], after: int, before: int) -> Iterator[Release]:
    for release in releases:
        at = _milliseconds(release.uploaded)
        if at is not None and after < at < before and not release.yanked:
            yield release


def _milliseconds(uploaded: str | None) -> int | None:
    try:
        at = datetime.fromisoformat(uploaded or "")
    except ValueError:
        return None
    return int(at.replace(tzinfo=at.tzinfo or UTC).timestamp() * 1000)


def _day(milliseconds: int) -> str:
    return f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%Y-%m-%d %H:%M} UTC"
