"""Hash-checking mode: https://pip.pypa.io/en/stable/topics/secure-installs/#hash-checking-mode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from responder.requirements.known import problem
from responder.requirements.lines import File, Form, Line
from responder.requirements.problem import Problem, ProblemClass
from responder.requirements.project import Distributed
from responder.requirements.spelling import pin_of

SHA256 = re.compile(r"--hash[= ]\"?sha256:([0-9a-fA-F]{64})")
MOST_NAMED = 5


def checks_hashes(file: File, lines: Sequence[Line]) -> bool:
    """Whether pip asks for a hash on every line: one line that has one is enough."""
    required = any(line.option == "--require-hashes" for line in file.of_form(Form.OPTION))
    return required or any(line.hashes for line in lines)


def without_hash(file: File, lines: Sequence[Line]) -> Iterator[Problem]:
    """The lines that lack a hash, or the pin that goes with it."""
    for line in lines if checks_hashes(file, lines) else ():
        if not line.hashes or pin_of(line) is None:
            why = "One --hash in a file makes pip ask for a hash and an == pin on every line, this one has not both."
            yield problem(ProblemClass.SYNTAX, line, why)


def no_such_file(line: Line, usable: Sequence[Distributed]) -> Problem | None:
    """A line none of whose hashes is that of a file that pip could take here; None where that cannot be told."""
    given = {each.lower() for each in SHA256.findall(line.options)}
    if not given or not all(each.sha256 for each in usable) or any(each.sha256 in given for each in usable):
        return None
    why = "None of its hashes is that of a file that pip can take here: they are of another version, Python or platform, or the file was changed."
    return problem(ProblemClass.SYNTAX, line, f"{why} Make them anew for the environment's Python on Linux.")


def unlisted(
    file: File, lines: Sequence[Line], pins: Mapping[str, str], installed: Mapping[str, str]
) -> Problem | None:
    """What the lines need besides themselves and the image has not: pip wants it listed, with its hash."""
    if not checks_hashes(file, lines):
        return None
    named = {line.name for line in lines}
    missing = sorted(name for name, version in pins.items() if name not in named and installed.get(name) != version)
    if not missing:
        return None
    more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
    why = f"With --hash every dependency needs a line with its hash too; missing: {', '.join(missing[:MOST_NAMED])}{more}."
    return problem(ProblemClass.SYNTAX, next((line for line in lines if line.hashes), lines[0]), why)
