"""A requirements file as lines, so that one line can change and every other byte stays as it was.

pip's own rules (https://pip.pypa.io/en/stable/reference/requirements-file-format/): a backslash at the end of a line
joins it with the next one, a comment starts at `#` at the start of a line or after a blank, options may follow a
requirement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from responder.requirements.decoding import Unreadable, decoded
from responder.requirements.option_lines import read_option

MOST_LINES = 5_000  # of a file, joined ones counted once
LONGEST_LINE = 10_000  # characters; a release with a hundred hashes has fewer
LONGEST_VERSION = 100  # characters; Python refuses to read numbers of thousands of digits
COMMENT = re.compile(r"(?:^|[ \t\f\v])#.*$", re.DOTALL)
VARIABLE = re.compile(r"\$\{[A-Z0-9_]+\}")
SPLIT_OPTIONS = re.compile(r"\s--?[A-Za-z]")  # the first option after a requirement
NAME = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?:[ \t]*(\[[^\]\n]{0,400}\]))?")
ARCHIVES = (".whl", ".zip", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar")
# What pip fetches from: https://pip.pypa.io/en/stable/topics/vcs-support/
SCHEMES = re.compile(r"(?:https?|file|ftp|(?:git|hg|svn|bzr)\+[a-z]{2,5})", re.IGNORECASE)
# The page of a repository, which is no archive
REPOSITORY = re.compile(
    r"https?://[^\s/]{1,200}/[^\s#]{1,300}\.git(?:[@#]\S{0,300})?|https?://(?:www\.)?git(?:hub|lab)\.com/[\w.-]{1,100}/[\w.-]{1,100}/?"
)
SSH = re.compile(r"git@[\w.-]{1,200}:[\w./-]{1,300}(?:[@#]\S{0,300})?")  # as git itself spells an address


class Form(StrEnum):
    """What a line is."""

    BLANK = "blank"  # nothing, or only a comment
    REQUIREMENT = "requirement"  # name, extras, versions, marker
    REFERENCE = "reference"  # a URL, a version control address, or `name @ URL`
    PATH = "path"  # a file or folder
    OPTION = "option"  # -c, -r, --index-url …
    INVALID = "invalid"  # pip refuses it


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line: several physical ones where backslashes join them."""

    number: int  # of its first physical line in the file as given, from 1; 0 for a line that was added
    raw: str  # with its line ends
    form: Form
    body: str = ""  # joined, without comment, options after a requirement, and surrounding blanks
    requirement: Requirement | None = None
    option: str | None = None  # the long name, e.g. "--constraint"
    value: str = ""  # of the option, without quotes; or the path or address
    options: str = ""  # what follows a requirement: hashes and the like
    why: str = ""  # why it is invalid

    @property
    def name(self) -> str | None:
        """The canonical name of a requirement."""
        return canonicalize_name(self.requirement.name) if self.requirement else None

    @property
    def hashes(self) -> bool:
        return "--hash" in self.options


@dataclass(frozen=True, slots=True)
class File:
    """The whole file."""

    lines: tuple[Line, ...]
    newline: str = "\n"
    encoding: str = "utf-8"
    bom: bytes = b""

    @property
    def text(self) -> str:
        return "".join(line.raw for line in self.lines)

    def encoded(self) -> bytes:
        """As it is written back."""
        return self.bom + self.text.encode(self.encoding)

    def of_form(self, *forms: Form) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.form in forms)


def read(data: bytes) -> File:
    """The lines of a file as it lies on disk. Raises Unreadable."""
    text, encoding, bom = decoded(data)
    file = replace(parse(text), encoding=encoding, bom=bom)
    if len(file.lines) > MOST_LINES:
        raise Unreadable(f"it has more than {MOST_LINES:,} lines")
    return file


def parse(text: str) -> File:
    """The lines of a text."""
    physical = text.splitlines(keepends=True)
    newline = next((line[len(line.rstrip("\r\n")) :] for line in physical if line.endswith(("\n", "\r"))), "\n")
    return File(tuple(_line(number, raw) for number, raw in _logical(physical)), newline)


