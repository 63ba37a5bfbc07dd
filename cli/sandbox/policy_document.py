"""A policy's JSON text, read into statements that know where they stand in it.

Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cli.sandbox.policy_condition import Condition, UnknownOperator

VERSION_WITH_VARIABLES = "2012-10-17"
VERSION_BY_DEFAULT = "2008-10-17"


class MalformedPolicy(Exception):
    """The text is no valid policy; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Position:
    """Of one character of a policy's text, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; of each pair (Action / NotAction, Resource / NotResource) exactly one is given."""

    allows: bool
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    resources: tuple[str, ...]
    not_resources: tuple[str, ...]
    conditions: tuple[Condition, ...]
    sid: str
    start: Position
    end: Position  # just behind the closing brace
    has_variables: bool  # ${…} is text in policies of the older version


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy with the name and the type that IAM's simulator reports it by."""

    id: str
    type: str
    statements: tuple[Statement, ...]

    @staticmethod
    def read(text: str, *, id: str = "PolicyInputList.1", type: str = "none") -> Policy:  # noqa: A002 # IAM's own words
        """Raises MalformedPolicy."""
        try:
            raw = json.loads(text)
        except ValueError as error:
            raise MalformedPolicy(f"not JSON: {error}") from error
        if not isinstance(raw, dict) or "Statement" not in raw:
            raise MalformedPolicy("a policy is an object with a Statement")
        has_variables = raw.get("Version", VERSION_BY_DEFAULT) == VERSION_WITH_VARIABLES
        found = tuple(_statement(*each, has_variables) for each in _statements(text))
        return Policy(id=id, type=type, statements=found)


def _statement(raw: Any, start: Position, end: Position, has_variables: bool) -> Statement:  # noqa: FBT001
    if not isinstance(raw, dict):
        raise MalformedPolicy("a statement is an object")
    if raw.get("Effect") not in {"Allow", "Deny"}:
        raise MalformedPolicy("Effect is Allow or Deny")
    _exactly_one(raw, "Action", "NotAction")
    _exactly_one(raw, "Resource", "NotResource")
    return Statement(
        allows=raw["Effect"] == "Allow",
        actions=_texts(raw, "Action"),
        not_actions=_texts(raw, "NotAction"),
        resources=_texts(raw, "Resource"),
        not_resources=_texts(raw, "NotResource"),
        conditions=_conditions(raw.get("Condition", {})),
        sid=str(raw.get("Sid", "")),
        start=start,
        end=end,
        has_variables=has_variables,
    )


def _exactly_one(raw: Mapping[str, Any], one: str, other: str) -> None:
    if (one in raw) == (other in raw):
        raise MalformedPolicy(f"a statement has either {one} or {other}")


def _texts(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = raw.get(key, [])
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(each, str) for each in values):
        raise MalformedPolicy(f"{key} holds something that is not text")
    return tuple(values)


def _conditions(raw: Any) -> tuple[Condition, ...]:
    if not isinstance(raw, dict) or not all(isinstance(keys, dict) for keys in raw.values()):
        raise MalformedPolicy("Condition is an object of operators")
    try:
        return tuple(
            Condition.of(operator, key, values) for operator, keys in raw.items() for key, values in keys.items()
        )
    except UnknownOperator as error:
        raise MalformedPolicy(str(error)) from error


def _statements(text: str) -> Iterator[tuple[Any, Position, Position]]:
    start = _value_of_statement(text)
    if text[start] != "[":
        yield _located(text, start)[0]
        return
    at = _skip(text, start + 1)
    while text[at] != "]":
        found, at = _located(text, at)
        yield found
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)


def _value_of_statement(text: str) -> int:
    """Where the value of the last top-level key "Statement" begins, as json.loads too takes the last one."""
    decoder = json.JSONDecoder()
    at, found = _skip(text, _skip(text, 0) + 1), -1
    while text[at] != "}":
        key, at = decoder.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        if key == "Statement":
            found = at
        _, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def _located(text: str, start: int) -> tuple[tuple[Any, Position, Position], int]:
    value, end = json.JSONDecoder().raw_decode(text, start)
    return (value, _position(text, start), _position(text, end)), end


def _position(text: str, offset: int) -> Position:
    return Position(line=text.count("\n", 0, offset) + 1, column=offset - text.rfind("\n", 0, offset))


def _skip(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at
