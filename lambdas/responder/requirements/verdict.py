"""The verdict in words: how far it is proven, what would change on the image, what could not be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from responder.model import Proof, ProofLevel
from responder.requirements.edits import shown_diff
from responder.requirements.hashes import SHA256
from responder.requirements.included import included
from responder.requirements.index_lines import Indexes
from responder.requirements.known import active
from responder.requirements.lines import File, Form, Line
from responder.requirements.masking import masked
from responder.requirements.problem import ABSENT, Problem, ProblemClass, Verdict
from responder.requirements.query import NotProven, Solved
from responder.requirements.rounds import Finding
from responder.requirements.trial import Trial


@dataclass(frozen=True, slots=True)
class Judged:
    """A file after the last round."""

    original: File
    draft: File
    probe: File  # the draft without lines that nothing mends
    problems: tuple[Problem, ...]
    finding: Finding
    trial: Trial
    asked: Indexes
    note: str  # about the image, where another one stands in
    given_up: bool  # a line was not mended


def verdict(judged: Judged) -> Verdict:
    """Everything that the command prints."""
    blocked = any(each.blocks for each in judged.problems)
    settled = not judged.given_up and not any(each.blocks for each in judged.finding.problems)
    diff = shown_diff(judged.original, judged.draft) if settled else None
    blind = tuple(dict.fromkeys(_blind(judged)))
    return Verdict(
        ok=not blocked,
        problems=_told(judged.problems),
        corrected=judged.draft.text if diff else None,
        diff=diff,
        proof=_proof(judged, blind, settled=settled),
        changes=tuple(_changes(judged)),
        not_checked=blind,
    )


def _told(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """In the order of the lines; a line that cannot be installed is not told to be pinned, nor that a stranger may own it."""
    blocked = {each.line for each in problems if each.blocks}
    absent = {each.line for each in problems if each.kind in ABSENT}
    needless = {ProblemClass.UNPINNED: blocked, ProblemClass.CONFUSION: absent}
    told = [each for each in problems if each.line not in needless.get(each.kind, ())]
    return tuple(sorted(told, key=lambda each: each.line or 0))


def _proof(judged: Judged, blind: tuple[str, ...], *, settled: bool) -> Proof:
    outcome = judged.finding.outcome
    if not settled:
        return Proof(ProofLevel.SUSPECTED, "no corrected file was found that resolves")
    if not isinstance(outcome, Solved):
        reason = outcome.reason if isinstance(outcome, NotProven) else "the resolver was not asked"
        return Proof(ProofLevel.SUSPECTED, f"not proven ({reason})")
    image = judged.trial.known.image
    which = f"the constraints of Airflow {image.airflow} and " if judged.trial.known.effective.of_image else ""
    how = f"uv resolved {len(outcome.pins)} packages for Python {image.python_full} on x86_64 Linux under {which}MWAA's essential constraints"
    return Proof(ProofLevel.CHECKED if blind else ProofLevel.PROVEN, how)


def _blind(judged: Judged) -> Iterator[str]:
    """What a reader has to know that was not looked at."""
    if judged.note:
        yield f"the image itself: {judged.note}"
    yield from judged.trial.known.effective.not_checked
    yield from judged.asked.not_checked
    yield from judged.finding.not_checked
    editable = [line for line in judged.probe.of_form(Form.OPTION) if line.option == "--editable"]
    for line in (*judged.probe.of_form(Form.PATH, Form.REFERENCE), *editable):
        yield f"{masked(line.body)}: what it holds and needs was not looked at"
    if any(line.hashes and _uncompared(line, judged.trial) for line in active(judged.probe, judged.trial.known.image)):
        yield "the hashes: that each file has its hash was not compared"
    yield from _unseen_files(judged)
    yield from _to_be_built(judged)
    if isinstance(judged.finding.outcome, NotProven):
        yield f"whether it resolves: {judged.finding.outcome.reason}"


def _uncompared(line: Line, trial: Trial) -> bool:
    """Whether the index told no SHA-256 of some file, or the line gives none to compare with."""
    project = trial.project(line.name or "")
    return project is None or not SHA256.search(line.options) or not all(each.sha256 for each in project.files)


def _unseen_files(judged: Judged) -> Iterator[str]:
    within = dict(included(judged.probe, judged.trial.own))
    for line in judged.probe.of_form(Form.OPTION):
        if line.option == "--requirement" and line not in within:
            yield f"the lines of {masked(line.value)}: the file was not at hand"
    further = [line for other in within.values() for line in other.of_form(Form.OPTION)]
    for line in further:
        if line.option in ("--requirement", "--constraint"):
            yield f"the lines of {masked(line.value)}, which an included file names: it was not looked at"


def _to_be_built(judged: Judged) -> Iterator[str]:
    """Resolving is not installing: these are compiled or at least built on the image."""
    outcome = judged.finding.outcome
    image = judged.trial.known.image
    pins = outcome.pins if isinstance(outcome, Solved) else {}
    for name, version in judged.trial.stubs:
        if pins.get(name) == version and image.preinstalled.get(name) != version:
            source = judged.trial.built.get((name, version))
            kind = "built" if source is None else "compiled" if source.compiled else "built (pure Python)"
            yield f"that {name} {version} builds: it has no wheel and is {kind} at each start"


def _changes(judged: Judged) -> Iterator[str]:
    """What the installation would add to the image, and what it would replace there."""
    outcome, image = judged.finding.own, judged.trial.known.image
    for name, version in sorted(outcome.pins.items()) if isinstance(outcome, Solved) else ():
        installed = image.preinstalled.get(name)
        if installed is not None and installed != version:
            yield f"- {name}=={installed}"
        if installed != version:
            yield f"+ {name}=={version}"
