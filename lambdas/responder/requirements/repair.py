"""A line that pip cannot read, as its writer meant it: only slips that leave no doubt."""

from __future__ import annotations

import re

from packaging.requirements import InvalidRequirement, Requirement

NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?(?:\[[\w, .-]{0,200}\])?"
VERSION = r"\d[\w.+!*-]{0,60}"
# (what was written, what was meant)
SLIPS = (
    (re.compile(rf"^({NAME}) ?=> ?({VERSION})$"), r"\1>=\2"),
    (re.compile(rf"^({NAME}) ?=< ?({VERSION})$"), r"\1<=\2"),
    (re.compile(rf"^({NAME}) ?=~ ?({VERSION})$"), r"\1~=\2"),
    (re.compile(rf"^({NAME}) ?={{1,4}} ?v?({VERSION})(?:=[\w.]{{1,40}})?$"), r"\1==\2"),
    (re.compile(rf"^({NAME}) ?>== ?({VERSION})$"), r"\1>=\2"),
    (re.compile(rf"^({NAME}) ?: ?({VERSION})$"), r"\1==\2"),
    (re.compile(rf"^({NAME})[ @]v?({VERSION})$"), r"\1==\2"),
    (re.compile(rf"^({NAME}) ?\^ ?({VERSION})$"), r"\1~=\2"),
    (re.compile(rf"^({NAME}) ?(?:==|>=|<=|~=|!=|<|>|=)$"), r"\1"),
    (re.compile(rf"^({NAME}) \(({VERSION})\)$"), r"\1==\2"),
    (re.compile(rf"^({NAME}) ?\(?(?:version )?(==|>=|<=|~=) ?v?({VERSION})\)?$"), r"\1\2\3"),
)
NOISE = (
    (re.compile(r"^(?:pip3?|python3? -m pip) install (?:-U |--upgrade )?"), ""),
    (re.compile(r"[“”‘’\"']"), ""),
    (re.compile(r"[,;]$"), ""),
    (re.compile(r"^[-*•] +"), ""),
    (re.compile(r"[–—]"), "-"),
)


def meant(text: str) -> str | None:
    """The requirement that was meant, None where that is not plain."""
    bare = text.strip()[:500]
    for pattern, instead in NOISE:
        bare = pattern.sub(instead, bare).strip()
    if _reads(bare):
        return bare
    for pattern, instead in SLIPS:
        candidate = pattern.sub(instead, bare)
        if candidate != bare and _reads(candidate):
            return candidate
    return None


def _reads(text: str) -> bool:
    try:
        return Requirement(text).url is None
    except InvalidRequirement:
        return False
