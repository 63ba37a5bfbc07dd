"""The smallest set of lines that does not fit: each by itself, then what is left of all after leaving out."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from responder.requirements.edits import for_pip
from responder.requirements.lines import Line
from responder.requirements.trial import Trial
from responder.requirements.uv_text import Unsolved

AT_ONCE = 2  # resolvers: the Lambda has less than two cores
MOST_LINES = 60  # tried one by one; longer files are halved


def failing_alone(lines: Sequence[Line], trial: Trial, always: tuple[str, ...]) -> list[tuple[Line, Unsolved]]:
    """The lines that do not even fit by themselves under the constraints."""
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        outcomes = pool.map(lambda line: trial.solve((*always, for_pip(line))), lines[:MOST_LINES])
        return [
            (line, outcome) for line, outcome in zip(lines, outcomes, strict=False) if isinstance(outcome, Unsolved)
        ]


def smallest_failing(lines: Sequence[Line], trial: Trial, always: tuple[str, ...]) -> tuple[Line, ...]:
    """Leaves out one line after the other and keeps it out wherever the rest still does not fit."""
    kept = _mentioned_first(list(lines))
    size = max(1, len(kept) // 2)
    while size:
        kept = _without_chunks(kept, size, trial, always)
        size //= 2
    return tuple(sorted(kept, key=lambda line: line.number))


def _without_chunks(kept: list[Line], size: int, trial: Trial, always: tuple[str, ...]) -> list[Line]:
    start = 0
    while start < len(kept):
        rest = kept[:start] + kept[start + size :]
        if rest and isinstance(trial.solve((*always, *map(for_pip, rest))), Unsolved):
            kept = rest
        else:
            start += size
    return kept


def _mentioned_first(lines: list[Line]) -> list[Line]:
    """Lines without versions go first: they hardly ever are to blame."""
    return sorted(lines, key=lambda line: bool(line.requirement and line.requirement.specifier))
