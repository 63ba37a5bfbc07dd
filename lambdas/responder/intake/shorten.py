"""One log event made short enough to keep, without losing what decides."""

from __future__ import annotations

import json
from typing import Any

from responder.evidence.lazy_pattern import lazy
from responder.intake.markers import DECISIVE, TELLING
from responder.intake.secrets.key_names import Kind, kind_of

LEFT_OUT = " […] "  # stands where text was taken out
AROUND = 400  # characters kept on each side of a marker inside one long line
MOST_PLACES = 16  # markers kept inside one long line
_NEAR_A_CUT = 200  # characters in which words are looked for; longer ones are cut
_BLANK = lazy(r"[ \t]")
_PAIR = lazy(
    r"[,;&|](?=\\{0,4}[\"']?[\w.-]{1,60}\\{0,4}[\"']?[:=])"
)  # before a name, in what is written without blanks
_BREAKS = (" \t", ",;&|")  # the first that there are
MOST_JSON_TEXT = 4_000  # characters of one string in a JSON record
MOST_JSON_ITEMS = 60  # items of one list in a JSON record: the outermost and the innermost frames of a traceback
MOST_LINES = 8_000  # lines of one event that are looked at, half from each end; a traceback has hundreds at most
MOST_JSON_DEPTH = 12  # a chain in a group in a record has about 8


def shorten(message: str, limit: int) -> str:
    """The message, of at most `limit` characters; whole lines where it has lines, valid JSON where it was JSON."""
    if len(message) <= limit:
        return message
    if message.lstrip()[:1] == "{":
        record = _shorter_json(message)
        if record is not None and len(record) <= limit:
            return record
    lines = message.split("\n")
    return _windows(message, limit) if len(lines) == 1 else _lines(lines, limit)


def _shorter_json(message: str) -> str | None:
    try:
        record = json.loads(message)
    except (ValueError, RecursionError):
        return None
    return json.dumps(_trimmed(record, 0), ensure_ascii=False)


def _trimmed(value: Any, depth: int) -> Any:
    if depth > MOST_JSON_DEPTH:
        return None
    if isinstance(value, str):
        return _ends(value, MOST_JSON_TEXT)
    if isinstance(value, list):
        half = MOST_JSON_ITEMS // 2
        kept = value if len(value) <= MOST_JSON_ITEMS else value[:half] + value[-half:]
        return [_trimmed(each, depth + 1) for each in kept]
    if isinstance(value, dict):
        kept_keys = list(value.items())[:MOST_JSON_ITEMS]
        return {key[:MOST_JSON_TEXT]: _trimmed(each, depth + 1) for key, each in kept_keys}
    return value


def _lines(lines: list[str], limit: int) -> str:
    """First and last lines, and the telling ones between them, the latest first."""
    if len(lines) > MOST_LINES:
        lines = lines[: MOST_LINES // 2] + lines[-MOST_LINES // 2 :]
    short = [_windows(line, limit // 4) for line in lines]
    kept = _edge(short, range(len(short)), limit // 3) | _edge(short, range(len(short) - 1, -1, -1), limit // 3)
    room = limit - sum(len(short[index]) + 1 for index in kept) - len(LEFT_OUT)
    together = "\n".join(short)
    markers = [marker for marker in (*DECISIVE, *TELLING) if marker in together]
    for index in range(len(short) - 1, -1, -1):
        size = len(short[index]) + 1
        if index not in kept and size <= room and any(marker in short[index] for marker in markers):
            kept.add(index)
            room -= size
    return "\n".join(short[index] for index in sorted(kept))[:limit]


def _edge(lines: list[str], indices: range, limit: int) -> set[int]:
    kept: set[int] = set()
    for index in indices:
        limit -= len(lines[index]) + 1
        if limit < 0:
            break
        kept.add(index)
    return kept


def _windows(line: str, limit: int) -> str:
    """Start and end of a long line, and what surrounds its markers."""
    if len(line) <= limit:
        return line
    found = [(at, len(marker)) for marker in (*DECISIVE, *TELLING) if (at := line.find(marker)) >= 0][:MOST_PLACES]
    spans = [(0, limit // 4), *((max(0, at - AROUND), at + size + AROUND) for at, size in found)]
    middle = LEFT_OUT.join(_whole_words(line, start, end) for start, end in _merged(spans))
    tail = _whole_words(line, len(line) - limit // 4 + len(LEFT_OUT), len(line))
    return _ends(middle, limit - limit // 4) + LEFT_OUT + tail


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _ends(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    half = max(0, (limit - len(LEFT_OUT)) // 2)
    return _whole_words(text, 0, half) + LEFT_OUT + _whole_words(text, len(text) - half, len(text))


def _whole_words(text: str, start: int, end: int) -> str:
    """That part of the text, without the words that a cut goes through.

    Of `password: hunter2` neither half of the value nor the value without its name may stay: nobody would know it for
    a secret any more.
    """
    start = _behind_a_value(text, start, min(end, start + _NEAR_A_CUT)) if start else 0
    return text[start : _before_a_word(text, max(start, end - _NEAR_A_CUT), end) if end < len(text) else end]


def _behind_a_value(text: str, start: int, limit: int) -> int:
    """Where a word begins that no name stands before, as far as one can tell; half a word may be a name."""
    named, at = True, start
    while blank := _BLANK.search(text, at, limit):
        word, at = text[at : blank.start()], blank.end()
        if not (named or word[:1] == "-" or word[-1:] in {"", ":", "="} or kind_of(word.lower()) is not Kind.INNOCENT):
            break
        named = False
    if at > start:
        return at
    pair = _PAIR.search(text, start, limit)
    return pair.end() if pair else limit


def _before_a_word(text: str, start: int, end: int) -> int:
    for marks in _BREAKS:
        at = max(text.rfind(mark, start, end) for mark in marks)
        if at >= 0:
            return at
    return end
