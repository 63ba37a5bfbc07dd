"""A message as text for a terminal: readable at any width, in colour only where there are colours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.model import Artifact, Message, ProofLevel
from responder.report.wording import ARTIFACTS, PROOF, headline
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

# A log may hold escape sequences that would move the cursor, and marks that turn the direction of reading
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COLOURS = {ProofLevel.PROVEN: "green", ProofLevel.CHECKED: "yellow", ProofLevel.SUSPECTED: "yellow"}


def show(console: Console, message: Message) -> None:
    """Prints one message."""
    console.print(Rule(style="dim"))
    console.print(_text(headline(message, tried=True), "bold"))
    for each in _parts(message):
        console.print(each)
    console.print()


def _parts(message: Message) -> Iterator[RenderableType]:
    diagnosis, remedy = message.diagnosis, message.remedy
    yield _text(f"{diagnosis.category.value} / {diagnosis.cause}", "cyan")
    yield Padding(_text(remedy.summary, "bold red"), (1, 0))
    yield from _evidence(diagnosis.evidence)
    yield _text(remedy.explanation)
    yield from _steps(remedy.steps)
    if remedy.owner:
        yield _text(f"Who has to act: {remedy.owner}")
    yield from (_artifact(each) for each in remedy.artifacts)
    yield _text(
        f"{PROOF[remedy.proof.level]} ({remedy.proof.level.value}): {remedy.proof.how}", _COLOURS[remedy.proof.level]
    )
    yield from (_text(f"Not checked: {each}", "dim") for each in remedy.not_checked)
    yield from (_text(f"{link.label}: {link.url}", "dim") for link in message.links)


def _evidence(lines: tuple[str, ...]) -> Iterator[RenderableType]:
    if lines:
        yield Padding(Group(*(_text(f"│ {line}", "dim") for each in lines for line in each.split("\n"))), (0, 0, 1, 0))


def _steps(steps: tuple[str, ...]) -> Iterator[RenderableType]:
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    table.add_column(justify="right", style="bold")
    table.add_column(overflow="fold")
    for number, step in enumerate(steps, 1):
        table.add_row(f"{number}.", _text(step))
    yield Padding(table, (1, 0))


def _artifact(artifact: Artifact) -> RenderableType:
    title = artifact.title or ARTIFACTS.get(artifact.kind, artifact.kind)
    return Panel(_text(artifact.text), title=_text(title), title_align="left", border_style="dim")


def _text(text: str, style: str = "") -> Text:
    """Never as markup: what a log says is shown as it is."""
    return Text(_UNPRINTABLE.sub("�", text), style=style, overflow="fold")
