"""Small edits of a requirements file: one line changes, every other byte stays."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace

from responder.requirements.lines import NAME, File, Form, Line, joined, parse
from responder.requirements.masking import masked

# Where the versions of a requirement end: a marker, an option, a comment, a joined line, the end.
OPERATOR = re.compile(r"(?:[ \t]|\\\r?\n){0,40}(?=[=<>!~(])")  # a backslash may join the versions to the name
END = re.compile(r";|\s--?[A-Za-z]|\s#|\\\r?\n|\r|\n|$")
NAME_IN_FILE = "requirements.txt"


def with_versions(line: Line, versions: str) -> Line | None:
    """The line with other versions (`==1.2`, `` for none). None where hashes bind it to the old one."""
    start = NAME.match(line.raw)
    if line.form is not Form.REQUIREMENT or line.hashes or start is None:
        return None
    operator = OPERATOR.match(line.raw, start.end())
    end = END.search(line.raw, operator.end() if operator else start.end())
    begin = start.end()
    stop = begin + len(line.raw[begin : end.start() if end else None].rstrip())
    gap = " " if versions and line.raw[start.end() : start.end() + 1] == " " else ""
    return reread(line, f"{line.raw[: start.end()]}{gap}{versions}{line.raw[stop:]}")


def only_on_windows(line: Line) -> Line | None:
    """The line with a marker that leaves it out on Linux; None where it has a marker already."""
    if line.requirement is None or line.requirement.marker or line.hashes or line.body not in line.raw:
        return None
    return reread(line, line.raw.replace(line.body, f'{line.body}; sys_platform == "win32"', 1))


def renamed(line: Line, name: str, versions: str | None = None) -> Line | None:
    """The line for another distribution; `versions` replaces its versions where given."""
    start = NAME.match(line.raw)
    if line.form is not Form.REQUIREMENT or line.hashes or start is None:
        return None
    moved = reread(line, f"{line.raw[: start.start(1)]}{name}{line.raw[start.end(1) :]}")
    return moved if versions is None else with_versions(moved, versions)


def with_value(line: Line, value: str) -> Line:
    """An option line with another value."""
    return reread(line, line.raw.replace(line.value, value, 1))


def reread(line: Line, raw: str) -> Line:
    """The same line of the file with another text."""
    found = parse(raw).lines
    return replace(found[0], number=line.number) if found else Line(line.number, raw, Form.BLANK)


def several(line: Line, texts: tuple[str, ...]) -> Line:
    """The line with another text; of several texts each becomes a line of its own when the file takes it."""
    newline = line.raw[len(line.raw.rstrip("\r\n")) :] or "\n"
    raw = line.raw.replace(line.body, newline.join(texts), 1)
    return reread(line, raw) if len(texts) == 1 else replace(line, raw=raw)


def replaced(file: File, old: Line, new: Line | None) -> File:
    """The file with one line replaced, by several where its text has several, or without it."""
    if new is None:
        return replace(file, lines=tuple(each for each in file.lines if each is not old))
    read = [replace(each, number=new.number) for each in parse(new.raw).lines] or [new]
    at = next(place for place, each in enumerate(file.lines) if each is old)
    return replace(file, lines=(*file.lines[:at], *read, *file.lines[at + 1 :]))


def appended(file: File, text: str) -> File:
    """A new line after the last requirement, or at the end."""
    places = [n for n, line in enumerate(file.lines) if line.form not in (Form.BLANK, Form.OPTION)]
    at = places[-1] + 1 if places else len(file.lines)
    before = [*file.lines[:at]]
    if before and not before[-1].raw.endswith(("\n", "\r")):
        before[-1] = replace(before[-1], raw=before[-1].raw + file.newline)
    added = replace(parse(text + file.newline).lines[0], number=0)
    return replace(file, lines=(*before, added, *file.lines[at:]))


# https://www.gnu.org/software/diffutils/manual/html_node/Incomplete-Lines.html
NO_END = "\\ No newline at end of file\n"


def shown_diff(before: File, after: File) -> str | None:
    """The unified diff with secrets masked, None where nothing changed. It applies with `patch`, where the lines end in LF."""
    if before.text == after.text:
        return None
    old, new = (_for_diff(masked(each.text)) for each in (before, after))
    return "".join(difflib.unified_diff(old, new, f"a/{NAME_IN_FILE}", f"b/{NAME_IN_FILE}"))


def _for_diff(text: str) -> list[str]:
    """Lines with their ends. A last line without one needs the mark that `patch` looks for."""
    lines = [f"{line}\n" for line in text.replace("\r\n", "\n").split("\n")]
    last = lines.pop()
    return lines if last == "\n" else [*lines, f"{last}{NO_END}"]


def for_pip(line: Line) -> str:
    """The requirement on one line, without comment, options and joins: uv reads no joined lines."""
    return line.body or joined(line.raw)
