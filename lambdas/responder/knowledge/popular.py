"""The names of the most downloaded distributions: what a stranger would not own by accident.

Made by `cli/knowledge/popular.py` from the public index's own download ranks.
"""

from __future__ import annotations

import gzip
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

FILE = "popular.txt.gz"


def popular(name: str) -> str | None:
    """The distribution that this name is, whatever its dashes, dots, underscores and letter case; None if unknown."""
    return _names().get(_bare(name))


def most_downloaded() -> Collection[str]:
    """All of them, canonical, in no order that means anything."""
    return _names().values()


@cache
def _names() -> Mapping[str, str]:
    text = gzip.decompress(files(__package__).joinpath(FILE).read_bytes()).decode()
    return {_bare(name): name for name in text.split("\n")}


def _bare(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").replace(".", "")
