"""How distributions are spelt; what needs `packaging` loads it when first called, so that a start stays short."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packaging.requirements import Requirement

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
