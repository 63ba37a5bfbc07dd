"""A message as Slack shows it: what failed and why in the first two lines, the rest in the order in which it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from responder.model import Artifact, Message, ProofLevel
from responder.notify import sns_text
from responder.notify.slack_blocks import (
    MOST_BLOCKS,
    MOST_IN_ALL,
    MOST_IN_HEADER,
    MOST_IN_TEXT,
    Block,
    code,
    escaped,
    escaped_width,
    header,
    paragraph,
    points,
    row_of_links,
    size,
    small,
)
from responder.report.fitting import Part, cut, fit
from responder.report.wording import ARTIFACTS, headline, origin, proof, repeats

_SIGNS = {ProofLevel.PROVEN: "✅", ProofLevel.CHECKED: "☑️", ProofLevel.SUSPECTED: "❔"}
_ALARM, AGAIN = "🔴", "🔁"
_SPARE = 700  # characters for titles and signs
_SEPARATOR = "\n\x00\n"  # keeps the items of a list apart while they share one allowance
_IN_HEADER = MOST_IN_HEADER - 4  # without the sign before it
_INERT = {"mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
MOST_IN_NOTIFICATION = 250  # characters that a phone shows of `text`


def payload(message: Message) -> dict[str, Any]:
    """What is posted: blocks, and the text for notifications and screen readers. Nothing in it unfolds a preview."""
    return {"text": text(message), "blocks": blocks(message), **_INERT}


def plain_payload(message: Message) -> dict[str, Any]:
    """For a Slack that does not take the blocks: better a plain message than none."""
    whole = escaped(cut(sns_text.text(message), MOST_IN_TEXT - _SPARE, escaped_width))
    return {"text": whole, **_INERT}


def text(message: Message) -> str:
    return escaped(cut(" ".join(f"{headline(message)}: {message.remedy.summary}".split()), MOST_IN_NOTIFICATION))


def blocks(message: Message) -> list[Block]:
    """At most 50 blocks, 3,000 characters in a text and 12,000 in all."""
    links = row_of_links(message.links)
    room = MOST_IN_ALL - MOST_IN_HEADER - _SPARE - (size(links) if links else 0)
    texts = fit(tuple(_parts(message)), max(room, MOST_IN_ALL // 3), escaped_width)
    made = [
        header(f"{AGAIN if message.follow_up else _ALARM} {headline(message, _IN_HEADER, tried=True)}"),
        *_body(message, texts),
    ]
    made += [links] if links and size(made) + size(links) < MOST_IN_ALL - _SPARE else []
    return [*made, small(texts.get("origin", ""))][:MOST_BLOCKS]


def _parts(message: Message) -> Iterator[Part]:
    """The first rank loses last: what failed, and what is there to paste."""
    remedy = message.remedy
    yield Part("summary", remedy.summary, 700, 0)
    yield Part("repeats", repeats(message, 1_200), 1_200, 1)
    yield Part("origin", origin(message), 500, 1)
    yield Part("proof", proof(message), 600, 2)
    yield Part("steps", _SEPARATOR.join(remedy.steps), 2_400, 4)
    yield Part("notes", "\n".join(message.notes), 300, 4)
    for number, artifact in enumerate(remedy.artifacts[: 1 if message.follow_up else None]):
        yield Part(f"artifact{number}", artifact.text, 5_000 if number == 0 else 2_500, 3 if number == 0 else 9)
    if message.follow_up:
        return
    yield Part("evidence", "\n".join(message.diagnosis.evidence), 1_400, 5)
    yield Part("owner", remedy.owner or "", 300, 6)
    yield Part("not_checked", _SEPARATOR.join(remedy.not_checked), 1_200, 7)
    yield Part("explanation", remedy.explanation, 1_000, 8)


def _body(message: Message, texts: dict[str, str]) -> list[Block]:
    sign = _SIGNS[message.remedy.proof.level]
    artifacts = [(f"artifact{n}", partial(code, title=_title(each))) for n, each in enumerate(message.remedy.artifacts)]
    layout: list[tuple[str, Callable[[str], Block]]] = [
        ("summary", paragraph),
        ("repeats", paragraph),
        ("evidence", code),
        ("explanation", paragraph),
        ("steps", lambda text: points("What to do", _items(text), numbered=True)),
        ("owner", partial(paragraph, lead="Who has to act:")),
        *artifacts[:1],
        ("proof", partial(paragraph, lead=sign)),
        ("not_checked", lambda text: points("Not checked", _items(text))),
        *artifacts[1:],
        ("notes", paragraph),
    ]
    return [make(texts[name]) for name, make in layout if name in texts]


def _title(artifact: Artifact) -> str:
    return cut(artifact.title or ARTIFACTS.get(artifact.kind, artifact.kind), 100, escaped_width)


def _items(joined: str) -> list[str]:
    return [each.strip("\n") for each in joined.split(_SEPARATOR.strip("\n")) if each.strip()]
