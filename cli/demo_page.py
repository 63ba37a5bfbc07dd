"""Messages on a page, as Slack and a mail reader would show them, and a picture of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from responder.notify.html import slack
from responder.notify.html_style import STYLE

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
PICTURE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Arrived:
    """What one failure led to."""

    title: str
    source: str
    blocks: Sequence[Mapping[str, Any]]
    subject: str
    text: str


def page(arrived: Iterable[Arrived], *, title: str) -> str:
    """A whole HTML document; every text in it is escaped."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
    shown = "\n".join(_section(each) for each in arrived)
    return f"<!doctype html><html lang=en><head>{head}<style>{STYLE}</style></head><body><h1>{escape(title)}</h1>{shown}</body></html>\n"


def _section(arrived: Arrived) -> str:
    return (
        f"<section><h2>{escape(arrived.title)} ({escape(arrived.source)})</h2><div class=pair>"
        "<article class=slack><div class=avatar>M</div><div class=post><b>MWAA Failure Responder</b> <i>APP</i>"
        f"{slack([dict(each) for each in arrived.blocks])}</div></article>"
        f"<article class=mail><p class=subject>{escape(arrived.subject)}</p><pre>{escape(arrived.text)}</pre></article>"
        "</div></section>"
    )


class NoBrowser(Exception):
    """There is nothing here that draws a page."""


def take_picture(html: Path, picture: Path, *, width: int, height: int) -> None:
    """Draws a page with a headless browser of this machine. Raises NoBrowser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise NoBrowser("a picture needs Chromium (apt-get install chromium)")
    picture.parent.mkdir(parents=True, exist_ok=True)
    asked = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={width},{height}")
    command = [browser, *asked, f"--screenshot={picture.resolve()}", html.resolve().as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=PICTURE_SECONDS)
