"""A JSON object that a person has written, read with a sentence for every mistake in it."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

LONGEST_PATTERN = 60

E = TypeVar("E", bound=StrEnum)


class BadSettings(Exception):
    """The context of cdk.json does not make sense; the text has one sentence a mistake."""


@dataclass
class Section:
    """One object, and the path that leads to it. Reading never fails: `finish` raises all that was wrong at once."""

    raw: Any
    path: str
    problems: list[str] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _parts: list[Section] = field(default_factory=list)

    def __post_init__(self) -> None:
        if isinstance(self.raw, str):  # `cdk deploy -c responder='{…}'` hands over text
            self.raw = _parsed(self.raw)
        if not isinstance(self.raw, Mapping):
            self.complain("must be an object" if self.raw is not None else "is missing: cdk.json's context needs it")
            self.raw = {}

    def complain(self, sentence: str) -> None:
        self.problems.append(f"{self.path}: {sentence}.")

    def section(self, name: str) -> Section:
        """An object inside; a missing one reads as empty."""
        return self._part(self._take(name, {}), name)

    def sections(self, name: str) -> tuple[Section, ...]:
        """A list of objects."""
        return tuple(self._part(each, f"{name}[{number}]") for number, each in enumerate(self._list(name)))

    def names(self, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """All the keys, where they are names that the deployer gives."""
        self._known.update(self.raw)
        for name in self.raw:
            if not pattern.fullmatch(name):
                self.complain(f"{name!r} is not a valid name")
        return tuple(sorted(name for name in self.raw if pattern.fullmatch(name)))

    def members(self, kind: type[E]) -> tuple[E, ...]:
        """The keys that are there, where they come from a fixed set."""
        self._known.update(kind)
        return tuple(member for member in kind if member in self.raw)

    def required(self, name: str, pattern: re.Pattern[str], what: str) -> str:
        value = self._take(name, None)
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
        self.complain(f"{name} must be {what}" + ("" if value is None else f", not {_shown(value)}"))
        return ""

    def optional(self, name: str, pattern: re.Pattern[str], what: str) -> str | None:
        return None if self.raw.get(name) is None and self._knows(name) else self.required(name, pattern, what)

    def texts(self, name: str, pattern: re.Pattern[str], what: str) -> tuple[str, ...]:
        values = self._list(name)
        for value in values:
            if not (isinstance(value, str) and pattern.fullmatch(value)):
                self.complain(f"{name} must be a list of {what}; {_shown(value)} is none")
        texts = [value for value in values if isinstance(value, str)]
        for value in dict.fromkeys(value for value in texts if texts.count(value) > 1):
            self.complain(f"{name} has {_shown(value)} twice")
        return tuple(texts)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        value = self._take(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.complain(f"{name} must be a whole number from {least} to {most}, not {_shown(value)}")
        return default

    def flag(self, name: str) -> bool:
        value = self._take(name, False)  # noqa: FBT003 - the default
        if not isinstance(value, bool):
            self.complain(f"{name} must be true or false, not {_shown(value)}")
        return value is True

    def choice(self, name: str, kind: type[E], default: E) -> E:
        value = self._take(name, default)
        if _is_of(kind, value):
            return kind(value)
        self.complain(f"{name} must be one of {_listed(kind)}, not {_shown(value)}")
        return default

    def choices(self, name: str, kind: type[E]) -> tuple[E, ...]:
        values = self._list(name)
        if not values:
            self.complain(f"{name} must list at least one of {_listed(kind)}")
        for value in values:
            if not _is_of(kind, value):
                self.complain(f"{name} must be a list of {_listed(kind)}; {_shown(value)} is none")
        return tuple(kind(value) for value in values if _is_of(kind, value))

    def pattern(self, name: str) -> str:
        """A shell-style pattern; left out, it fits everything."""
        value = self._take(name, "*")
        if isinstance(value, str) and 0 < len(value) <= LONGEST_PATTERN:
            return value
        self.complain(f"{name} must be text such as sales-*, at most {LONGEST_PATTERN} characters, not {_shown(value)}")
        return "*"

    def finish(self) -> None:
        """Raises BadSettings if this object or one inside it has a mistake."""
        problems = list(self.all_problems())
        if problems:
            raise BadSettings("\n".join(problems))

    def all_problems(self) -> Iterable[str]:
        """A sentence for each mistake, also of the objects inside."""
        yield from self.problems
        if self._known:
            yield from (self._unknown(name) for name in self.raw if name not in self._known)
        for part in self._parts:
            yield from part.all_problems()

    def _unknown(self, name: str) -> str:
        near = difflib.get_close_matches(name, self._known, n=1)
        return f"{self.path}: {name} is not a setting" + (f"; {near[0]} is." if near else ".")

    def _part(self, raw: Any, name: str) -> Section:
        part = Section(raw, f"{self.path}.{name}")
        self._parts.append(part)
        return part

    def _knows(self, name: str) -> bool:
        self._known.add(name)
        return True

    def _take(self, name: str, default: Any) -> Any:
        self._known.add(name)
        value = self.raw.get(name)
        return default if value is None else value

    def _list(self, name: str) -> list[Any]:
        value = self._take(name, [])
        if isinstance(value, list):
            return value
        self.complain(f"{name} must be a list, not {_shown(value)}")
        return []


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _is_of(kind: type[StrEnum], value: Any) -> bool:
    return isinstance(value, str) and value in set(kind)


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)[:80]


def _listed(kind: type[StrEnum]) -> str:
    return ", ".join(kind)
