"""uv's own words, read: one sentence of why it found nothing, and the clauses in it.

Golden for the pinned uv (0.13): `error: No solution found when resolving dependencies`, then `  cause: Because …` over
several lines, then hints. A bare `name==version` in it is a constraint, `you require name==version` the user's line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UNSOLVED = "No solution found when resolving"
START = re.compile(r"(?:cause:|╰─▶) (Because )")
SPACES = re.compile(r"\s+")
NAME = r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{0,99})"
SOURCE_ONLY = re.compile(r"Wheels are required for `" + NAME + r"` because building from source is disabled")
WITHOUT_WHEEL = re.compile(
    NAME + r"(?:\[[^\]\s]{0,200}\])?(?:\{[^}\n]{0,200}\})?==(?P<version>[^\s,]{1,60}) has no usable wheels"
)
UNFIT = re.compile(NAME + r"(?:[=<>][^\s]{1,100})? has no wheels with a matching (?:platform|Python)")
UNREACHABLE = (
    "Request failed after",
    "Failed to fetch",
    "error sending request",
    "dns error",
    "operation timed out",
    "client error (Connect)",
)
REFUSED = ("hint: An index", "403 Forbidden", "401 Unauthorized", "lack of valid authentication credentials")
LONGEST = 600  # characters of a sentence that a person still reads


@dataclass(frozen=True, slots=True)
class Unsolved:
    """No solution; the words are uv's own."""

    sentence: str
    whole: str  # the whole joined text


def read_unsolved(stderr: str) -> Unsolved:
    """The explanation in one line."""
    found = START.search(stderr)
    text = stderr[found.start(1) :] if found else stderr
    whole = SPACES.sub(" ", text.partition("\nhint:")[0].partition("\n\n")[0]).strip()
    return Unsolved(_short(whole), SPACES.sub(" ", stderr))


def _short(text: str) -> str:
    """The first and the last step of a long derivation."""
    if len(text) <= LONGEST:
        return text
    first = text[: LONGEST // 2].rsplit(" ", 1)[0]
    return f"{first} … {text[-LONGEST // 2 :].split(' ', 1)[1]}"


def source_only(text: str) -> dict[str, frozenset[str]]:
    """The distributions that uv would have to build, with the versions that it names, if any."""
    names = {match["name"] for match in SOURCE_ONLY.finditer(text)}
    named = [(match["name"], match["version"]) for match in WITHOUT_WHEEL.finditer(text)]
    return {name: frozenset(version for each, version in named if each == name) for name in sorted(names)}


def without_fitting_wheel(text: str) -> tuple[str, ...]:
    """The distributions of which some release has wheels only for other platforms or Pythons."""
    return tuple(dict.fromkeys(match["name"] for match in UNFIT.finditer(text)))
