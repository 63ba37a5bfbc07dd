"""A line that begins with a dash, split as pip splits it: https://pip.pypa.io/en/stable/reference/requirements-file-format/."""

from __future__ import annotations

import shlex
from typing import NamedTuple

SHORT = {"-r": "--requirement", "-c": "--constraint", "-e": "--editable", "-i": "--index-url", "-f": "--find-links"}
LONG = (
    "--requirement", "--constraint", "--editable", "--index-url", "--pypi-url", "--extra-index-url", "--no-index", "--find-links",
    "--no-binary", "--only-binary", "--prefer-binary", "--require-hashes", "--pre", "--trusted-host", "--use-feature",
)  # fmt: skip
ALONE = frozenset({"--no-index", "--prefer-binary", "--require-hashes", "--pre"})  # these take no value
PASSED_OVER = "-"  # what follows a lone dash is for pip no option and no requirement: it says nothing and goes on


class Option(NamedTuple):
    """One option; `why` where pip stops at it, or passes over the line."""

    name: str  # the long name; empty for an unknown one
    value: str = ""  # without quotes
    why: str = ""


def read_option(text: str) -> Option:
    """The first option of a line, as it stands there without its comment."""
    word, _, rest = text.partition(" ")
    if word in ("-", "--"):
        return Option(PASSED_OVER, why="a dash with a blank behind it begins no requirement")
    if not word.startswith("--"):
        word, rest = word[:2], f"{word[2:]} {rest}"
    name, equals, attached = word.partition("=")
    full = SHORT.get(name) or _prefix_of(name)
    if full is None:
        return Option("", why=f"pip knows no option {name} in a requirements file")
    words = _words(f"{attached} {rest}" if equals else rest.lstrip().removeprefix("="))
    if words is None:
        return Option("", why="a quote is opened and not closed")
    if not words and full not in ALONE:
        return Option("", why=f"{name} needs a value")
    return Option(full, words[0] if words and full not in ALONE else "")


def _prefix_of(name: str) -> str | None:
    found = [each for each in LONG if each == name or (len(name) > len("--") and each.startswith(name))]
    return name if name in LONG else found[0] if len(found) == 1 else None


def _words(text: str) -> list[str] | None:
    """As a shell would read them; None where a quote is not closed."""
    try:
        return shlex.split(text)
    except ValueError:
        return None
