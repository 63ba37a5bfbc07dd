"""Whatever a log says: in no channel does it mention, link, colour, hide or run anything, and every limit holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from responder.model import Artifact, Attempt, EnvironmentStatus, Kind, Message, Occurrences, Proof, ProofLevel
from responder.notify.amazon_q import notification
from responder.notify.event_bus import MOST_BYTES, detail
from responder.notify.html import page
from responder.notify.slack import payload, plain_payload
from responder.notify.slack_blocks import MOST_IN_ALL, MOST_IN_TEXT, escaped_width
from responder.notify.sns import Sns
from responder.notify.sns_text import sms, subject, text
from responder.report.card import MOST_CHARACTERS, from_card, to_card
from responder.report.compose import compose

from tests.stand_ins.samples import PLACE, SEEN, diagnosis, failure, messages, remedy

MOST_AT_SNS = 256 * 1024
HOSTILE = {
    "mentions": "<!channel> <!here> <!everyone|x> <!subteam^S123|@ops> <@U012AB3CD> <#C012AB3CD|general>",
    "bare mentions": "@channel @here @everyone #general",
    "links": "<https://evil.example|ok> <mailto:a@evil.example|m> https://evil.example/x?y=1&z=2 HTTP://EVIL.example www.evil.example",
    "Markdown": "*bold* _it_ ~st~ `code` > quote\n# h\n- l\n[ok](https://evil.example) ![i](https://evil.example/i.png)",
    "fences": "a\n```\nout of it <!channel>\n```\nb ``````",
    "entities": "&lt;!channel&gt; &amp;lt;!here&amp;gt; &#60;!channel&#62;",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)><a href='https://evil.example'>x</a> \" '",
    "Teams": '<at>all</at> <at id="0">x</at>',
    "Slack's dates": "<!date^1392734382^Posted {date}|x>",
    "terminal": "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07click\x1b]8;;\x07 \x9b31m",
    "direction": "abc\u202egnp.exe\u202c \u2066x\u2069 \u200e\u200f \u061c",
    "lines": "one\r\ntwo\rthree\x0bfour\x0cfive\x85six\u2028seven\u2029eight",
    "unseen": "<\u200b!channel> <\ufeff@U1> h\u200bttps://evil.example \u180e \U000e0041\U000e007f \x00 \x08",
    "half a character": "ends in \ud83d here",
    "one long word": "x" * 40_000,
    "many words": "word " * 9_000,
    "families": "\U0001f469\u200d\U0001f469\u200d\U0001f467" * 3_000,
    "marks on a letter": "Z" + "\u0301" * 5_000 + "algo" * 2_000,
    "flags": "\U0001f1e9\U0001f1ea" * 4_000,
    "another script": "失敗しました" * 4_000,
    "what grows when escaped": "&<>" * 8_000,
    "what grows in JSON": '"\\' * 10_000,
    "many lines": "line\n" * 5_000,
    "control characters": "\x01\x02\x03" * 3_000,
}
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_ADDRESS = re.compile(r"(?i)(?:https?|ftp)://|www\.")
_MENTION = re.compile(r"<[!@#]")


def _everywhere(said: str, kind: Kind) -> Message:
    """A message in which every text that can come from a log or a look-up says it."""
    valid = said.encode("utf-8", "replace").decode("utf-8")  # as intake admits names
    name = valid[:250]
    told = remedy(
        summary=said,
        explanation=said,
        steps=(said,) * 8,
        artifacts=(Artifact("source", said, said[:300]), Artifact("source", said)),
        not_checked=(said,) * 6,
        owner=valid[:500],
        proof=Proof(ProofLevel.CHECKED, said),
    )
    found = diagnosis(told, evidence=(said,) * 4, facts=dict.fromkeys("abcdefgh", said))
    seen = failure(
        kind=kind,
        attempt=Attempt(name, name, name, 3, 1, True),
        dag_file=f"/usr/local/airflow/dags/{name}",
        place=replace(PLACE, environment=name[:80]),
        status=EnvironmentStatus("UPDATE_FAILED", "c", name),
    )
    made = compose(seen, found, told, None, Occurrences(5, SEEN, SEEN + 1, (name,) * 4, 7))
    return replace(made, notes=(valid,))


def _messages(said: str) -> Iterator[Message]:
    for kind in Kind:
        made = _everywhere(said, kind)
        yield from (made, replace(made, follow_up=1))


@pytest.mark.parametrize("what", HOSTILE)
def test_slack_shows_it_and_does_nothing(what: str) -> None:
    for message in _messages(HOSTILE[what]):
        made = payload(message)
        texts = [each["text"] for each in _walk(made["blocks"]) if isinstance(each.get("text"), str)]
        assert not [said for said in texts if _MENTION.search(said) or _UNSEEN.search(said)]
        assert max(map(escaped_width, texts)) <= MOST_IN_TEXT
        assert sum(map(escaped_width, texts)) <= MOST_IN_ALL
        for parsed in (made["text"], plain_payload(message)["text"]):
            assert not set(parsed) & set("<>")
            assert not _UNSEEN.search(parsed)
            assert "://" not in parsed
            assert not re.search(r"@(?:channel|here|everyone)\b", parsed)
            assert len(parsed) <= MOST_IN_TEXT
        assert made["mrkdwn"] is False


@pytest.mark.parametrize("what", HOSTILE)
def test_mail_and_telephone_show_it_and_do_nothing(what: str) -> None:
    for message in _messages(HOSTILE[what]):
        said = text(message)
        for link in message.links:
            said = said.replace(link.url, "")
        assert not _UNSEEN.search(said)
        assert not _ADDRESS.search(said)
        assert re.fullmatch(r"MWAA: [ -~]{1,93}", subject(message))
        assert re.fullmatch(r"[ -~]{1,140}", sms(message))
        topic = _Topic()
        Sns("arn:aws:sns:eu-west-1:123456789012:t", lambda topic=topic: topic).send(message, None)
        assert 0 < topic.size <= MOST_AT_SNS


@pytest.mark.parametrize("what", HOSTILE)
def test_amazon_q_is_told_no_markup(what: str) -> None:
    for message in _messages(HOSTILE[what]):
        made = notification(message)
        description = made["content"]["description"]
        assert escaped_width(description.replace("&", "")) <= MOST_IN_TEXT + 500
        assert description.count("```") % 2 == 0
        inside = "".join(re.findall(r"```\n(.*?)\n```", description, flags=re.DOTALL))
        outside = re.sub(r"```\n.*?\n```", "", description, flags=re.DOTALL)
        for link in message.links:
            outside = outside.replace(f"<{link.url}|{link.label}>", "")
        texts = (outside, made["content"]["title"], *made["content"]["nextSteps"], made["metadata"]["summary"])
        assert not [said for said in texts if set(said) & set("<>*_~`|[]@#!")]
        assert not set(inside) & set("<>&`")
        assert not [said for said in (*texts, inside) if _ADDRESS.search(said) or _UNSEEN.search(said)]
        assert len(json.dumps(made, ensure_ascii=False).encode()) <= MOST_AT_SNS


@pytest.mark.parametrize("what", HOSTILE)
def test_events_and_cards_are_json_that_fits(what: str) -> None:
    for message in _messages(HOSTILE[what]):
        assert len(detail(message).encode()) <= MOST_BYTES
        assert json.loads(detail(message))["fingerprint"] == message.fingerprint
        assert len(to_card(message).encode()) <= MOST_CHARACTERS
        assert from_card(to_card(message)).fingerprint == message.fingerprint


@pytest.mark.parametrize("what", HOSTILE)
def test_a_page_runs_nothing(what: str) -> None:
    for message in _messages(HOSTILE[what]):
        read = _Reader()
        read.feed(page([message]))
        assert not read.tags & {"script", "img", "iframe", "at", "form", "input"}
        assert not [name for name in read.attributes if name.startswith("on") or name in {"src", "style"}]
        assert read.addresses <= {link.url for link in message.links}


@given(messages())
def test_no_message_is_too_long_when_escaped(said: Message) -> None:
    texts = [each["text"] for each in _walk(payload(said)["blocks"]) if isinstance(each.get("text"), str)]
    assert max(map(escaped_width, texts)) <= MOST_IN_TEXT
    assert sum(map(escaped_width, texts)) <= MOST_IN_ALL
    assert len(to_card(said).encode()) <= MOST_CHARACTERS


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name == "href"}


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _walk(each)
    if isinstance(value, list):
        for each in value:
            yield from _walk(each)


class _Topic:
    """SNS as far as it weighs what it is given."""

    size = 0

    def publish(self, **given: Any) -> dict[str, str]:
        self.size = len(given["Message"].encode()) + len(json.dumps(given["MessageAttributes"]).encode())
        return {"MessageId": "m-1"}
