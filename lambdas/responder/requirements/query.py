"""What the resolver is asked, and its three kinds of answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from responder.requirements.uv_text import Unsolved


@dataclass(frozen=True, slots=True)
class Solved:
    """Everything fits together; `pins` is one such set."""

    pins: Mapping[str, str]
    yanked: frozenset[str] = frozenset()  # names


@dataclass(frozen=True, slots=True)
class NotProven:
    """The resolver could not do its work; that says nothing about the file."""

    reason: str


Outcome = Solved | Unsolved | NotProven


@dataclass(frozen=True, slots=True)
class Query:
    """What is to be solved."""

    requirements: tuple[str, ...]
    constraints: tuple[str, ...]
    python_full: str
    prerelease: str = "explicit"  # MWAA's constraints are in force: pre-releases only where they are asked for by name
    preferred: tuple[tuple[str, str], ...] = ()  # installed already: pip keeps them where they do
    lowest: bool = False  # of the named requirements the lowest version that fits
