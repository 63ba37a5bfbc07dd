"""A page on which messages can be looked at as Slack and a mail reader show them. Needs nothing from the web."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from responder.model import Message
from responder.notify.html_style import SIGNS, STYLE
from responder.notify.slack import blocks
from responder.notify.sns_text import subject, text


def page(messages: Iterable[Message], *, title: str = "What the responder posts") -> str:
    """A whole HTML document. Every text in it is escaped; the only links are those that the messages have."""
    shown = "\n".join(_pair(number, message) for number, message in enumerate(messages, 1))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
    return f"<!doctype html><html lang=en><head>{head}<style>{STYLE}</style></head><body><h1>{escape(title)}</h1>{shown}</body></html>"


def _pair(number: int, message: Message) -> str:
    name = f"{message.diagnosis.category} / {message.diagnosis.cause}"
    return (
        f'<section id="m{number}"><h2>{escape(name)}</h2><div class=pair>'
        f"<article class=slack><div class=avatar>M</div><div class=post><b>MWAA Failure Responder</b> <i>APP</i>{slack(blocks(message))}</div></article>"
        f"<article class=mail><p class=subject>{escape(subject(message))}</p><pre>{escape(text(message))}</pre></article>"
        "</div></section>"
    )


def slack(made: Iterable[dict[str, Any]]) -> str:
    """Blocks as Slack would show them."""
    return "".join(_block(each) for each in made)


def _block(block: dict[str, Any]) -> str:
    if block["type"] == "header":
        return f"<h3>{_signs(escape(block['text']['text']))}</h3>"
    if block["type"] == "context":
        return f"<p class=small>{''.join(escape(each['text']) for each in block['elements'])}</p>"
    return "".join(_part(each) for each in block["elements"])


def _part(part: dict[str, Any]) -> str:
    if part["type"] == "rich_text_list":
        tag = "ol" if part["style"] == "ordered" else "ul"
        return f"<{tag}>{''.join(f'<li>{_inline(each)}</li>' for each in part['elements'])}</{tag}>"
    if part["type"] == "rich_text_preformatted":
        return f"<pre>{_inline(part)}</pre>"
    return f"<p>{_inline(part)}</p>"


def _inline(part: dict[str, Any]) -> str:
    return "".join(_element(each) for each in part["elements"])


def _element(element: dict[str, Any]) -> str:
    said = escape(element["text"])
    if element["type"] == "link":
        return f'<a href="{escape(element["url"])}" rel="noreferrer noopener">{said}</a>'
    style = element.get("style", {})
    if style.get("code"):
        return f"<code>{said}</code>"
    return f"<b>{_signs(said)}</b>" if style.get("bold") else said


def _signs(escaped: str) -> str:
    """Slack brings its own emoji; a page has only the fonts of the machine it is looked at on."""
    for sign, name in SIGNS.items():
        escaped = escaped.replace(sign, f'<span class="sign {name}">{sign}</span>')
    return escaped
