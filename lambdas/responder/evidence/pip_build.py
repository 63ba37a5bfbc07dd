"""Why a distribution did not build: the missing header, tool or module that stands inside pip's build block.

The texts are those of the build tools themselves, seen in real builds with pip 20.3 to 26.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from responder.evidence.lazy_pattern import LazyPattern, lazy
from responder.requirements.spelling import canonical

OPENINGS = (
    "subprocess-exited-with-error",
    "Command errored out with exit status",
    "error: backend-unavailable",
    "Complete output from command",
)
# What the last lines of pip call the distribution; the second form may list several.
#   ERROR: Failed to build 'pycurl' when getting requirements to build wheel
#   ERROR: Could not build wheels for sasl, which is required to install pyproject.toml-based projects
NAMED = (
    lazy(r"Failed building wheel for ([A-Za-z0-9][\w.-]{0,99})"),
    lazy(r"Failed to build '([A-Za-z0-9][\w.-]{0,99})' when"),
    lazy(r"Could not build wheels for ([A-Za-z0-9][\w.-]{0,99})"),
    lazy(r"^Failed to build ([A-Za-z0-9][\w.-]{0,99})"),
    lazy(r"installing build dependencies for ([A-Za-z0-9][\w.-]{0,99})"),
)
# What pip runs to fetch, and not to build:  × git clone --filter=blob:none … did not run successfully.
FETCHES = lazy(r"(?:× |exit status \d{1,3}: )(?:git|hg|svn) ")
_FETCHED = lazy(r"(?:fatal|error|abort|svn: E\d{1,8}): (?!subprocess-exited)")
COLLECTING = lazy(r"^ *Collecting (\S[^(\n]{0,199}?)(?: \(from |$)")
NAME = lazy(r"[A-Za-z0-9][\w.-]{0,99}")
# The most special first: a compiler's own message says more than that it failed.
ROOTS: tuple[tuple[LazyPattern, str | None], ...] = (
    (lazy(r"pg_config executable not found|pg_config is required"), "pg_config"),
    (lazy(r"mysql_config[: ].{0,20}not found"), "mysql_config"),
    (lazy(r"Can not find valid pkg-config name|MYSQLCLIENT_CFLAGS"), "mysqlclient headers"),
    (lazy(r"Could not run curl-config"), "curl-config"),
    (lazy(r"fatal error: ([\w./+-]{1,120}\.h(?:pp)?): No such file"), None),
    (lazy(r"can't find Rust compiler|Rust package manager, is not installed|requires Rust"), "rust"),
    (lazy(r"[Cc][Mm]ake must be installed|Could not find CMake|'cmake'$"), "cmake"),
    (lazy(r"Visual C\+\+ 14"), "Microsoft Visual C++"),
    (lazy(r"No such file or directory: '(gcc|g\+\+|cc|c\+\+|make|swig|git|rustc|cargo)'"), None),
    (lazy(r"(?:command|program) '(gcc|g\+\+|cc|swig|x86_64[\w-]{0,40})' (?:failed: No such|not found)"), None),
    (lazy(r"ModuleNotFoundError: No module named '([\w.]{1,100})'"), None),
    (lazy(r"has no attribute '(ImpImporter)'"), "pkgutil.ImpImporter"),
    (lazy(r"cannot find -l([\w+-]{1,60})"), None),
    (lazy(r"command '[^'\n]{0,80}(gcc|g\+\+|cc)' failed"), None),
)


class Build(NamedTuple):
    """A build that broke."""

    distribution: str | None
    requirement: str | None
    lacks: str | None
    lines: tuple[str, ...]


class Fetch(NamedTuple):
    """A repository that could not be fetched."""

    requirement: str | None
    lines: tuple[str, ...]


def read_fetch(lines: Sequence[str]) -> Fetch | None:
    """The first repository that could not be fetched: git's own words, then pip's."""
    start = next((n for n, line in enumerate(lines) if FETCHES.search(line[:1_000])), None)
    if start is None:
        return None
    said = next((line.strip() for line in reversed(lines[:start]) if _FETCHED.search(line[:1_000])), None)
    return Fetch(_collected(lines[:start]), tuple(filter(None, (said, lines[start].strip()[:1_000]))))


def read_build(lines: Sequence[str]) -> Build | None:
    """The first build that broke, None where none did. pip words a failed fetch as one, so `read_fetch` comes first."""
    start = next((n for n, line in enumerate(lines) if any(word in line for word in OPENINGS)), None)
    if start is None:
        return None
    lacks, telling = _root(lines[start:])
    requirement = _collected(lines[:start])
    name = _named(lines[start:]) or (NAME.match(requirement) if requirement else None)
    distribution = canonical(name if isinstance(name, str) else name.group()) if name else None
    first = lines[start].strip()
    return Build(distribution, _matching(requirement, distribution), lacks, tuple(filter(None, (telling, first))))


def _root(lines: Sequence[str]) -> tuple[str | None, str | None]:
    for pattern, library in ROOTS:
        for line in lines:
            if match := pattern.search(line[:1_000]):
                return library or match[1], line.strip()
    return None, _error_line(lines)


def _error_line(lines: Sequence[str]) -> str | None:
    telling = (line.strip() for line in lines if "rror:" in line and not any(word in line for word in OPENINGS))
    return next(telling, None)


def _named(lines: Sequence[str]) -> str | None:
    for pattern in NAMED:
        for line in lines:
            if match := pattern.search(line[:500].strip()):
                return match[1]
    return None


def _collected(lines: Sequence[str]) -> str | None:
    found = (match[1].strip() for line in reversed(lines) if (match := COLLECTING.match(line[:400])))
    return next(found, None)


def _matching(requirement: str | None, distribution: str | None) -> str | None:
    name = NAME.match(requirement or "")
    return requirement if name and distribution == canonical(name.group()) else None
