"""`make readme`: rewrites the parts of README.md that say what the code does, from the code. A test compares them."""

from __future__ import annotations

import inspect
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from responder.diagnosis.catalogue import load
from responder.diagnosis.rule import Rule

from cli import diagnose
from cli.readme_message import as_markdown
from infra.alarm_meanings import MEANINGS

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
EXAMPLE = ROOT / "tests/cases/real-af2-task-budget-alert/log.jsonl"
PART = re.compile(r"(<!-- (?P<name>[a-z]+):begin[^>]*-->\n).*?(<!-- (?P=name):end -->)", re.DOTALL)


def main() -> None:
    README.write_text(rewritten(README.read_text()))


def rewritten(text: str) -> str:
    """The README with its generated parts as they should be."""
    return PART.sub(lambda part: f"{part[1]}{PARTS[part['name']]()}\n{part[3]}", text)


def causes() -> str:
    """A row for each cause, from the docstring of its module."""
    rules = sorted(load(), key=lambda rule: (rule.category, rule.cause))
    rows = [
        f"| `{rule.category}` | `{rule.cause}` | {what} | {seen} |" for rule in rules for what, seen in [_said(rule)]
    ]
    return "\n".join(("| category | cause | what it is | seen as |", "|---|---|---|---|", *rows))


def _said(rule: Rule[Any]) -> tuple[str, str]:
    package = "responder.diagnosis.causes"
    module = import_module(f"{package}.{rule.category.replace('-', '_')}.{rule.cause.replace('-', '_')}")
    first, *rest = _paragraphs(inspect.getdoc(module) or "")
    fixed = "\n".join(rest)
    seen = re.search(r"Seen as: (.*?)(?=\nComes from:|\Z)", fixed, re.DOTALL)
    return _cell(first), _cell(seen[1] if seen else "")


def _paragraphs(text: str) -> Iterator[str]:
    return (paragraph for paragraph in text.split("\n\n") if paragraph.strip())


def _cell(text: str) -> str:
    return " ".join(text.split()).rstrip(".").replace("|", "\\|").replace("<", "&lt;")


def alarms() -> str:
    """A row for each kind of alarm, in the words of its description."""
    rows = [f"| {kind.replace('{', '*').replace('}', '*')} | {meaning} |" for kind, meaning in MEANINGS.items()]
    return "\n".join(("| alarm | what it means, and what to look at |", "|---|---|", *rows))


def as_json() -> str:
    """One failure as `diagnose` prints it."""
    printed = io.StringIO()
    diagnose.main(["--offline", "--format", "json", str(EXAMPLE)], out=printed)
    failure = json.loads(printed.getvalue())["failures"][0]
    return f"```json\n{json.dumps(failure, indent=2, ensure_ascii=False)}\n```"


PARTS: Mapping[str, Callable[[], str]] = {
    "alarms": alarms,
    "causes": causes,
    "json": as_json,
    "message": as_markdown,
}


if __name__ == "__main__":
    main()
