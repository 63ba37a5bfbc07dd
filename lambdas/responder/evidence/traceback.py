"""Python tracebacks as text: chains, exception groups, messages of many lines, syntax errors, cut-off ends.

The format is Python's own (https://docs.python.org/3/library/traceback.html). Read once, line by line; a cut-off
traceback gives what is there of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from responder.model import Chain, Frame, Raised, SyntaxDetail

HEADER = "Traceback (most recent call last)"
CAUSE = "The above exception was the direct cause of the following exception"
CONTEXT = "During handling of the above exception, another exception occurred"

MOST_LINES = 4_000  # of one text; a chain of five with sixty frames each has about a thousand
MOST_LINKS = 30
FIRST_FRAMES, LAST_FRAMES = 5, 60  # of one exception; recursion errors have a thousand
MESSAGE_LIMIT = 6_000  # characters
LINE_LIMIT = 2_000  # characters of one line

_FRAME = re.compile(r'\s*File "([^"\n]{1,500})", line (\d{1,9})(?:, in (.{1,300}))?\s*$')
_RAISED = re.compile(r"([A-Za-z_][\w.]{0,300}(?:<locals>\.[\w.]{1,200})?)(?:: ?(.*))?$")
_MARGIN = re.compile(r"\s{0,60}[|+] ?")
_SEPARATOR = re.compile(r"-?\+?-{8,}(?: (?:\d{1,6}|\.\.\.) -{8,})?\s*$")
_CARETS = re.compile(r"[\s^~]+$")


@dataclass(slots=True)
class _Block:
    """One exception while it is read."""

    grouped: bool
    margin: bool
    frames: list[Frame] = field(default_factory=list)
    type: str | None = None
    message: list[str] = field(default_factory=list)
    is_cause: bool = False
    marked: bool = False  # a chain marker follows it
    code: list[str] = field(default_factory=list)  # of a syntax error: the lines below its place

    def raised(self) -> Raised:
        kept = self.frames[:FIRST_FRAMES] + self.frames[FIRST_FRAMES:][-LAST_FRAMES:]
        syntax = _syntax(self) if kept and not kept[-1].function else None
        frames = tuple(frame for frame in kept if frame.function)
        message = "\n".join(self.message).strip()[:MESSAGE_LIMIT]
        return Raised(self.type or "", message, frames, self.is_cause, syntax)


def read_traceback(text: str, *, printed: bool = False) -> tuple[str, Chain | None]:
    """The text before the traceback, and the chain. `printed`: several may follow each other, the last one counts."""
    if HEADER not in text and 'File "' not in text:
        return text, None
    lines = [line[:LINE_LIMIT] for line in text.split("\n", MOST_LINES)[:MOST_LINES]]
    start = next((number for number, line in enumerate(lines) if HEADER in line or _FRAME.match(line)), len(lines))
    blocks = [block for block in _blocks(lines[start:]) if block.type]
    links = _ordered(blocks, printed=printed)[-MOST_LINKS:]
    return "\n".join(lines[:start]).rstrip(), Chain(tuple(links)) if links else None


def _blocks(lines: list[str]) -> Iterator[_Block]:
    block: _Block | None = None
    for raw in lines:
        line, margin = _unmargined(raw)
        if HEADER in line or _between(line, margin=margin):
            if block:
                block.is_cause, block.marked = CAUSE in line, CAUSE in line or CONTEXT in line
                yield block
            block = _Block(grouped="Exception Group" in line, margin=margin) if HEADER in line else None
        elif block or _FRAME.match(line):
            block = block or _Block(grouped=False, margin=margin)
            _feed(block, line)
    if block:
        yield block


def _between(line: str, *, margin: bool) -> bool:
    """Whether a line stands between two tracebacks of a chain or of a group."""
    return CAUSE in line or CONTEXT in line or (margin and bool(_SEPARATOR.match(line)))


def _unmargined(line: str) -> tuple[str, bool]:
    """The lines of an exception group stand behind a margin of `|`, with `+` at its corners."""
    match = _MARGIN.match(line)
    return (line[match.end() :], True) if match else (line, False)


def _feed(block: _Block, line: str) -> None:
    if block.type is not None:
        block.message.append(line)
    elif frame := _FRAME.match(line):
        block.frames.append(Frame(frame[1], int(frame[2]), (frame[3] or "").strip()))
    elif line[:1].isspace() or not line:
        _code(block, line)
    elif raised := _RAISED.match(line):
        block.type = raised[1]
        block.message.append(raised[2] or "")


def _code(block: _Block, line: str) -> None:
    if not block.frames or not line.strip():
        return
    last = block.frames[-1]
    if not last.function:
        block.code.append(line.strip())
    elif last.code is None and not _CARETS.match(line):
        block.frames[-1] = last._replace(code=line.strip())


def _syntax(block: _Block) -> SyntaxDetail:
    place = block.frames[-1]
    text = block.code[0] if block.code else ""
    return SyntaxDetail(place.file, place.line, text, block.message[0] if block.message else "")


def _ordered(blocks: list[_Block], *, printed: bool) -> list[Raised]:
    """The first raised first: what a group holds comes before it, so does a traceback inside a message."""
    chains: list[list[_Block]] = [[]]
    for number, block in enumerate(blocks):
        chain = chains[-1]
        before = blocks[number - 1] if number else None
        if before is None or before.marked or block.margin:
            chain.append(block)
        elif printed:
            chains.append([block])
        else:
            chain.insert(max(0, len(chain) - 1), replace(block, is_cause=True))
    chain = chains[-1]
    groups = [block for block in chain if block.grouped]
    if groups:
        end = max(number for number, block in enumerate(chain) if block.margin) + 1
        chain = [b for b in chain[:end] if not b.grouped] + groups[::-1] + chain[end:]
    return [block.raised() for block in chain]
