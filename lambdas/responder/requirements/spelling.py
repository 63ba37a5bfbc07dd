"""How distributions are spelt; what needs `packaging` loads it when first called, so that a start stays short."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packaging.requirements import Requirement

    from responder.requirements.lines import Line

SEPARATORS = re.compile(r"[-_.]+")


def canonical(name: str) -> str:
    """A name as indexes compare it: https://packaging.python.org/en/latest/specifications/name-normalization/."""
    return SEPARATORS.sub("-", name).lower()


def parsed(requirement: str) -> Requirement | None:
    """A requirement, None where it is none."""
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        return Requirement(requirement)
    except InvalidRequirement:
        return None


def pin_of(line: Line) -> str | None:
    """The one version that a line allows, None for a range."""
    specifiers = list(line.requirement.specifier) if line.requirement else []
    if len(specifiers) != 1 or specifiers[0].operator not in ("==", "===") or "*" in specifiers[0].version:
        return None
    return specifiers[0].version