def _logical(physical: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Joins as pip does: a comment line ends a joined line even if it ends in a backslash itself."""
    held: list[str] = []
    start = 1
    for number, raw in enumerate(physical, 1):
        start = start if held else number
        held.append(raw)
        bare = raw.rstrip("\r\n")
        if not bare.endswith("\\") or COMMENT.match(bare):
            yield start, "".join(held)
            held = []
    if held:
        yield start, "".join(held)


def joined(raw: str) -> str:
    """The text that pip sees of a logical line, without its comment."""
    parts = [part.rstrip("\r\n") for part in raw.splitlines()]
    text = "".join(part.removesuffix("\\") if not COMMENT.match(part) else f" {part}" for part in parts)
    return COMMENT.sub("", text).strip()


def _line(number: int, raw: str) -> Line:
    if len(raw) > LONGEST_LINE:
        return Line(
            number,
            raw,
            Form.INVALID,
            body=raw[:LONGEST_LINE].strip(),
            why=f"a line of more than {LONGEST_LINE:,} characters",
        )
    text = joined(raw)
    if not text:
        return Line(number, raw, Form.BLANK)
    return _option(number, raw, text) if text.startswith("-") else _requirement(number, raw, text)


def _option(number: int, raw: str, text: str) -> Line:
    name, value, why = read_option(text)
    form = Form.INVALID if why else Form.OPTION
    return Line(number, raw, form, body=text, option=name or None, value=value, why=why)


def _requirement(number: int, raw: str, text: str) -> Line:
    split = SPLIT_OPTIONS.search(text)
    body, options = (text[: split.start()].strip(), text[split.start() :].strip()) if split else (text, "")
    form = _form_of(body)
    if why := _unfetchable(body, form):
        return Line(number, raw, Form.INVALID, body=body, why=why)
    if form is Form.PATH or (form is Form.REFERENCE and " @ " not in body and "@" not in body.partition("://")[0]):
        return Line(number, raw, form, body=body, value=body, options=options)
    try:
        requirement = Requirement(body)
    except InvalidRequirement as error:
        return Line(number, raw, Form.INVALID, body=body, why=str(error).split("\n", 1)[0])
    if any(len(each.version) > LONGEST_VERSION for each in requirement.specifier):
        return Line(number, raw, Form.INVALID, body=body, why="a version of more than 100 characters")
    value = requirement.url or ""
    return Line(number, raw, Form.REFERENCE if value else Form.REQUIREMENT, body, requirement, None, value, options)


def _unfetchable(body: str, form: Form) -> str:
    """Why pip gets nothing from an address or a path; empty where it may."""
    address = body.rpartition(" @ ")[2].partition(" ;")[0].strip()
    scheme = address.partition("://")[0].rpartition("@")[2].strip()
    if SSH.fullmatch(address) or (form is Form.REFERENCE and REPOSITORY.fullmatch(address)):
        return "the address of a repository begins with git+https:// or git+ssh://"
    if form is Form.REFERENCE and not SCHEMES.fullmatch(scheme):
        return f"pip fetches nothing from {scheme}://"
    if form is Form.PATH and (body.startswith(("//", "/*")) or (" " in _bare(body) and not _archive(body))):
        return "it is no requirement, and no path either"
    return ""


def _bare(body: str) -> str:
    return body.partition(";")[0].partition("[")[0].strip()


def _archive(body: str) -> bool:
    return body.partition(";")[0].strip().lower().endswith(ARCHIVES)


def _form_of(body: str) -> Form:
    if "://" in body.partition(";")[0]:
        return Form.REFERENCE
    bare = body.partition(";")[0].strip()
    looks_like_path = bare.startswith((".", "/", "~")) or "/" in _bare(body) or _archive(body)
    return Form.PATH if looks_like_path and " @ " not in bare else Form.REQUIREMENT
