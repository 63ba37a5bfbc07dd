"""Slack's Block Kit, as far as a message needs it. Whatever comes from a log is put where Slack reads no markup.

In `rich_text` and `plain_text` Slack interprets neither `<!channel>` nor `*bold*` nor addresses; links and emphasis are
elements of their own. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from responder.model import Link
from responder.report.fitting import cut, fitting, width
from responder.report.visible import visible

MOST_BLOCKS = 50  # https://docs.slack.dev/reference/block-kit/blocks
MOST_IN_TEXT = 3_000  # characters of one text object
MOST_IN_HEADER = 150
MOST_IN_ADDRESS = 3_000
MOST_IN_ALL = 12_000  # characters; the sum that Slack takes in one message
MOST_ELEMENTS = 30  # in one list; Slack names no limit, a phone does
MOST_MARKED = 20  # commands and names in one text that are shown as code

# How a mention, a date or a channel begins; and who is meant by a bare one, where a workspace turns names into mentions.
_MENTION = re.compile(r"<(?=[!@#])|@(?=(?i:channel|here|everyone)\b)")
_CODE = re.compile(r"`([^`\n]{1,500})`")
_JOINER = "\u2060"  # takes no room and breaks what stands around it

Block = dict[str, Any]


def header(text: str) -> Block:
    return {"type": "header", "text": _plain(cut(_line(text), MOST_IN_HEADER))}


def paragraph(text: str, *, lead: str = "") -> Block:
    """Text, behind words in bold if `lead` is given; what stands in it between backticks is shown as code."""
    bold = [_text(f"{lead} ", "bold")] if lead else []
    return _rich({"type": "rich_text_section", "elements": [*bold, *_sentence(text)]})


def code(text: str, *, title: str = "") -> Block:
    """One block to copy from, however long."""
    quoted = {"type": "rich_text_preformatted", "elements": _texts(text)}
    heading = _line(title)
    if not heading:
        return _rich(quoted)
    return _rich({"type": "rich_text_section", "elements": [_text(heading, "bold")]}, quoted)


def points(title: str, items: Sequence[str], *, numbered: bool = False) -> Block:
    style = "ordered" if numbered else "bullet"
    listed = [{"type": "rich_text_section", "elements": _sentence(each)} for each in items[:MOST_ELEMENTS]]
    heading = {"type": "rich_text_section", "elements": [_text(title, "bold")]}
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
    said = _muted(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return said.replace("://", f":{_JOINER}//")


def escaped_width(text: str) -> int:
    """What a text takes when Slack has escaped it, which it may do before it counts."""
    return width(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def size(blocks: Any) -> int:
    """Characters of all texts and addresses in it, escaped."""
    if isinstance(blocks, dict):
        own = sum(
            escaped_width(value) for key, value in blocks.items() if key in {"text", "url"} and isinstance(value, str)
        )
        return own + sum(size(value) for value in blocks.values() if not isinstance(value, str))
    return sum(size(each) for each in blocks) if isinstance(blocks, list) else 0


def _rich(*elements: Block) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text or " ", "emoji": False}


def _text(text: str, style: str = "") -> Block:
    return {"type": "text", "text": text} | ({"style": {style: True}} if style else {})


def _sentence(text: str) -> list[Block]:
    """Every second piece stood between backticks; a backtick without its other half stays as it is."""
    pieces = enumerate(_CODE.split(text, MOST_MARKED))
    return [
        part for number, piece in pieces if piece for part in _texts(piece, "code" if number % 2 else "")
    ] or _texts("")


def _texts(text: str, style: str = "") -> list[Block]:
    """As many elements as the limit of one makes necessary; Slack shows them without a seam."""
    pieces: list[Block] = []
    rest = _muted(text) or " "
    while rest:
        end = len(rest) if escaped_width(rest) <= MOST_IN_TEXT else fitting(rest, MOST_IN_TEXT, escaped_width)
        pieces.append(_text(rest[:end], style))
        rest = rest[end:]
    return pieces


def _muted(text: str) -> str:
    """Slack reads no mentions in blocks; should one of its clients ever do, there is none."""
    return _MENTION.sub(lambda found: found[0] + _JOINER, visible(text))


def _line(text: str) -> str:
    return " ".join(_muted(text).split())
