"""IAM's wildcards and policy variables.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

ARN_SEPARATORS = 5  # arn:partition:service:region:account:resource
VARIABLE = re.compile(r"\$\{([^{}]*)\}")
SPECIAL = {"*": "*", "?": "?", "$": "$"}  # ${*} is the character itself

Context = Mapping[str, tuple[str, ...]]  # keys in lower case: IAM compares key names without case


def matches_action(pattern: str, action: str) -> bool:
    """Actions and their service prefix are compared without case."""
    return _glob(pattern.lower(), ANY).fullmatch(action.lower()) is not None


def matches_resource(pattern: str, resource: str, context: Context | None) -> bool:
    """Whether an ARN is meant by a Resource element; `context` None: the policy's version knows no variables.

    A '*' inside one of the first five segments stays inside it; at the end of a segment it may go beyond.
    """
    expanded = expand(pattern, context)
    return expanded is not None and _glob(expanded, ARN).fullmatch(resource) is not None


def matches_text(pattern: str, value: str, context: Context | None) -> bool:
    """StringLike: '*' and '?' stand for any characters."""
    expanded = expand(pattern, context)
    return expanded is not None and _glob(expanded, ANY).fullmatch(value) is not None


def matches_arn(pattern: str, value: str, context: Context | None) -> bool:
    """ArnLike: each of the six parts of an ARN is compared by itself."""
    expanded = expand(pattern, context)
    if expanded is None or expanded == "*":
        return expanded == "*"
    patterns, values = expanded.split(":", ARN_SEPARATORS), value.split(":", ARN_SEPARATORS)
    return len(patterns) == len(values) and all(
        _glob(one, ANY).fullmatch(other) for one, other in zip(patterns, values, strict=True)
    )


def equals_text(expected: str, value: str, context: Context | None, *, fold: bool = False) -> bool:
    """StringEquals, with variables replaced; wildcards are plain characters here."""
    expanded = expand(expected, context)
    if expanded is None:
        return False
    plain = _plain(expanded)
    return plain.lower() == value.lower() if fold else plain == value


def variables(text: str) -> Iterator[str]:
    """The names of the context keys that the text wants to have filled in."""
    for found in VARIABLE.finditer(text):
        if found[1] not in SPECIAL:
            yield found[1].partition(",")[0].strip()


# A value that a variable brought in is no pattern: its wildcards are marked with this private character.
LITERAL = "\ue000"


def expand(text: str, context: Context | None) -> str | None:
    """The text with its variables filled in; None when one has neither a value nor a default."""
    if context is None:
        return text
    pieces, end = [], 0
    for found in VARIABLE.finditer(text):
        value = _value(found[1], context)
        if value is None:
            return None
        pieces += [text[end : found.start()], _literal(value)]
        end = found.end()
    return "".join([*pieces, text[end:]])


def _value(name: str, context: Context) -> str | None:
    if name in SPECIAL:
        return SPECIAL[name]
    key, comma, default = name.partition(",")
    values = context.get(key.strip().lower(), ())
    if len(values) == 1:
        return values[0]
    return default.strip().strip("'") if comma and not values else None


def _literal(value: str) -> str:
    return "".join(LITERAL + char if char in SPECIAL else char for char in value)


def _plain(expanded: str) -> str:
    return expanded.replace(LITERAL, "")


ANY, ARN = "any", "arn"


@lru_cache(maxsize=4096)
def _glob(pattern: str, kind: str) -> re.Pattern[str]:
    segments_left = ARN_SEPARATORS if kind == ARN and pattern.startswith("arn:") else 0
    pieces, literal = [], False
    for index, char in enumerate(pattern):
        if char == LITERAL:
            literal = True
            continue
        segments_left -= char == ":"
        inner = segments_left > 0 and index + 1 < len(pattern) and pattern[index + 1] != ":"
        pieces.append(re.escape(char) if literal else _piece(char, stays_inside=inner))
        literal = False
    return re.compile("".join(pieces), re.DOTALL)


def _piece(char: str, *, stays_inside: bool) -> str:
    if char == "*":
        return "[^:]*" if stays_inside else ".*"
    if char == "?":
        return "."
    return re.escape(char)
