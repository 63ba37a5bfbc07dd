"""Makes texts fit a channel: the important ones get their room first, and no cut falls inside a character."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

SIGN = " …"  # says that something was left out
_JOINER = "\u200d"  # family emoji and the like are several code points with this between them
_LONGEST_CHARACTER = 16  # code points that may belong to one visible character


class Part(NamedTuple):
    """A text that wants room: at most `most` units, in the order of `rank` (0 first)."""

    name: str
    text: str
    most: int
    rank: int


Measure = Callable[[str], int]  # the sum of what the characters take


def width(text: str) -> int:
    """As services count that are written in Java or JavaScript: UTF-16 units, an emoji is two."""
    return len(text) + sum(1 for each in text if ord(each) > 0xFFFF)  # noqa: PLR2004 - the last one that is one unit


def fit(parts: Sequence[Part], total: int, measure: Measure = width) -> dict[str, str]:
    """The texts by name, each cut to what is left for it; what gets no room is left out."""
    left = total
    texts: dict[str, str] = {}
    for part in sorted(parts, key=lambda each: each.rank):
        text = cut(part.text, min(part.most, left), measure)
        if text:
            texts[part.name] = text
            left -= measure(text)
    return texts


def cut(text: str, most: int, measure: Measure = width) -> str:
    """At most `most` units; shortened between lines where that costs little, else between words or characters."""
    if measure(text) <= most:
        return text
    room = most - width(SIGN)
    if room <= 0:
        return ""
    kept = text[: fitting(text, room, measure)]
    line, word = kept.rfind("\n"), kept.rfind(" ")
    if line > len(kept) * 2 // 3:
        return kept[:line] + "\n" + SIGN.strip()
    return (kept[:word] if word > len(kept) * 3 // 4 else kept).rstrip() + SIGN


def without_middle(name: str, most: int) -> str:
    """`a_very_long_name` as `a_ver…name`: what tells names apart stands at both ends."""
    if len(name) <= most:
        return name
    end = (most - 1) // 2
    return f"{name[: most - 1 - end]}…{name[len(name) - end :]}"


def fitting(text: str, room: int, measure: Measure = width) -> int:
    """How many code points fit without splitting a visible character."""
    end, used = 0, 0
    for each in text:
        used += measure(each)
        if used > room:
            break
        end += 1
    for back in range(min(_LONGEST_CHARACTER, end)):
        if not _continues(text, end - back):
            return end - back
    return end


def _continues(text: str, at: int) -> bool:
    """Whether the code point at this place belongs to the character before it."""
    if at >= len(text):
        return False
    return (
        text[at] == _JOINER
        or text[at - 1] == _JOINER
        or unicodedata.category(text[at]) in {"Mn", "Me", "Mc"}
        or text[at] in _MODIFIERS
    )


# Skin tones follow the emoji that they colour.
_MODIFIERS = frozenset(chr(code) for code in range(0x1F3FB, 0x1F400))
