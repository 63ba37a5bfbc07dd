"""Puts together what is said to people. The words come from the cause; here they are made safe and complete."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from responder.intake.scrub import scrub
from responder.model import Artifact, Diagnosis, Failure, Link, Message, Occurrences, Proof, Remedy
from responder.report.fingerprint import fingerprint
from responder.report.fitting import SIGN, fitting
from responder.report.links import links
from responder.report.visible import visible

if TYPE_CHECKING:
    from responder.inquiry.environment import EnvironmentFacts

EVIDENCE_LINES = 4  # the most telling come first
EVIDENCE_CHARACTERS = 600  # a line
TEXT_CHARACTERS = 2_000  # of the summary, the explanation, a step
ARTIFACT_CHARACTERS = 12_000
MOST_STEPS = 8
MOST_LINKS = 8
# AWS's reason for a refusal, encrypted for the account's own administrators: useless to read, too long to show.
_ENCODED_DENIAL = re.compile(r"(ncoded authorization failure message:?) ?[A-Za-z0-9_-]{40,8192}")


def compose(
    failure: Failure,
    diagnosis: Diagnosis,
    remedy: Remedy,
    environment: EnvironmentFacts | None,
    occurrences: Occurrences,
    *,
    follow_up: int = 0,
) -> Message:
    """The message: bounded, without secrets even where a look-up brought one, with links."""
    evidence = tuple(plain(line, EVIDENCE_CHARACTERS) for line in _once(diagnosis.evidence)[:EVIDENCE_LINES])
    facts = {
        name: plain(fact, TEXT_CHARACTERS) if isinstance(fact, str) else fact for name, fact in diagnosis.facts.items()
    }
    return Message(
        fingerprint=fingerprint(failure, diagnosis),
        failure=failure,
        diagnosis=replace(diagnosis, evidence=evidence, facts=facts),
        remedy=_safe(remedy),
        links=(*links(failure, environment), *_safe_links(remedy.links))[:MOST_LINKS],
        occurrences=occurrences,
        follow_up=follow_up,
    )


def _once(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Without what is empty or stands in a line before it: Airflow repeats an exception's words as a record's."""
    return tuple(
        line for place, line in enumerate(lines) if line.strip() and not any(line in other for other in lines[:place])
    )


def plain(text: str, most: int) -> str:
    """Scrubbed, valid as UTF-8, without what nobody sees or AWS has encoded, cut with a sign that it was."""
    valid = visible(text.encode(errors="replace").decode())  # JSON in a log can spell half a character: \ud83d
    clean = scrub(_ENCODED_DENIAL.sub(r"\1 (encoded)", valid)).strip("\n")
    return clean if len(clean) <= most else clean[: fitting(clean, most - len(SIGN), len)].rstrip() + SIGN


def _safe(remedy: Remedy) -> Remedy:
    return replace(
        remedy,
        summary=plain(remedy.summary, TEXT_CHARACTERS),
        explanation=plain(remedy.explanation, TEXT_CHARACTERS),
        steps=tuple(plain(step, TEXT_CHARACTERS) for step in remedy.steps[:MOST_STEPS]),
        proof=Proof(remedy.proof.level, plain(remedy.proof.how, TEXT_CHARACTERS)),
        artifacts=tuple(_safe_artifact(each) for each in remedy.artifacts if each.text.strip()),
        not_checked=tuple(plain(each, TEXT_CHARACTERS) for each in remedy.not_checked),
        links=_safe_links(remedy.links),
    )


def _safe_artifact(artifact: Artifact) -> Artifact:
    """What is pasted must be whole: one that is too long ends with a line that says so."""
    return artifact._replace(
        text=plain(artifact.text, ARTIFACT_CHARACTERS), title=plain(artifact.title, TEXT_CHARACTERS)
    )


def _safe_links(found: tuple[Link, ...]) -> tuple[Link, ...]:
    return tuple(link for link in found if link.url.startswith("https://") and not re.search(r"[\s<>|\"'`]", link.url))
