"""What a leaf of the decision tree says, and the words that several share."""

from __future__ import annotations

from dataclasses import dataclass

ORGANISATION = "whoever administers the AWS organisation"
UNCHANGED = "An Allow on the role does not help here, so none is proposed."


@dataclass(frozen=True, slots=True)
class Words:
    """For one leaf."""

    explanation: str
    steps: tuple[str, ...]
    owner: str | None = None
