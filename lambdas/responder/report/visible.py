"""Takes out of a text what nobody sees: it would steer a terminal, turn the direction of writing, or hide what is said."""

from __future__ import annotations

import re

# Colours and the like (CSI), and links and titles (OSC), https://www.xfree86.org/current/ctlseqs.html
_TERMINAL = re.compile(r"(?:\x1b\[|\x9b)[0-9;?]{0,32}[@-~]|\x1b\][^\x07\x1b]{0,512}(?:\x07|\x1b\\)|\x1b[@-_]?")
# Control characters but tab and line end, separators of lines that only some readers know, marks and overrides of
# direction (https://www.unicode.org/reports/tr9/), and tags, which are letters that are never drawn.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text with blanks in their place. Windows' line ends become plain ones."""
    if text.isprintable():
        return text
    return _UNSEEN.sub(" ", _TERMINAL.sub("", text.replace("\r\n", "\n")))
