"""A text as one line, so that a sentence is found however it was wrapped, escaped or coloured."""

from __future__ import annotations

from collections.abc import Iterable

from responder.evidence.lazy_pattern import lazy

MOST = 400_000  # characters; intake hands over less, a bound against surprises

# "[2026-11-22, 09:44:19 UTC] {{subprocess.py:93}} INFO - " in the middle of a sentence that a child process wrapped
_PREFIX = lazy(r"(?m)^\[[0-9T:,.+ UTCZ-]{10,40}\] \{{1,2}[\w./-]{1,80}:\d{1,6}\}{1,2} [A-Z]{4,8} - ")
_ANSI = lazy(r"\x1b\[[0-9;]{0,16}[A-Za-z]")
_BOX = str.maketrans(dict.fromkeys("│┃║╷╵", " "))  # terraform and rich draw a line beside each line of a message
_WRAPPED = lazy(r"[│┃║]?\n[│┃║] (?=\S)")
_MARGIN = lazy(r"\n[ \t]{1,16}\| ")  # sops and other programs of Go draw it in ASCII
_QUOTES = lazy(r"\\{1,8}(['\"])")  # JSON within JSON escapes more than once, Python what it prints of a dictionary
_ESCAPED = (("\\r\\n", " "), ("\\n", " "), ("\\t", " "), ("&quot;", '"'), ("&#34;", '"'), ("&#x27;", "'"))


def unboxed(text: str) -> str:
    """The lines that a box wrapped as one line each paragraph, without the box."""
    if not any(mark in text for mark in "│┃║"):
        return text
    return _WRAPPED.compiled.sub(" ", text).translate(_BOX)


def flat(text: str) -> str:
    """Prefixes of Airflow, ANSI codes and escapes are gone, every run of white space is one space."""
    text = text[:MOST]
    if "\x1b" in text:
        text = _ANSI.compiled.sub("", text)
    text = _PREFIX.compiled.sub("", text)
    text = _MARGIN.compiled.sub(" ", unboxed(text))
    if "\\" in text:
        text = _QUOTES.compiled.sub(r"\1", text)
    for escaped, plain in _ESCAPED:
        text = text.replace(escaped, plain)
    return " ".join(text.split())


def lowered(text: str) -> str:
    """In lower case with every character at its old place, which `str.lower` does not promise."""
    return text.encode("latin-1", "replace").lower().decode("latin-1")


def places(low: str, marker: str, most: int) -> Iterable[int]:
    """Where a marker stands, at most `most` times."""
    at = low.find(marker)
    while at >= 0 and most:
        yield at
        most -= 1
        at = low.find(marker, at + len(marker))
