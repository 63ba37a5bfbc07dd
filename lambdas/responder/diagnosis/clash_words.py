"""What keeps pip from resolving requirements.txt, and what to do by hand, by the kind of its complaint."""

from __future__ import annotations

from typing import NamedTuple

from responder.evidence.pip_output import HASH, SYNTAX, TIMEOUT
from responder.model import PipProblem


class Told(NamedTuple):
    """The beginning of a sentence, and the steps for when no corrected file could be made."""

    why: str
    by_hand: tuple[str, ...]


_CONFLICT = (
    "Take the version that the Airflow constraints of the environment name, or remove the pin and let them choose.",
    "A tool that needs other versions (dbt, for example) goes into a virtual environment of its own, made in the startup script.",
)
_HASH = (
    "Make the hashes anew, for the environment's Python and platform: a file that was built or uploaded again has another one.",
    "Or take all --hash options out: one of them anywhere makes pip ask for one everywhere.",
)
_SYNTAX = ("Write one requirement a line, as in name==1.2.3: no single `=`, no commands, no quotes around it.",)
# https://docs.aws.amazon.com/mwaa/latest/userguide/best-practices-dependencies.html
_TIMEOUT = (
    "Pin every package, at the versions that the environment's Airflow constraints name: pip then has nothing to weigh.",
)


def clash_words(requirement: str | None, found: PipProblem | None) -> Told:
    """`requirement`: the line that it hangs on; `found`: what pip says, None where that is no longer known."""
    line = requirement or "One of its lines"
    kind = found.kind if found else None
    if kind == SYNTAX:
        return Told(f"pip cannot read {f'the line {requirement}' if requirement else 'one of its lines'}.", _SYNTAX)
    if kind == HASH:
        return Told(f"{line} does not have the hash that the file gives for it, or has none", _HASH)
    if kind == TIMEOUT:
        return Told("pip found no set of versions in the 9 minutes that MWAA gives it", _TIMEOUT)
    return Told(_against(line, found), _CONFLICT)


def _against(line: str, found: PipProblem | None) -> str:
    other = found.detail if found else None
    if found is None or not other:
        return f"{line} does not go together with the rest of the file or with the constraints"
    if " depends on " in other:
        return f"{line} is asked for, but {other}"
    by_constraint = any("(constraint)" in each and other in each for each in found.lines)
    return f"{line} is asked for, but {'the constraints want' if by_constraint else 'another line wants'} {other}"
