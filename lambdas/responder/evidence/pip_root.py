"""Which of pip's complaints is the root: one and the same for every cause, so that they exclude each other."""

from __future__ import annotations

from collections.abc import Sequence

from responder.evidence import pip_output as pip
from responder.model import PipProblem, PipReport

# A file that cannot be read at all comes first, then what broke while resolving, then what only says "nothing found".
ORDER = (
    pip.SYNTAX,
    pip.CONSTRAINT_URL,
    pip.MISSING_FILE,
    pip.DISK,
    pip.SYSTEM_PYTHON,
    pip.HASH,
    pip.AIRFLOW_PIN,
    pip.REPOSITORY,
    pip.BUILD,
    pip.PYTHON,
    pip.PLATFORM,
    pip.NETWORK,
    pip.YANKED,
    pip.METADATA,
    pip.CONFLICT,
    pip.SAME_PIN,
    pip.NO_VERSION,
    pip.INDEX,
    pip.NO_NAME,
    pip.TIMEOUT,
)


def root(report: PipReport | None) -> PipProblem | None:
    """The complaint that the others follow from; None where pip did not fail."""
    if report is None or not report.failed:
        return None
    known = [each for each in report.problems if each.kind in ORDER]
    return min(known, key=lambda each: ORDER.index(each.kind), default=None)


def root_again(lines: Sequence[str]) -> PipProblem | None:
    """The same from the lines that show it: one alone may be a warning only, but that pip failed is known."""
    return root(pip.read_pip((*lines, pip.CLOSING[0])))
