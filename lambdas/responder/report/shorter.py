"""What a message loses where it has to fit: what is to be pasted, the last first; then the length of its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from responder.model import Message, Proof, Remedy
from responder.report.fitting import cut

_LENGTHS = (1_000, 300, 100)  # characters of one text; in JSON one of another script takes twelve times as many
_MOST_TEXTS = 8  # of one list, when it comes to that


def fitted(message: Message, written: Callable[[Message], str], most: int) -> str:
    """What is written of the message, of as much of it as `most` characters take."""
    text = ""
    for shorter in _shorter_and_shorter(message):
        text = written(shorter)
        if len(text) <= most:
            break
    return text


def _shorter_and_shorter(message: Message) -> Iterator[Message]:
    """The message as it is, and ever shorter ones. The last one is of a few kilobytes, whatever the first one was."""
    yield message
    while message.remedy.artifacts:
        message = replace(message, remedy=replace(message.remedy, artifacts=message.remedy.artifacts[:-1]))
        yield message
    for most in _LENGTHS:
        yield _shortened(message, most)


def _shortened(message: Message, most: int) -> Message:
    facts = {name: cut(fact, most) if isinstance(fact, str) else fact for name, fact in message.diagnosis.facts.items()}
    diagnosis = replace(message.diagnosis, evidence=_texts(message.diagnosis.evidence, most), facts=facts)
    return replace(message, diagnosis=diagnosis, remedy=_remedy(message.remedy, most))


def _remedy(remedy: Remedy, most: int) -> Remedy:
    return replace(
        remedy,
        summary=cut(remedy.summary, most),
        explanation=cut(remedy.explanation, most),
        steps=_texts(remedy.steps, most),
        proof=Proof(remedy.proof.level, cut(remedy.proof.how, most)),
        not_checked=_texts(remedy.not_checked, most),
    )


def _texts(texts: tuple[str, ...], most: int) -> tuple[str, ...]:
    return tuple(cut(each, most) for each in texts[:_MOST_TEXTS])
