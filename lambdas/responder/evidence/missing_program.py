"""Programs and shared libraries that the operating system did not find, as loaders, shells and packages say it.

libclntsh.so.19.1: cannot open shared object file: No such file or directory
/usr/bin/bash: line 1: spark-submit: command not found
FileNotFoundError: [Errno 2] No such file or directory: 'java'
[Errno 13] Permission denied: 'aws'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from responder.evidence.lazy_pattern import LazyPattern, lazy
from responder.model import ProcessExit, Raised, Said

NOT_RUN = frozenset(
    {126, 127}
)  # a shell found a file that it may not run, or found none: POSIX, "2.8.2 Exit Status for Commands"
_STARTED_BY = ("/subprocess.py", "/pexpect/", "/shutil.py", "/asyncio/subprocess.py", "/pty.py")

# Each with one group: what is missing.
_LIBRARIES = (
    lazy(r"(?<![\w./+-])([\w./+-]{1,200}\.so[\w.]{0,40}): cannot open shared object file"),
    lazy(
        r"(?<![\w./+-])([\w./+-]{1,200}\.so[\w.]{0,40}): (?:version [`'\"]?GLIBC|cannot (?:enable|allocate)|failed to map)"
    ),
    lazy(r"version [`'\"]?(GLIBC(?:XX)?_[\d.]{1,12})['\"]? not found"),
    lazy(r"(DPI-1047)|(?:Cannot|Unable to) (?:locate|load) a? ?(?:64-bit )?(Oracle Client)"),
    lazy(r"Can't open lib ['\"]([^'\"\n]{1,200})['\"]"),
    lazy(r"(?:[Ff]ailed|[Uu]nable) to (?:find|load|locate) (?:the )?(?:shared )?(lib\w{1,60})"),
    lazy(r"no library called ['\"]([\w.+-]{1,100})['\"]"),
    lazy(r"([\w+-]{1,60}(?:\.so)?) (?:shared )?library (?:was )?not found"),
)
_PROGRAMS = (
    # The package managers of startup scripts: dnf and yum, apt
    lazy(
        r"(?:Unable to find a match|No match for argument|Unable to locate package): ?([\w.+:*-]{1,100})|No package ([\w.+-]{1,100}) available"
    ),
    lazy(r"(?m)(?:^|[\s:])([\w./+-]{1,200}): (?:command )?not found\s*$"),
    lazy(
        r"(?:exec|env): ['\"‘]?([\w./+-]{1,200})['\"’]?: (?:executable file not found|No such file or directory|not found)"
    ),
    lazy(r"executable file not found in \$PATH: ?['\"]?([\w./+-]{1,200})"),
    lazy(
        r"['\"‘]([\w./+-]{1,200})['\"’] (?:executable )?(?:needs to be in PATH|is not (?:installed|in (?:the |your )?PATH))"
    ),
    lazy(  # Selenium and Playwright: neither the browser's driver nor the browser
        r"Unable to obtain driver for (\w{1,40})|Executable doesn't exist at (/[\w./+-]{1,300})"
    ),
    lazy(r"Cannot find command ['\"]([\w./+-]{1,200})['\"]"),
    lazy(r"(?<![\w./+-])([\w./+-]{1,200}) is not installed or it'?s not in your PATH"),
    lazy(
        r"(?:[Cc]ould not|[Cc]annot|[Uu]nable to) (?:find|locate) (?:the )?(?:executable )?['\"]?(java|git|node|npm|docker|kubectl|helm|psql|pg_dump|mysql|mysqldump|chromedriver|geckodriver|ffmpeg|ffprobe|wkhtmltopdf|tesseract|pandoc|aws|gcloud|terraform|dbt|spark-submit|sqlplus|Rscript)\b"
    ),
    lazy(
        r"(JAVA_HOME) is not set|(Java) gateway process exited before|No (JVM) shared library|(java) (?:was )?not found"
    ),
    lazy(r"No wkhtmltopdf (executable) found|(git) executable|[Ff](ailed to find) .{0,20}executable"),
    lazy(r"(?m)bash: (?:line \d{1,6}: )?([\w./+-]{1,200}): (?:cannot execute|bad interpreter|Permission denied\s*$)"),
    lazy(r"(?<![\w./+-])([\w./+-]{1,200}): (?:cannot execute binary file|bad interpreter)"),
    lazy(r"exec: executable ([\w./+-]{1,200}) not found"),
    # A shell that was to run it: only what lies in a bin folder is surely a program
    lazy(r": line \d{1,6}: (/[\w./+-]{0,200}/s?bin/[\w.+-]{1,80}): No such file or directory"),
)
# Only beside exit code 126 or 127 are these about a program, not about a file that it wanted.
_NOT_STARTED = (
    lazy(
        r"(?:bash|sh): (?:line \d{1,6}: )?([\w./+-]{1,200}): (?:No such file or directory|Permission denied|Is a directory)"
    ),
    lazy(r"failed to run command ['\"‘]([\w./+-]{1,200})['\"’]"),
)
# bash: line 2: TARGET_BUCKET: unbound variable (set -u), or parameter null or not set (${TARGET_BUCKET:?})
_UNSET = lazy(r"\w{1,100}: (?:unbound variable|parameter (?:null or )?not set)\s*(?:\n|$)")
_NO_FILE = lazy(r"\[Errno (?:2|13)\] (?:No such file or directory|Permission denied): ['\"]([^'\"\n]{1,300})['\"]")
_BARE = lazy(r"[\w+-]{1,60}(?:\.\d{1,3}){0,3}")  # a program's name: no folder, no ending
_BIN = lazy(r"(?:/[\w.+-]{1,80}){0,12}/s?bin/[\w.+-]{1,80}")


class MissingProgram(NamedTuple):
    """What is not there, and the verbatim line."""

    name: str
    line: str
    said: Said
    library: bool


def missing_program(texts: Iterable[Said]) -> MissingProgram | None:
    """The first missing library or program that the texts name."""
    for said in texts:
        if found := _library(said) or _program(said) or _file(said):
            return found
    return None


def misses_variable(texts: Iterable[Said]) -> bool:
    """A shell that insists on a variable ends with 127 as well, though no program is missing."""
    return any(_UNSET.search(said.text) for said in texts)


def exit_says_missing(exits: Iterable[ProcessExit], texts: Iterable[Said]) -> ProcessExit | None:
    """A command that a shell could not find or run."""
    if misses_variable(texts):
        return None
    return next((each for each in exits if not each.of_task and each.code in NOT_RUN), None)


def program_not_started(texts: Iterable[Said]) -> MissingProgram | None:
    """What the shell names that ended with such a code."""
    found = (_found(said, _NOT_STARTED, library=False) for said in texts)
    return next((each for each in found if each), None)


def _library(said: Said) -> MissingProgram | None:
    return _found(said, _LIBRARIES, library=True) if _may_hold(said.text) else None


def _program(said: Said) -> MissingProgram | None:
    return _found(said, _PROGRAMS, library=False) if _may_hold(said.text) else None


def _may_hold(text: str) -> bool:
    """A cheap look before the patterns."""
    return any(
        word in text
        for word in (
            "not found",
            "annot",
            "o obtain",
            "xecutable",
            "open lib",
            "o load",
            "o find",
            "library",
            "PATH",
            "JAVA",
            "ava gateway",
            "JVM",
            "interpreter",
            "denied",
            "GLIBC",
            "DPI-",
            "No such",
            "match",
            "locate package",
            "available",
        )
    )


def _found(said: Said, patterns: tuple[LazyPattern, ...], *, library: bool) -> MissingProgram | None:
    for pattern in patterns:
        if match := pattern.search(said.text):
            name = next(group for group in match.groups() if group)
            return MissingProgram(name.rpartition("/")[2] or name, _line(said.text, match), said, library)
    return None


def _file(said: Said) -> MissingProgram | None:
    """ENOENT and EACCES are about a program where a child was to be started, or where the name is that of one."""
    match = _NO_FILE.search(said.text[:4_000])
    if match is None or not (_BARE.fullmatch(match[1]) or _BIN.fullmatch(match[1])):
        return None
    if said.raised is None and not _of_kubeconfig(said):
        return None
    if said.raised is not None and not _starts_child(said.raised):
        return None
    return MissingProgram(match[1].rpartition("/")[2], _line(said.text, match), said, library=False)


def _of_kubeconfig(said: Said) -> bool:
    """ERROR - [Errno 13] Permission denied: 'aws' (kube_config.py): the exec plugin that makes the token."""
    return said.record is not None and "kube_config" in said.record.logger


def _starts_child(raised: Raised) -> bool:
    return any(part in frame.file for frame in raised.frames[-3:] for part in _STARTED_BY)


def _line(text: str, match: re.Match[str]) -> str:
    begin = text.rfind("\n", 0, match.start(match.lastindex or 0)) + 1
    end = text.find("\n", match.end())
    return text[begin : end if end >= 0 else len(text)].strip()[:1_000]
