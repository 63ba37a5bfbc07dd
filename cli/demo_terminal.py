"""Messages in a terminal, as Slack and a mail reader would show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text


def as_slack(blocks: Iterable[Mapping[str, Any]]) -> Panel:
    """Slack's blocks, without its colours."""
    parts = [part for block in blocks for part in _block(block)]
    return Panel(Group(*parts), title="Slack", title_align="left", border_style="magenta", padding=(0, 1))


def as_mail(subject: str, text: str) -> Panel:
    """A mail in plain text."""
    body = Group(Text(f"Subject: {subject}", style="bold"), Rule(style="dim"), Text(text.rstrip()))
    return Panel(body, title="e-mail", title_align="left", border_style="blue", padding=(0, 1))


def _block(block: Mapping[str, Any]) -> Iterator[RenderableType]:
    if block["type"] == "header":
        yield Text(block["text"]["text"], style="bold")
    elif block["type"] == "context":
        yield Text(" ".join(each["text"] for each in block["elements"]), style="dim")
    else:
        for part in block["elements"]:
            yield from _part(part)


def _part(part: Mapping[str, Any]) -> Iterator[RenderableType]:
    if part["type"] == "rich_text_list":
        for number, item in enumerate(part["elements"], start=1):
            sign = f"{number}." if part["style"] == "ordered" else "•"
            yield Text.assemble(f"{sign} ", _inline(item["elements"]))
    elif part["type"] == "rich_text_preformatted":
        yield Padding(Panel(_inline(part["elements"]), border_style="dim", padding=(0, 1)), (0, 0, 0, 2))
    else:
        yield _inline(part["elements"])


def _inline(elements: Sequence[Mapping[str, Any]]) -> Text:
    return Text.assemble(*(_element(each) for each in elements))


def _element(element: Mapping[str, Any]) -> tuple[str, str]:
    if element["type"] == "link":
        return element["text"], f"underline link {element['url']}"
    style = element.get("style", {})
    return element["text"], "cyan" if style.get("code") else "bold" if style.get("bold") else ""
