"""A message as an e-mail and as a text message show it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from responder.model import Artifact, Message
from responder.report.fitting import cut
from responder.report.visible import visible
from responder.report.wording import ARTIFACTS, headline, origin, proof, repeats

# https://docs.aws.amazon.com/sns/latest/api/API_Publish.html: ASCII, no control characters, fewer than 100
MOST_IN_SUBJECT = 99
MOST_IN_SMS = 140  # bytes of one text message: https://docs.aws.amazon.com/sns/latest/dg/sns-mobile-phone-number-as-subscriber.html
MOST_IN_TEXT = 60_000  # characters; SNS takes 256 KB of all forms together
_RULE = "-" * 40
_TO_READ = frozenset({"source"})  # artifacts that nobody pastes


def subject(message: Message) -> str:
    """What failed, where and by what cause: enough for a watch. ASCII, at most 99 characters."""
    cause = cut_ascii(message.diagnosis.cause, MOST_IN_SUBJECT // 3)
    room = MOST_IN_SUBJECT - len(cause) - 3
    return f"{cut_ascii(f'MWAA: {headline(message, room - 8)}', room)} ({cause})"  # "…" becomes three characters


def sms(message: Message) -> str:
    """What failed and why, in one text message."""
    return cut_ascii(f"{headline(message, MOST_IN_SMS // 2)}: {message.remedy.summary}", MOST_IN_SMS)


def cut_ascii(said: str, most: int) -> str:
    """Accents are dropped, what has no plain form becomes `?`."""
    flat = unicodedata.normalize("NFKD", " ".join(said.replace("…", "...").split()))
    plain = "".join(each if " " <= each <= "~" else "" if unicodedata.combining(each) else "?" for each in flat)
    return plain if len(plain) <= most else plain[: most - 3] + "..."


def text(message: Message) -> str:
    """The whole message for an e-mail. Addresses out of a log are broken, so that no mail reader makes links of them."""
    return cut("\n".join(_lines(message)), MOST_IN_TEXT)


def _lines(message: Message) -> Iterator[str]:
    remedy, first = message.remedy, not message.follow_up
    yield from (inert(headline(message, tried=True)), inert(remedy.summary), "")
    yield from _nonempty(inert(repeats(message)))
    if first:
        said = (line for each in message.diagnosis.evidence for line in inert(each).split("\n"))
        yield from _section("The log says", [f"  {line}" for line in said])
        yield from _nonempty(inert(remedy.explanation))
    yield from _section("What to do", [f"  {number}. {inert(step)}" for number, step in enumerate(remedy.steps, 1)])
    yield from _nonempty(f"Who has to act: {inert(remedy.owner)}" if remedy.owner else "")
    yield from _pasted(remedy.artifacts[:1])
    yield from (inert(proof(message)) + ("" if proof(message).endswith(".") else "."), "")
    if first:
        yield from _section("Not checked", [f"  - {inert(each)}" for each in remedy.not_checked])
        yield from _pasted(remedy.artifacts[1:])
    yield from _nonempty(inert("\n".join(message.notes)))
    yield from _section("Links", [f"  {link.label}: {link.url}" for link in message.links])
    yield inert(origin(message))


def _pasted(artifacts: Iterable[Artifact]) -> Iterator[str]:
    """Between rules, from which it can be copied as it is."""
    for artifact in artifacts:
        title = inert(artifact.title) or ARTIFACTS.get(artifact.kind, artifact.kind)
        shown = inert(artifact.text) if artifact.kind in _TO_READ else visible(artifact.text)
        yield from (f"{title}:", _RULE, shown, _RULE, "")


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield from (f"{title}:", *lines, "")


def _nonempty(said: str) -> Iterator[str]:
    if said.strip():
        yield from (said, "")


def inert(said: str) -> str:
    """Without control characters, and without anything that a mail reader takes for an address."""
    return re.sub(r"(?i)(https?|ftp)://", "\\1:\u2060//", visible(said)).replace("www.", "www\u2060.")
