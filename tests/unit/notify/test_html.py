"""The page shows messages and runs nothing."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from responder.model import Message
from responder.notify.html import page, slack
from responder.notify.slack_blocks import paragraph

from tests.stand_ins.samples import message, messages

TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "h1",
    "h2",
    "h3",
    "section",
    "div",
    "article",
    "b",
    "i",
    "p",
    "pre",
    "code",
    "ol",
    "ul",
    "li",
    "a",
    "span",
}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


def _read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@given(messages())
def test_nothing_of_a_log_becomes_a_tag(said: Message) -> None:
    read = _read(page([said]))
    assert read.tags <= TAGS
    assert not [name for name, _ in read.attributes if name.startswith("on") or name in {"src", "srcset", "style"}]
    assert {value for name, value in read.attributes if name == "href"} <= {link.url for link in said.links}


def test_shows_slack_and_mail_side_by_side() -> None:
    html = page([message()])
    assert "permissions / iam-denied" in html
    assert html.count("The execution role is not allowed to do s3:PutObject") == 2


def test_a_command_is_shown_as_code() -> None:
    assert slack([paragraph("Run `aws mwaa get-environment`.")]) == "<p>Run <code>aws mwaa get-environment</code>.</p>"
