"""Slack's Block Kit, as far as a message needs it. Whatever comes from a log is put where Slack reads no markup.

In `rich_text` and `plain_text` Slack interprets neither `<!channel>` nor `*bold*` nor addresses; links and emphasis are
elements of their own. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from responder.model import Link
from responder.report.fitting import cut, width

MOST_BLOCKS = 50  # https://docs.slack.dev/reference/block-kit/blocks
MOST_IN_TEXT = 3_000  # characters of one text object
MOST_IN_HEADER = 150
MOST_IN_ADDRESS = 3_000
MOST_IN_ALL = 12_000  # characters; the sum that Slack takes in one message
MOST_ELEMENTS = 30  # in one list; Slack names no limit, a phone does

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")  # also what turns the direction of writing

Block = dict[str, Any]


def header(text: str) -> Block:
    return {"type": "header", "text": _plain(cut(_line(text), MOST_IN_HEADER))}


def paragraph(text: str, *, lead: str = "") -> Block:
    """Text, behind words in bold if `lead` is given."""
    bold = [_text(f"{lead} ", bold=True)] if lead else []
    return _rich({"type": "rich_text_section", "elements": [*bold, *_texts(text)]})


def code(text: str, *, title: str = "") -> Block:
    """One block to copy from, however long."""
    quoted = {"type": "rich_text_preformatted", "elements": _texts(text)}
    if not title:
        return _rich(quoted)
    return _rich({"type": "rich_text_section", "elements": [_text(title, bold=True)]}, quoted)


def points(title: str, items: Sequence[str], *, numbered: bool = False) -> Block:
    style = "ordered" if numbered else "bullet"
    listed = [{"type": "rich_text_section", "elements": _texts(each)} for each in items[:MOST_ELEMENTS]]
    heading = {"type": "rich_text_section", "elements": [_text(title, bold=True)]}
    return _rich(heading, {"type": "rich_text_list", "style": style, "elements": listed})


def row_of_links(links: Iterable[Link]) -> Block | None:
    """Links side by side; one whose address is too long for Slack is left out."""
    elements: list[Block] = []
    for link in links:
        if len(link.url) <= MOST_IN_ADDRESS and link.label:
            elements += [_text("  ·  ")] if elements else []
            elements.append({"type": "link", "url": link.url, "text": link.label})
    return _rich({"type": "rich_text_section", "elements": elements}) if elements else None


def small(text: str) -> Block:
    return {"type": "context", "elements": [_plain(cut(_line(text), MOST_IN_TEXT))]}


def escaped(text: str) -> str:
    """For the one text that Slack does parse: what it shows in notifications."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("://", ":\u2060//")


def size(blocks: Any) -> int:
    """Characters of all texts and addresses in it."""
    if isinstance(blocks, dict):
        own = sum(width(value) for key, value in blocks.items() if key in {"text", "url"} and isinstance(value, str))
        return own + sum(size(value) for value in blocks.values() if not isinstance(value, str))
    return sum(size(each) for each in blocks) if isinstance(blocks, list) else 0


def _rich(*elements: Block) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text or " ", "emoji": False}


def _text(text: str, *, bold: bool = False) -> Block:
    return {"type": "text", "text": text} | ({"style": {"bold": True}} if bold else {})


def _texts(text: str) -> list[Block]:
    """As many elements as the limit of one makes necessary; Slack shows them without a seam."""
    pieces: list[Block] = []
    rest = _CONTROL.sub("", text) or " "
    while rest:
        end = len(rest) if width(rest) <= MOST_IN_TEXT else MOST_IN_TEXT // 2
        pieces.append(_text(rest[:end]))
        rest = rest[end:]
    return pieces


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
