"""Condition operators, with what each does about an absent key and about several values.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from typing import Any

from cli.sandbox.policy_pattern import Context, equals_text, matches_arn, matches_text

IF_EXISTS = "IfExists"
FOR_ALL = "ForAllValues"
FOR_ANY = "ForAnyValue"


class UnknownOperator(Exception):
    """No condition operator of IAM has this name."""


Test = Callable[[str, str, Context | None], bool]  # (value of the policy, value of the request, variables)


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of a Condition block: an operator, a key, and the values that the policy names."""

    test: Test | None  # None: the operator Null
    negated: bool
    if_exists: bool
    quantifier: str  # "", ForAllValues or ForAnyValue
    key: str
    values: tuple[str, ...]

    @staticmethod
    def of(name: str, key: str, values: Any) -> Condition:
        """Raises UnknownOperator."""
        quantifier, colon, rest = name.rpartition(":")
        base = rest.removesuffix(IF_EXISTS)
        if (
            (colon and quantifier not in {FOR_ALL, FOR_ANY})
            or base not in OPERATORS
            or (base == "Null" and rest != base)
        ):
            raise UnknownOperator(f"there is no condition operator {name}")
        test, negated = OPERATORS[base]
        listed = values if isinstance(values, list) else [values]
        return Condition(test, negated, rest != base, quantifier, key, tuple(_text(each) for each in listed))

    def holds(self, context: Context, *, has_variables: bool) -> bool:
        """Whether the request's context fulfils it."""
        given = context.get(self.key.lower(), ())
        if self.test is None:
            return any((value.lower() == "true") == (not given) for value in self.values)
        if not given:
            return self._without_key()
        fits = [self._fits(value, context if has_variables else None) for value in given]
        if self.quantifier == FOR_ALL:
            return all(fits)
        if self.quantifier == FOR_ANY:
            return any(fits)
        return all(fits) if self.negated else any(fits)

    def _without_key(self) -> bool:
        if self.quantifier:
            return self.quantifier == FOR_ALL or self.if_exists
        return self.if_exists or self.negated

    def _fits(self, given: str, variables: Context | None) -> bool:
        assert self.test is not None  # noqa: S101 # holds() has answered Null
        return any(self.test(value, given, variables) for value in self.values) != self.negated


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _equals_folded(expected: str, given: str, variables: Context | None) -> bool:
    return equals_text(expected, given, variables, fold=True)


def _same_truth(expected: str, given: str, _: Context | None) -> bool:
    return expected.lower() == given.lower()


def _in_network(expected: str, given: str, _: Context | None) -> bool:
    try:
        return ip_address(given) in ip_network(expected, strict=False)
    except ValueError:
        return False


def _compare(read: Callable[[str], float], compare: Callable[[float, float], bool]) -> Test:
    def test(expected: str, given: str, _: Context | None) -> bool:
        try:
            return compare(read(given), read(expected))
        except ValueError:
            return False

    return test


def _seconds(text: str) -> float:
    """A date of ISO 8601 or an epoch second."""
    try:
        return float(text)
    except ValueError:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


ORDERINGS: dict[str, tuple[Callable[[float, float], bool], bool]] = {
    "Equals": (operator.eq, False),
    "NotEquals": (operator.eq, True),
    "LessThan": (operator.lt, False),
    "LessThanEquals": (operator.le, False),
    "GreaterThan": (operator.gt, False),
    "GreaterThanEquals": (operator.ge, False),
}

OPERATORS: dict[str, tuple[Test | None, bool]] = {
    "StringEquals": (equals_text, False),
    "StringNotEquals": (equals_text, True),
    "StringEqualsIgnoreCase": (_equals_folded, False),
    "StringNotEqualsIgnoreCase": (_equals_folded, True),
    "StringLike": (matches_text, False),
    "StringNotLike": (matches_text, True),
    "BinaryEquals": (equals_text, False),
    "Bool": (_same_truth, False),
    "IpAddress": (_in_network, False),
    "NotIpAddress": (_in_network, True),
    # ArnEquals and ArnLike behave the same, wildcards included.
    "ArnEquals": (matches_arn, False),
    "ArnLike": (matches_arn, False),
    "ArnNotEquals": (matches_arn, True),
    "ArnNotLike": (matches_arn, True),
    "Null": (None, False),
    **{f"Numeric{name}": (_compare(float, test), negated) for name, (test, negated) in ORDERINGS.items()},
    **{f"Date{name}": (_compare(_seconds, test), negated) for name, (test, negated) in ORDERINGS.items()},
}
