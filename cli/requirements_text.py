"""The verdict over a requirements file, for people: colour only on a terminal, wrapped to its width."""

from __future__ import annotations

from responder.knowledge.images import Image
from responder.requirements.problem import Problem, Verdict
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

MOST_CHANGES = 12  # named; the JSON has them all


def show(file: str, image: Image, verdict: Verdict) -> None:
    """Prints the answer first, then why, then what to change."""
    console = Console(highlight=False)
    where = f"Airflow {image.airflow} (Python {image.python})"
    answer = (
        Text("MWAA would install it", "bold green") if verdict.ok else Text("MWAA would not install it", "bold red")
    )
    console.print(Text(f"{file}, {where}: ") + answer)
    for problem in verdict.problems:
        _problem(console, problem)
    if verdict.diff:
        console.print(Text("\nThis file would be installed:", "bold"))
        for line in verdict.diff.splitlines():
            console.print(Text(line, _style(line)), soft_wrap=True)
    console.print(Text(f"\n{verdict.proof.level}: ", "bold") + Text(verdict.proof.how))
    for each in verdict.not_checked:
        console.print(Text(f"not checked: {each}", "yellow"))
    _changes(console, verdict.changes)


def _problem(console: Console, problem: Problem) -> None:
    place = f"line {problem.line}: " if problem.line else ""
    console.print(
        Text("\n")
        + Text(problem.kind.value, "red" if problem.blocks else "yellow")
        + Text(f"  {place}{problem.requirement or ''}", "bold")
    )
    console.print(Padding.indent(Text(problem.explanation), 2))


def _style(line: str) -> str:
    return "green" if line.startswith("+") else "red" if line.startswith("-") else "dim"


def _changes(console: Console, changes: tuple[str, ...]) -> None:
    if changes:
        shown = ", ".join(changes[:MOST_CHANGES])
        more = f" and {len(changes) - MOST_CHANGES} more" if len(changes) > MOST_CHANGES else ""
        console.print(Text(f"On the image: {shown}{more}", "dim"))
