"""Messages in the terminal and on the page show what Slack and the mail hold, and nothing in them is markup."""

import io

import pytest
from rich.console import Console

from cli.demo_page import Arrived, NoBrowser, page, take_picture
from cli.demo_terminal import as_mail, as_slack


def text(words, **style):
    return {"type": "text", "text": words, **({"style": style} if style else {})}


BLOCKS = [
    {"type": "header", "text": {"type": "plain_text", "text": "🔴 load failed <script>"}},
    {"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": [text("What to do", bold=True), text(" [bold]now[/bold]")]},
        {"type": "rich_text_list", "style": "ordered", "elements": [
            {"type": "rich_text_section", "elements": [text("first")]},
            {"type": "rich_text_section", "elements": [{"type": "link", "url": "https://example.com/a", "text": "second"}]},
        ]},
        {"type": "rich_text_preformatted", "elements": [text('{"Action": "s3:PutObject"}')]},
    ]},
    {"type": "context", "elements": [{"type": "plain_text", "text": "v1:abc"}]},
]  # fmt: skip


@pytest.fixture
def printed():
    def of(shown, width=100):
        out = io.StringIO()
        Console(file=out, width=width, highlight=False).print(shown)
        return out.getvalue()

    return of


def test_the_terminal_shows_every_block(printed):
    shown = printed(as_slack(BLOCKS))
    for words in (
        "🔴 load failed <script>",
        "What to do [bold]now[/bold]",
        "1. first",
        "2. second",
        "s3:PutObject",
        "v1:abc",
    ):
        assert words in shown


def test_the_terminal_shows_a_mail_as_it_is(printed):
    shown = printed(as_mail("MWAA: [red]load", "line one\n  [/bold] line two\n"))
    assert "Subject: MWAA: [red]load" in shown
    assert "  [/bold] line two" in shown


def test_a_narrow_terminal_loses_no_words(printed):
    shown = printed(as_slack(BLOCKS), width=30)
    assert max(len(line) for line in shown.splitlines()) <= 31  # a sign may count as two columns
    assert "s3:PutObject" in shown


def test_the_page_escapes_what_it_shows():
    shown = page([Arrived("<b>", "a & b", BLOCKS, "<i>", "<u>")], title="<title>")
    assert "<script>" not in shown
    for words in (
        "&lt;script&gt;",
        "&lt;b&gt; (a &amp; b)",
        "<p class=subject>&lt;i&gt;",
        "<pre>&lt;u&gt;</pre>",
        "first",
    ):
        assert words in shown


def test_a_machine_without_a_browser_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoBrowser, match="needs Chromium"):
        take_picture(tmp_path / "a.html", tmp_path / "a.png", width=100, height=100)
