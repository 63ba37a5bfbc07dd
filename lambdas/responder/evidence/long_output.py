"""The pieces of a child process's output, the last first: what broke it stands at the end, or among the loud lines before.

A command may print for an hour; whoever looks for words in a text looks at its beginning only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

PIECE = 3_500  # characters; readers look at 4,000
LAST_PIECES = 4  # further up only loud lines count
OVERLAP = 4  # lines: a message of a few lines may lie across a border
FOLLOWING = 2  # lines after a loud one: dbt names the error first and says it in the next line
LOUD = ("rror", "ERROR", "denied", "ailed", "FATAL", "atal:", "xception", "not found", "annot", "efused", "imed out", "Killed", "No space", "resolve", "nable to", "ertificate", "is not set")  # fmt: skip


def pieces(text: str) -> Iterator[str]:
    """The whole text where it is short."""
    if len(text) <= PIECE:
        yield text
        return
    lines = text.split("\n")
    end = len(lines)
    for _ in range(LAST_PIECES):
        start = _start(lines, end)
        yield "\n".join(lines[start:end])
        if start == 0:
            return
        end = min(start + OVERLAP, end - 1)
    loud = _loud(lines[:end])
    if loud:
        yield "\n".join(loud[_start(loud, len(loud)) :])


def _start(lines: Sequence[str], end: int) -> int:
    """Where the piece begins that ends there; one line at least."""
    size, start = 0, end
    while start > 0 and (size + len(lines[start - 1]) <= PIECE or start == end):
        start -= 1
        size += len(lines[start]) + 1
    return start


def _loud(lines: Sequence[str]) -> list[str]:
    kept = {
        each
        for number, line in enumerate(lines)
        if any(word in line for word in LOUD)
        for each in range(number, min(number + 1 + FOLLOWING, len(lines)))
    }
    return [lines[number] for number in sorted(kept)]
