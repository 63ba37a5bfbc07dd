"""Which index a file makes pip ask, and whether that is the one that is asked here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from responder.requirements.known import problem
from responder.requirements.lines import File, Form, Line
from responder.requirements.masking import LOGIN, masked
from responder.requirements.problem import Problem, ProblemClass

INDEX_OPTIONS = ("--index-url", "--pypi-url")
SECOND = (
    "With a second index pip takes the highest version that any of them offers, so a stranger's package of the same name on a public index "
    "can win over your own. Use one index (--index-url), with the public one as its upstream."
)
SCHEME = re.compile(r"^https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Indexes:
    """What the option lines say of where packages come from."""

    other: bool = False  # another index than the configured one is used, alone or beside it
    none: bool = False  # --no-index: only folders of wheels
    pre: bool = False
    problems: tuple[Problem, ...] = ()
    not_checked: tuple[str, ...] = ()


def indexes(file: File, within: Sequence[tuple[Line, File]], configured: str) -> Indexes:
    """Reads the option lines of the file, and of those that it includes."""
    given = [(line, line) for line in file.of_form(Form.OPTION)]
    given += [(line, option) for line, other in within for option in other.of_form(Form.OPTION)]
    options = [option for _, option in given]
    found: list[Problem] = []
    for line, option in given:
        if option.option in INDEX_OPTIONS and not _same(option.value, configured):
            why = f"The file installs from {masked(option.value)}, which was not asked: only the configured index is. Judged by that one."
            found.append(problem(ProblemClass.PRIVATE_INDEX, line, why + _on_login(option.value)))
    second = [each for each in given if each[1].option == "--extra-index-url" and not _same(each[1].value, configured)]
    risks = [problem(ProblemClass.CONFUSION, line, SECOND) for line, _ in second]
    unseen = [
        f"the wheels at {masked(line.value)}: the folder is on the image only"
        for line in options
        if line.option == "--find-links"
    ]
    unseen += [f"what {masked(option.value)} offers: only the configured index was asked" for _, option in second]
    return Indexes(
        other=bool(found or second),
        none=any(line.option == "--no-index" for line in options),
        pre=any(line.option == "--pre" for line in options),
        problems=(*found, *risks),
        not_checked=tuple(unseen),
    )


def _on_login(value: str) -> str:
    """https://docs.aws.amazon.com/codeartifact/latest/ug/tokens-authentication.html."""
    if LOGIN.search(value):
        return " The address holds a login; a CodeArtifact token lasts 12 hours at most, so the next start of a worker fails with it."
    return ""


def _same(value: str, configured: str) -> bool:
    return bool(configured) and _bare(value) == _bare(configured)


def _bare(address: str) -> str:
    return SCHEME.sub("", LOGIN.sub("", address)).rstrip("/").lower()
