"""What judging a file may ask: the index, the resolver, the user's own files; each may be absent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from responder.inquiry.question import CouldNot
from responder.requirements.project import Distributed, Project
from responder.requirements.prove import Resolver


def nothing_own(_path: str) -> str | None:
    """No file of the user's is at hand: whether it exists cannot be told."""
    raise CouldNot("the DAGs folder is not at hand")


def endless() -> float:
    """Seconds left where nobody waits."""
    return 3_600.0


@dataclass(frozen=True, slots=True)
class Index:
    """Look-ups on the configured index; each raises CouldNot."""

    project: Callable[[str], Project | None]
    size: Callable[[str, Distributed], int]  # project, file -> bytes
    content: Callable[[str, Distributed, slice], bytes]  # project, file, which bytes of it
    advisories: Callable[[str, str], tuple[str, ...]]  # of one release; () also where the index knows of none
    address: str = ""  # without login: to tell whether a file names the same one


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that is asked outside of the text."""

    index: Index | None = None
    resolver: Resolver | None = None
    why_not: str = "the look-ups were switched off"  # why index or resolver is absent
    read_own: Callable[[str], str | None] = (
        nothing_own  # a path below dags/ -> its text, None: not there; raises CouldNot
    )
    own_modules: frozenset[str] = field(default_factory=frozenset)
    wheels: frozenset[str] | None = None  # the names of the wheels in plugins.zip, None where it was not seen
    left: Callable[[], float] = endless  # seconds
