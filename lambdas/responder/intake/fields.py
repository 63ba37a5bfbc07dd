"""Reading JSON whose exact spelling nobody promises.

AWS publishes no schema for the details of the MWAA events, so keys are looked up without regard to case and
underscores, and anything of another type than expected counts as absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST_TEXT = 1_024  # characters of one identifier: twice the longest stream name that CloudWatch Logs allows


def text(raw: Any, *names: str) -> str | None:
    """The first of these keys that holds a non-empty string, bounded; None if none does."""
    found = _first(raw, names)
    if isinstance(found, str) and found:
        return found[:MOST_TEXT]
    return None


def number(raw: Any, *names: str) -> int | None:
    """The first of these keys that holds a whole number, or a string of ASCII digits; None if none does."""
    found = _first(raw, names)
    if isinstance(found, bool):
        return None
    if isinstance(found, int):
        return found
    if isinstance(found, str) and len(found) <= len("2147483647") and found.isascii() and found.isdigit():
        return int(found)
    return None


def mapping(raw: Any, *names: str) -> Mapping[str, Any]:
    """The first of these keys that holds an object, else an empty one."""
    found = _first(raw, names)
    return found if isinstance(found, dict) else {}


def _first(raw: Any, names: tuple[str, ...]) -> Any:
    if not isinstance(raw, dict):
        return None
    spelt = {_plain(key): value for key, value in raw.items() if isinstance(key, str)}
    return next((spelt[_plain(name)] for name in names if spelt.get(_plain(name)) is not None), None)


def _plain(key: str) -> str:
    return key.replace("_", "").lower()
