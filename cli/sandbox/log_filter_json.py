"""Filter patterns for JSON events: `{ ($.level = "error") && ($.error_detail[0].exc_type = "*") }`.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from typing import Any

from cli.sandbox.log_filter_syntax import BadPattern

Wanted = Callable[[Any], bool]

TOKEN = re.compile(
    r"""\s*(?:(?P<mark>\|\||&&|!=|>=|<=|[(){}=<>])
    |(?P<selector>\$(?:\.\[?'[^']+'\]?|\.[\w@-]+|\[(?:\d+|\*)\])+)
    |"(?P<text>(?:[^"\\]|\\.)*)"
    |%(?P<regex>[^%]+)%
    |(?P<word>[^\s(){}=<>!&|"]+))""",
    re.VERBOSE,
)
STEP = re.compile(r"\.\[?'([^']+)'\]?|\.([\w@-]+)|\[(\d+|\*)\]")
NUMBERS: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def compile_json(text: str) -> Wanted:
    """Raises BadPattern."""
    parser = _Parser(text)
    parser.take("mark", "{")
    wanted = parser.any_of()
    parser.take("mark", "}")
    if parser.tokens:
        raise BadPattern(f"there is more behind the pattern: {text!r}")
    return wanted


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_tokens(text))

    def any_of(self) -> Wanted:
        return self._joined("||", self._all_of, any)

    def _all_of(self) -> Wanted:
        return self._joined("&&", self._one, all)

    def _joined(self, mark: str, read: Callable[[], Wanted], how: Callable[[Iterator[bool]], bool]) -> Wanted:
        parts = [read()]
        while self._next_is("mark", mark):
            parts.append(read())
        return parts[0] if len(parts) == 1 else lambda value: how(part(value) for part in parts)

    def _one(self) -> Wanted:
        if self._next_is("mark", "("):
            inner = self.any_of()
            self.take("mark", ")")
            return inner
        select = _selector(self.take("selector"))
        if self._next_is("word", "NOT"):
            self.take("word", "EXISTS")
            return lambda value: not list(select(value))
        if self._next_is("word", "IS"):
            constant = _CONSTANTS[self.take("word")]
            return lambda value: any(each is constant for each in select(value))
        return _comparison(select, self.take("mark"), self._pop())

    def take(self, kind: str, text: str | None = None) -> str:
        found = self._pop()
        if found[0] != kind or text not in {None, found[1]}:
            raise BadPattern(f"{found[1]!r} stands where {text or kind} belongs: {self.text!r}")
        return found[1]

    def _next_is(self, kind: str, text: str) -> bool:
        if self.tokens and self.tokens[0] == (kind, text):
            self.tokens.pop(0)
            return True
        return False

    def _pop(self) -> tuple[str, str]:
        if not self.tokens:
            raise BadPattern(f"the pattern ends too early: {self.text!r}")
        return self.tokens.pop(0)


_CONSTANTS = {"NULL": None, "TRUE": True, "FALSE": False}


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while text[at:].strip():
        found = TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise BadPattern(f"cannot read the pattern from {text[at:]!r} on")
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


def _selector(text: str) -> Callable[[Any], Iterator[Any]]:
    steps = [quoted or name or index for quoted, name, index in STEP.findall(text)]

    def select(value: Any) -> Iterator[Any]:
        found = [value]
        for step in steps:
            found = [inner for each in found for inner in _inner(each, step)]
        return iter(found)

    return select


def _inner(value: Any, step: str) -> list[Any]:
    if isinstance(value, dict):
        return [value[step]] if step in value else []
    if isinstance(value, list):
        return value if step == "*" else value[int(step) : int(step) + 1] if step.isdigit() else []
    return []


def _comparison(select: Callable[[Any], Iterator[Any]], mark: str, wanted: tuple[str, str]) -> Wanted:
    if mark not in NUMBERS:
        raise BadPattern(f"{mark!r} compares nothing")
    kind, text = wanted
    number = _number(text) if kind == "word" else None
    if number is not None:
        compare = NUMBERS[mark]
        return lambda value: any(
            compare(each, number)
            for each in select(value)
            if isinstance(each, int | float) and not isinstance(each, bool)
        )
    if mark not in {"=", "!="}:
        raise BadPattern(f"{mark} compares numbers only")
    expression = re.compile(text if kind == "regex" else ".*".join(map(re.escape, text.split("*"))), re.DOTALL)
    fits = expression.search if kind == "regex" else expression.fullmatch
    return lambda value: any(
        (fits(str(each)) is not None) == (mark == "=") for each in select(value) if _is_scalar(each)
    )


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | int | float)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
