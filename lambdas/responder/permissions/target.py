"""What a statement aims at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Target(NamedTuple):
    """What to allow, what to simulate, and how far the first is wider than the second."""

    resources: tuple[str, ...]  # for the statement
    asked: str | None  # the one resource of the refused request, None where it is not known exactly
    widened: str | None = None  # in words


@dataclass(frozen=True, slots=True)
class NoTarget:
    """There is no resource to propose."""

    reason: str
