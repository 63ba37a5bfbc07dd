"""Leaves out, at the speed of memory, what `condense` would only look at to drop it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from responder.intake.markers import DECISIVE, TELLING

STEP = 64  # lines taken at once
CHUNK = 512 * 1024  # characters searched at once
MOST_LINES = 16_384  # lines searched at once: what is kept of a telling stretch costs by the line
HEAD = 256  # lines kept after a telling stretch: a traceback may run on into the next one
TAIL = 512  # lines kept before the next stretch: it may begin with what decides, and the reason stands before that

_EVERY = (*DECISIVE, *TELLING)
# A text without one of these has none of the others: each of them contains one of these.
_LEAST = tuple(marker for marker in _EVERY if not any(other != marker and other in marker for other in _EVERY))


def sifted(lines: Iterable[str]) -> Iterator[str]:
    """The lines, in order, without long stretches of which no line decides or tells anything."""
    stream = iter(lines)
    head = HEAD  # the start of a log is kept like the end of a telling stretch
    while chunk := _chunk(stream):
        together = "\n".join(chunk)
        if any(marker in together for marker in _LEAST):
            yield from chunk
            head = HEAD
        else:
            yield from chunk[:head]
            yield from chunk[max(head, len(chunk) - TAIL) :]
            head = 0


def _chunk(stream: Iterator[str]) -> list[str]:
    lines: list[str] = []
    size = 0
    while size < CHUNK and len(lines) < MOST_LINES and (step := list(islice(stream, STEP))):
        lines += step
        size += sum(map(len, step))
    return lines
