"""Any diagnosis fits Slack, and nothing out of a log means anything to Slack."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from responder.model import Artifact, Message, Occurrences
from responder.notify.slack import blocks, payload, plain_payload, text
from responder.notify.slack_blocks import MOST_BLOCKS, MOST_IN_ALL, MOST_IN_TEXT, MOST_MARKED, paragraph, size
from responder.report.fitting import width

from tests.stand_ins.samples import SEEN, STATEMENT, message, messages, remedy

BLOCKS = {"header", "rich_text", "context"}
PARTS = {"rich_text_section", "rich_text_list", "rich_text_preformatted"}


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _walk(each)
    if isinstance(value, list):
        for each in value:
            yield from _walk(each)


def _shown(said: Message) -> str:
    return "\n".join(str(each["text"]) for each in _walk(blocks(said)) if isinstance(each.get("text"), str))


@given(messages())
def test_keeps_to_the_limits(said: Message) -> None:
    made = blocks(said)
    assert 1 < len(made) <= MOST_BLOCKS
    assert size(made) <= MOST_IN_ALL
    texts = [each["text"] for each in _walk(made) if isinstance(each.get("text"), str)]
    assert all(0 < width(each) <= MOST_IN_TEXT for each in texts)
    assert width(made[0]["text"]["text"]) <= 150
    assert all(0 < len(each["url"]) <= 3000 for each in _walk(made) if "url" in each)


@given(messages())
def test_nothing_of_a_log_is_markup(said: Message) -> None:
    """Only elements in which Slack reads no markup, only links that the message has, no mention, no emoji names."""
    made = blocks(said)
    kinds = {each["type"] for each in _walk(made) if "type" in each}
    assert {each["type"] for each in made} <= BLOCKS
    assert kinds <= BLOCKS | PARTS | {"text", "link", "plain_text"}
    assert {each["url"] for each in _walk(made) if each.get("type") == "link"} <= {link.url for link in said.links}
    assert all(each["emoji"] is False for each in _walk(made) if each.get("type") == "plain_text")


@given(messages())
def test_the_notification_mentions_and_links_nothing(said: Message) -> None:
    assert not set(text(said)) & set("<>\n")
    assert "://" not in text(said)
    assert len(text(said)) <= 1500


@given(messages())
def test_can_be_posted(said: Message) -> None:
    assert json.loads(json.dumps(payload(said)).encode("utf-8")) == payload(said)
    plain = plain_payload(said)["text"]
    assert plain
    assert not set(plain) & set("<>")
    assert plain_payload(said)["mrkdwn"] is False


def test_what_failed_and_why_come_first() -> None:
    first, second = blocks(message())[:2]
    assert first["text"]["text"] == "🔴 sales.load failed in analytics (try 1, the last one)"
    assert second["elements"][0]["elements"][0]["text"].startswith(
        "The execution role is not allowed to do s3:PutObject"
    )


def test_what_is_there_to_paste_goes_last() -> None:
    """With everything else too long, the artifact is whole, in one block."""
    crowded = remedy(
        explanation="why " * 900,
        steps=("do " * 900,) * 8,
        not_checked=("no " * 900,) * 8,
        artifacts=(Artifact("iam-statement", "x" * 4_900),) * 3,
    )
    made = blocks(message(remedy=crowded))
    pasted = [part for part in _walk(made) if part.get("type") == "rich_text_preformatted"]
    assert any("".join(each["text"] for each in part["elements"]) == "x" * 4_900 for part in pasted)
    assert size(made) <= MOST_IN_ALL


def test_the_remedy_says_how_far_it_was_checked() -> None:
    shown = _shown(message())
    assert STATEMENT in shown
    assert "Proven before it was posted" in shown
    assert "bucket policy: the bucket belongs to another account" in shown


def test_a_follow_up_counts_and_names_who_is_hit() -> None:
    seen = Occurrences(1_000, SEEN, SEEN + 3_600_000, ("sales.load", "sales.sum"), 18)
    made = blocks(message(occurrences=seen, follow_up=1))
    assert made[0]["text"]["text"] == "🔁 Still failing in analytics: sales.load and 19 more tasks, 1,000 times"
    said = (
        "Seen 1,000 times since 2026-01-01 00:00 UTC, last at 2026-01-01 01:00 UTC: sales.load, sales.sum and 18 more."
    )
    assert said in _shown(message(occurrences=seen, follow_up=1))


def test_unfolds_no_previews() -> None:
    assert payload(message())["unfurl_links"] is False
    assert payload(message())["unfurl_media"] is False


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Run `pip check`.", [("Run ", {}), ("pip check", {"code": True}), (".", {})], id="a command"),
        pytest.param("`a` and `b`", [("a", {"code": True}), (" and ", {}), ("b", {"code": True})], id="two"),
        pytest.param("near ``", [("near ``", {})], id="nothing between"),
        pytest.param("near `FROM", [("near `FROM", {})], id="a half"),
        pytest.param("", [(" ", {})], id="no text"),
    ],
)
def test_what_stands_between_backticks_is_code(text: str, shown: list[tuple[str, dict[str, bool]]]) -> None:
    (part,) = paragraph(text)["elements"]
    assert [(each["text"], each.get("style", {})) for each in part["elements"]] == shown


def test_not_more_is_marked_than_a_person_reads() -> None:
    (part,) = paragraph("`x` " * 1_000)["elements"]
    assert len(part["elements"]) <= 2 * MOST_MARKED + 2
