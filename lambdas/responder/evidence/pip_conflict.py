"""pip's ResolutionImpossible: who wants what, and which constraint stands against it.

ERROR: Cannot install pandas==2.2.3 because these package versions have conflicting dependencies.
The conflict is caused by:
    The user requested pandas==2.2.3
    The user requested (constraint) pandas==2.1.4
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from responder.evidence.lazy_pattern import lazy
from responder.requirements.spelling import canonical, parsed

if TYPE_CHECKING:
    from packaging.requirements import Requirement

AIRFLOW = "apache-airflow"
HEAD = lazy(r"ERROR: Cannot install (?P<reqs>[^\n]{1,1500}) because these package versions have conflicting")
IMPOSSIBLE = "ResolutionImpossible"
DEPENDS = lazy(
    r"^\s{0,12}(?P<name>[A-Za-z0-9][\w.\[\],-]{0,120}) (?P<version>\S{1,60}) depends on (?P<dep>[^\n]{1,300})$"
)
WANTED = lazy(r"^\s{0,12}The user requested (?P<req>[^(\n][^\n]{0,300})$")
CONSTRAINT = lazy(r"^\s{0,12}The user requested \(constraint\) (?P<req>[^\n]{1,300})$")
NAME = lazy(r"[A-Za-z0-9][\w.-]{0,99}")
MOST_LINES = 6  # of the body; the first ones name both sides


class Conflict(NamedTuple):
    """Both sides of a conflict, as pip words them."""

    requirement: str | None  # the user's line that it hangs on
    distribution: str | None
    other: str | None  # what stands against it: a constraint, or another package's dependency
    one_pin: bool  # both sides are the very same pin: no file of it fits, or none is to be had
    lines: tuple[str, ...]


def read_conflict(lines: Sequence[str]) -> Conflict | None:
    """The conflict, None where pip reports none."""
    head = next((match for line in lines if (match := HEAD.search(line))), None)
    if head is None and not any(IMPOSSIBLE in line for line in lines):
        return None
    wanted = [match["req"].strip() for line in lines if (match := WANTED.match(line))]
    constraints = [match["req"].strip() for line in lines if (match := CONSTRAINT.match(line))]
    depends = [line.strip() for line in lines if DEPENDS.match(line)]
    body = [line.strip() for line in lines if WANTED.match(line) or CONSTRAINT.match(line) or DEPENDS.match(line)]
    requirement = _blamed(wanted, constraints, depends, head)
    others = [each for each in (*constraints, *depends, *wanted) if each != requirement]
    return Conflict(
        requirement=requirement,
        distribution=name_of(requirement) if requirement else None,
        other=others[0] if others else None,
        one_pin=_one_pin(wanted, constraints, depends),
        lines=(*body[:MOST_LINES], *((head.group().strip(),) if head else ())),
    )


def _blamed(wanted: list[str], constraints: list[str], depends: list[str], head: re.Match[str] | None) -> str | None:
    """The user's requirement that meets a constraint of the same name, else the first user's one there is.

    Where pip lists no line of the user's, the head names one; but only the body tells between which two it stands:
    `Cannot install apache-airflow` may be over what it asks for deep below.
    """
    limited = {name_of(each) for each in constraints}
    against = next((each for each in wanted if name_of(each) in limited), None)
    if against or wanted:
        return against or wanted[0]
    pinned = [each for each in _head_items(head) if not each.startswith("-r ")] if head else []
    sides = {name_of(each) for each in depends}
    named = next((each for each in pinned if not sides or name_of(each) in sides), None)
    return named or _pin_of(depends) or next(iter(pinned), None)


def _head_items(head: re.Match[str]) -> list[str]:
    return [each.strip() for each in re.split(r", | and ", head["reqs"]) if each.strip()]


def _pin_of(depends: list[str]) -> str | None:
    match = DEPENDS.match(depends[0]) if depends else None
    return f"{match['name']}=={match['version']}" if match else None


def _one_pin(wanted: list[str], constraints: list[str], depends: list[str]) -> bool:
    """All sides can be had at once, as far as their words go: then no file of that version fits."""
    sides = [parsed(each) for each in (*wanted, *constraints)]
    if depends or not sides or len({canonical(side.name) for side in sides if side}) != 1:
        return False
    pins = {pin for side in sides if side for pin in _pins(side)}
    pin = next(iter(pins), "")
    return len(pins) == 1 and all(side and side.specifier.contains(pin, prereleases=True) for side in sides)


def _pins(requirement: Requirement) -> set[str]:
    return {
        each.version for each in requirement.specifier if each.operator in ("==", "===") and "*" not in each.version
    }


def name_of(requirement: str) -> str | None:
    """The canonical name that a requirement starts with."""
    match = NAME.match(requirement)
    return canonical(match.group()) if match else None
