"""What one run of pip printed, read into problems; pip 20 to 26, and the lines that MWAA adds.

pip prints a conflict's head on stderr and its body on stdout, so the two may stand apart: every template is looked
for in all lines. Texts: https://github.com/pypa/pip (src/pip/_internal), seen with real runs of each version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from responder.evidence.lazy_pattern import LazyPattern, lazy
from responder.evidence.pip_build import read_build, read_fetch
from responder.evidence.pip_conflict import AIRFLOW, read_conflict
from responder.evidence.pip_lines import pip_lines
from responder.model import PipProblem, PipReport
from responder.requirements.spelling import canonical, parsed

if TYPE_CHECKING:
    from packaging.requirements import Requirement

# The kinds of problem; `requirements-*` causes and others are chosen by them.
NO_NAME, NO_VERSION, YANKED, PYTHON, PLATFORM = "no-name", "no-version", "yanked", "python", "platform"
CONFLICT, SAME_PIN, AIRFLOW_PIN, BUILD, SYNTAX = "conflict", "same-pin", "airflow-pin", "build", "syntax"
INDEX, NETWORK, DISK, HASH, MISSING_FILE = "index", "network", "disk", "hash", "missing-file"
REPOSITORY = "repository"
CONSTRAINT_URL, METADATA, TIMEOUT, INSTALLED, SYSTEM_PYTHON = (
    "constraint-url",
    "metadata",
    "timeout",
    "installed",
    "system-python",
)
HARMLESS = frozenset({INSTALLED})  # pip ends with status 0 all the same

PIP_WORDS = ("Collecting ", "ERROR: ", "error: ", "Requirement already satisfied", "Forcing local constraints", "pip")
CLOSING = ("pip installation exited with a non-zero error code", "There was an error installing the requirements")
WEIGHING = lazy(r"INFO: (?:pip is looking at multiple versions of (?P<req>\S{1,100})|This is taking longer than usual)")
NOT_FOUND = "Could not find a version that satisfies the requirement "
OTHER_PYTHON = "Ignored the following versions that require a different python version: "
YANKED_LIST = "Ignored the following yanked versions: "
BROKEN = lazy(r"Ignoring version (\S{1,60}) of (\S{1,100}) since it has invalid metadata")
NETWORK_WORDS = ("NewConnectionError", "ConnectTimeoutError", "ReadTimeoutError", "NameResolutionError", "SSLError")
REFUSED = lazy(r"401 Error, Credentials not correct for (\S{1,200})|EOF when reading a line")
# One line that says it all: (kind, pattern with optional groups `req` and `detail`).
SINGLE: tuple[tuple[str, LazyPattern], ...] = (
    (SYNTAX, lazy(r"(?:ERROR: |^)Invalid requirement: '(?P<req>[^\n]{0,300}?)'(?: \(from line|: |$)")),
    (SYNTAX, lazy(r"ERROR: Invalid requirement: (?P<req>-[^\n]{1,200})$")),
    (SYNTAX, lazy(r"error: no such option: (?P<req>--?\S{1,80})")),
    (SYNTAX, lazy(r"ERROR: Constraints cannot have extras|are not allowed as constraints")),
    (CONFLICT, lazy(r"Double requirement given: (?P<req>[^(\n]{1,200}?) \(from [^\n]{0,200}already in (?P<detail>[^(\n]{1,200}?) \(from")),
    (PYTHON, lazy(r"ERROR: Package '(?P<req>[^'\n]{1,120})' requires a different Python: (?P<detail>[^\n]{1,120})")),
    (PLATFORM, lazy(r"ERROR: (?P<req>\S{1,250}\.whl) is not a supported wheel on this platform")),
    (CONSTRAINT_URL, lazy(r"ERROR: (?:Could not open requirements file: )?(?:404|403) Client Error: [^\n]{1,40} for url: (?P<detail>\S{1,300})")),
    (MISSING_FILE, lazy(r"(?:ERROR: |^)Could not open (?:requirements|constraint) file: [^\n]{0,40}'(?P<req>[^'\n]{1,300})'")),
    (MISSING_FILE, lazy(r"Requirement '(?P<req>[^'\n]{1,300})' looks like a filename, but the file does not exist")),
    (DISK, lazy(r"ERROR: Could not install packages due to an (?:OSError|EnvironmentError): \[Errno (?:28|30)\]")),
    (METADATA, lazy(r"ERROR: (?P<req>[A-Za-z0-9][\w.-]{0,99}) from [^\n]{1,400} does not appear to be a Python project")),
    (SYSTEM_PYTHON, lazy(r"error: externally-managed-environment")),
    (TIMEOUT, lazy(r"error: resolution-too-deep")),
    (INSTALLED, lazy(r"^(?P<req>\S{1,100}) \S{1,60} requires (?P<detail>[^\n]{1,200}), but you have \S{1,100} \S{1,60} which is incompatible")),
)  # fmt: skip
HASHES = lazy(r"(?:ERROR: |^)(?:THESE PACKAGES DO NOT MATCH THE HASHES|In --require-hashes mode|Hashes are required)")
HASHED = lazy(r"^\s{0,12}(?P<req>[A-Za-z0-9][\w.\[\],<>=!~-]{0,200}) (?:from \S|--hash=)")
LISTED_WITHIN = 6  # lines below the sentence

MOST_NOT_FOUND = 10  # pip stops at the first; each is looked for in every line


def read_pip(lines: Sequence[str]) -> PipReport | None:
    """The report, None where nothing looks like pip. `lines`: log events or lines, with or without prefixes."""
    if not any(word in line for line in lines for word in PIP_WORDS):
        return None
    bare = pip_lines(lines)
    problems = tuple(_distinct(chain(_singles(bare), _hashes(bare), _unresolved(bare), _builds(bare)))) or tuple(
        _gave_up(bare)
    )
    closed = any(words in line for line in bare for words in CLOSING)
    failed = closed or any(each.kind not in HARMLESS for each in problems)
    return PipReport(problems, failed) if failed or problems or _ran(bare) else None


def _gave_up(lines: Sequence[str]) -> Iterator[PipProblem]:
    """MWAA ends pip after nine minutes: it is still weighing versions then, and complains of nothing."""
    closed = any(words in line for line in lines for words in CLOSING)
    weighing = next((match for line in reversed(lines) if (match := WEIGHING.search(line))), None)
    if closed and weighing:
        yield problem(TIMEOUT, weighing["req"], (weighing.string.strip(),))


def _ran(lines: Sequence[str]) -> bool:
    return any(
        line.startswith(("Collecting ", "Requirement already", "Forcing local", "Successfully")) for line in lines
    )


def _distinct(problems: Iterator[PipProblem]) -> Iterator[PipProblem]:
    seen: set[tuple[str, str | None]] = set()
    for each in problems:
        if (each.kind, each.requirement) not in seen:
            seen.add((each.kind, each.requirement))
            yield each


def _singles(lines: Sequence[str]) -> Iterator[PipProblem]:
    for kind, pattern in SINGLE:
        for line in lines:
            if match := pattern.search(line):
                found = match.groupdict()
                yield problem(kind, found.get("req"), (line.strip(),), found.get("detail"))


def _hashes(lines: Sequence[str]) -> Iterator[PipProblem]:
    """The sentence, and the first package of the list below it."""
    for place, line in enumerate(lines):
        if HASHES.search(line):
            below = (HASHED.match(each) for each in lines[place + 1 : place + 1 + LISTED_WITHIN])
            found = next((match["req"] for match in below if match), None)
            yield problem(HASH, found, (line.strip(),))


def _unresolved(lines: Sequence[str]) -> Iterator[PipProblem]:
    conflict = read_conflict(lines)
    if conflict:
        kind = AIRFLOW_PIN if conflict.distribution == AIRFLOW else SAME_PIN if conflict.one_pin else CONFLICT
        yield problem(kind, conflict.requirement, conflict.lines, conflict.other)
    complaints = dict.fromkeys(line for line in lines if NOT_FOUND in line)
    for line in islice(complaints, MOST_NOT_FOUND):
        yield _not_found(line.partition(NOT_FOUND)[2], line.strip(), lines)


def _not_found(rest: str, line: str, lines: Sequence[str]) -> PipProblem:
    """`pkg==1 (from parent) (from versions: 1.0, 1.1)`: what it is depends on what stands above it."""
    wanted, _, versions = rest.partition(" (from versions: ")
    requirement = wanted.partition(" (from ")[0].strip()
    kind, reason = _why(requirement, versions.rstrip(") "), lines)
    return problem(kind, requirement, tuple(filter(None, (reason, line))) if kind != NO_VERSION else (line,), reason)


def _why(requirement: str, versions: str, lines: Sequence[str]) -> tuple[str, str | None]:
    known = parsed(requirement)
    for marker, kind in ((OTHER_PYTHON, PYTHON), (YANKED_LIST, YANKED)):
        for line in lines:
            _, found, listed = line.partition(marker)
            if found and known and _any_fits(known, listed):
                return kind, line.strip()
    for line in lines:
        broken = BROKEN.search(line)
        if broken and known and canonical(broken[2]) == canonical(known.name):
            return METADATA, line.strip()
    if versions and versions != "none":
        return NO_VERSION, None
    return _nothing_there(lines)


def _nothing_there(lines: Sequence[str]) -> tuple[str, str | None]:
    """No version at all hides an index that cannot be reached or that refuses; only other lines tell."""
    for line in lines:
        if REFUSED.search(line):
            return INDEX, line.strip()
        if "Retrying (Retry(" in line and any(word in line for word in NETWORK_WORDS):
            return NETWORK, line.strip()
        if line.startswith("Could not fetch URL") or "Skipping page" in line or "not a trusted or secure host" in line:
            return INDEX, line.strip()
    named = next(
        (line.strip() for line in lines if line.startswith(("Looking in indexes:", "Looking in links:"))), None
    )
    return (INDEX, named) if named else (NO_NAME, None)


def _any_fits(requirement: Requirement, listed: str) -> bool:
    """Whether one of `1.2 Requires-Python >=3.12; 1.3 Requires-Python …` or `1.2, 1.3` is asked for."""
    from packaging.version import InvalidVersion, Version

    for each in re.split(r"[;,] ", listed):
        try:
            if requirement.specifier.contains(Version(each.split(" ", 1)[0]), prereleases=True):
                return True
        except InvalidVersion:
            continue
    return False


def _builds(lines: Sequence[str]) -> Iterator[PipProblem]:
    if fetch := read_fetch(lines):
        yield problem(REPOSITORY, fetch.requirement, fetch.lines)
    elif build := read_build(lines):
        yield PipProblem(BUILD, build.requirement, build.lines, build.distribution, build.lacks)


def problem(kind: str, requirement: str | None, lines: tuple[str, ...], detail: str | None = None) -> PipProblem:
    """A problem whose distribution is read off its requirement."""
    known = parsed(requirement) if requirement else None
    return PipProblem(kind, requirement, lines, canonical(known.name) if known else None, detail)
