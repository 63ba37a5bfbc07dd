"""What may be shown of a line: logins and tokens in addresses are hidden, in what is shown and never in the file."""

from __future__ import annotations

import re

LOGIN = re.compile(r"(?<=://)[^\s/\"'#?]{1,2000}@")
QUERY = re.compile(r"(?<=\?)[^\s\"'#]{1,4000}")
TOKEN_OPTION = re.compile(r"(?i)\b(token|password|passwd|secret|api[_-]?key)(\s{0,3}[=:]\s{0,3})[^\s\"'&]{1,2000}")
HIDDEN = "****"


def masked(text: str) -> str:
    """The text without userinfo, queries and named tokens of addresses."""
    if "://" not in text and "=" not in text and ":" not in text:
        return text
    shown = LOGIN.sub(f"{HIDDEN}@", text)
    if "://" in shown:
        shown = QUERY.sub(HIDDEN, shown)
    return TOKEN_OPTION.sub(rf"\1\2{HIDDEN}", shown)
