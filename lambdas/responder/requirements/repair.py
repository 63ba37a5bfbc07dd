"""A line that pip cannot read, as its writer meant it: only slips that leave no doubt."""

from __future__ import annotations

import re

from responder.knowledge.popular import popular
from responder.requirements.known import PLUGINS
from responder.requirements.spelling import parsed

NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?(?:\[[\w, .-]{0,200}\])?"
VERSION = r"\d[\w.+!*-]{0,60}"
# (what was written, what was meant)
SLIPS = (
    (re.compile(rf"^({NAME}) ?=> ?({VERSION})$"), r"\1>=\2"),
    (re.compile(rf"^({NAME}) ?=< ?({VERSION})$"), r"\1<=\2"),
    (re.compile(rf"^({NAME}) ?=~ ?({VERSION})$"), r"\1~=\2"),
    (re.compile(rf"^({NAME}) ?={{1,4}} ?v?({VERSION})(?:=[\w.]{{1,40}})?$"), r"\1==\2"),
    (re.compile(rf"^({NAME}) ?~= ?(\d{{1,20}})$"), r"\1~=\2.0"),  # needs two numbers at least
    (re.compile(rf"^({NAME}) ?(>=|<=|>|<|~=) ?(\d[\d.]{{0,40}}?)\.\*$"), r"\1\2\3"),
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
TYPOGRAPHIC = str.maketrans("“”‘’", "\"\"''")
BARE_VERSION = re.compile(r"(python_(?:full_)?version ?(?:[<>=!~]=|[<>]) ?)(\d[\d.]{0,20})")  # in a marker
# Python's own version, as conda's files name it: no requirement of pip's
NO_DISTRIBUTION = frozenset({"python"})
BETWEEN = (re.compile(r"[,;]?[ \t]{1,20}"), re.compile(r"[,;][ \t]{0,20}"))  # blanks first: commas also join versions
COMMENT = re.compile(r"^(?://|/\*|;|-- |rem )[/;* -]{0,20}", re.IGNORECASE)  # of other languages
MOST_TOGETHER = 50  # requirements on one line
SSH = re.compile(r"(.{0,200}? @ )?git@([\w.-]{1,200}):(\S{1,600})")
URL = re.compile(r"(.{0,200}? @ )?((?:https?|ssh)://\S{1,900})")
WHEEL = re.compile(r"(?:.{0,200}? @ )?[a-z][a-z0-9+.-]{0,20}://\S{1,600}/([\w.+!-]{1,200}\.whl)")


def meant(text: str) -> tuple[str, ...]:
    """The lines that were meant, one as a rule; none where that is not plain."""
    bare = text.strip()[:1_000]
    if address := _address(bare):
        return (address,)
    one = _one(bare)
    return (one,) if one else _several(bare) or _commented(bare)


def _one(text: str) -> str | None:
    requirement, semicolon, marker = text.partition(";")
    if semicolon and marker.strip(" \"'"):
        marker = BARE_VERSION.sub(r'\1"\2"', marker.translate(TYPOGRAPHIC).strip())
        found = _requirement(requirement)
        return f"{found} ; {marker}" if found and _reads(f"{found} ; {marker}") else None
    return _requirement(text)


def _requirement(text: str) -> str | None:
    bare = text
    for pattern, instead in NOISE:
        bare = pattern.sub(instead, bare.strip()).strip()
    if _reads(bare):
        return bare
    candidates = (pattern.sub(instead, bare) for pattern, instead in SLIPS)
    return next((each for each in candidates if each != bare and _reads(each)), None)


def _several(text: str) -> tuple[str, ...]:
    """Requirements on one line: each with a version, or at least a name that many know; anything else may be prose."""
    for between in BETWEEN:
        words = tuple(each.strip("\"',;") for each in between.split(text) if each.strip("\"',;"))
        if 1 < len(words) <= MOST_TOGETHER and all(map(_stands_alone, words)):
            return words
    return ()


def _stands_alone(text: str) -> bool:
    return _reads(text) and (any(sign in text for sign in "<>=~") or popular(text) is not None)


def _commented(text: str) -> tuple[str, ...]:
    """A comment of another language, or one that lacks the blank before its #."""
    before, sign, after = text.partition("#")
    if sign and (found := _one(before.strip())):
        return (f"{found}  # {after.strip()}",)
    start = COMMENT.match(text)
    return (f"# {text[start.end() :].removesuffix('*/').strip()}",) if start else ()


def _address(text: str) -> str | None:
    """The address of a repository as pip wants it; a wheel that pip cannot fetch, where plugins.zip puts it."""
    if found := SSH.fullmatch(text):
        return f"{found[1] or ''}git+ssh://git@{found[2]}/{found[3]}"
    if found := URL.fullmatch(text):
        return f"{found[1] or ''}git+{found[2]}"
    found = WHEEL.fullmatch(text)
    return PLUGINS + found[1] if found else None


def _reads(text: str) -> bool:
    found = parsed(text)
    return found is not None and found.url is None and found.name not in NO_DISTRIBUTION
