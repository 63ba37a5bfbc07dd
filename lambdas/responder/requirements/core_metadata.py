"""The head of a distribution's metadata: https://packaging.python.org/en/latest/specifications/core-metadata/."""

from __future__ import annotations

import re

HEADER = re.compile(r"^(Requires-Python|Requires-Dist|Provides-Extra):[ \t]{0,10}(\S.{0,2000})$", re.MULTILINE)


def headers(text: str) -> list[tuple[str, str]]:
    """What it asks for and offers, by the names of the fields; what follows an empty line is the description."""
    head = text.replace("\r\n", "\n").partition("\n\n")[0]
    return [(name, value.strip()) for name, value in HEADER.findall(head)]
