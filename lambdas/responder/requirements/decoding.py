"""A requirements file's bytes as text, decoded as pip does: byte order mark, then a coding comment, then UTF-8."""

from __future__ import annotations

import codecs
import re

MOST_BYTES = 1_000_000  # of a file; the longest real one, with hashes, has about 300,000
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CODING = re.compile(rb"^[ \t\f]*#.{0,200}?coding[:=][ \t]*([-\w.]{1,40})")


class Unreadable(Exception):
    """The file is no text that pip could read; the message says why."""


def decoded(data: bytes) -> tuple[str, str, bytes]:
    """The text, its encoding, and the byte order mark before it. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"it has more than {MOST_BYTES:,} bytes")
    bom, marked = next(((mark, name) for mark, name in BOMS if data.startswith(mark)), (b"", ""))
    encoding = marked or _declared(data) or "utf-8"
    try:
        text = data[len(bom) :].decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        reason = f"byte {error.start}" if isinstance(error, UnicodeDecodeError) else "no such encoding"
        raise Unreadable(f"it is not {encoding} text ({reason})") from error
    if "\0" in text:
        raise Unreadable("it has bytes of zero, so it is no text")
    return text, encoding, bom


def _declared(data: bytes) -> str | None:
    """From one of the first two lines."""
    for line in data.split(b"\n", 2)[:2]:
        if match := CODING.match(line):
            return match[1].decode("ascii", "replace")
    return None
