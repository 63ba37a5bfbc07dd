"""Reads a table that lies beside this module, once."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Made(NamedTuple):
    """When a table was built, and from what."""

    date: str  # ISO date
    versions: tuple[str, ...]  # Airflow versions of the images it covers, oldest first


@cache
def load(name: str) -> dict[str, Any]:
    """The table's content; the caller must not change it."""
    raw = files(__package__).joinpath(name).read_bytes()
    table: dict[str, Any] = json.loads(gzip.decompress(raw))
    return table


def made(name: str) -> Made:
    """The table's own word on its age."""
    table = load(name)
    return Made(table["made"], tuple(table["versions"]))
