"""One look at a file: its words, then the index, then the resolver; each only where the one before found nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from responder.knowledge.providers import DISTRIBUTION
from responder.requirements import check
from responder.requirements.agreement import Objection, agreement
from responder.requirements.blame import of_index, of_resolver, of_set
from responder.requirements.edits import for_pip
from responder.requirements.hashes import unlisted
from responder.requirements.included import included
from responder.requirements.index_lines import Indexes
from responder.requirements.known import active, problem
from responder.requirements.lines import File, Line
from responder.requirements.packed import missing_wheels
from responder.requirements.problem import Problem, ProblemClass
from responder.requirements.query import NotProven, Outcome, Solved
from responder.requirements.smallest import failing_alone, smallest_failing
from responder.requirements.trial import Trial
from responder.requirements.uv_text import Unsolved

MOST_LOOK_UPS = 200  # pages of the index for one file; further lines are left to the resolver
MOST_OBJECTIONS = 5  # rounds in which releases that pip refuses are ruled out
# What the index knows better than the words: there is no such thing to be in conflict
STRONGER = frozenset(
    {ProblemClass.NOT_FOUND_NAME, ProblemClass.NOT_FOUND_VERSION, ProblemClass.PYTHON_VERSION, ProblemClass.NO_WHEEL}
)
BESIDE = frozenset({ProblemClass.YANKED})  # worth saying as well
SOFT = frozenset({ProblemClass.CONFLICT, ProblemClass.PROVIDER_TOO_NEW})
# Installed besides the providers, and broken when a file moves what they need
BASE = ("celery", "watchtower", "fluent-logger")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found."""

    problems: tuple[Problem, ...] = ()
    together: tuple[int, ...] = ()  # numbers of lines that fit each alone, but not together
    outcome: Outcome | None = None  # the resolver's, where it came to that
    own: Outcome | None = None  # the same for the file's lines alone: what pip would install
    not_checked: tuple[str, ...] = ()


def look(file: File, trial: Trial, asked: Indexes) -> Finding:
    """The first stage that finds something that blocks ends the look."""
    spoken = check.problems(file, trial.known)
    words = spoken if asked.none else tuple(_better(spoken, file, trial, asked))
    words = (*words, *missing_wheels(file, trial, only=asked.none))
    if any(each.blocks for each in words):
        return Finding(words)
    if asked.none:
        reason = "the file says --no-index, so only the wheels in plugins.zip count"
        return Finding(words, outcome=NotProven(reason))
    lines = active(file, trial.known.image)
    wanted = (*base(trial), *_included(file, trial), *map(for_pip, lines))
    with ThreadPoolExecutor(max_workers=1) as pool:
        first = pool.submit(trial.solve, wanted)  # the resolver works while the index is asked
        told = _told(lines, trial, asked)
        found = Finding(told) if told else _resolve(file, lines, trial, wanted, first.result())
    return replace(found, problems=(*words, *found.problems))


def _told(lines: tuple[Line, ...], trial: Trial, asked: Indexes) -> tuple[Problem, ...]:
    """What the index says of the lines that no constraint limits."""
    unbound = [line for line in lines if line.hashes or _unbound(line, trial)][:MOST_LOOK_UPS]
    trial.fetch([line.name or "" for line in unbound])
    return tuple(filter(None, (of_index(line, trial, private=asked.other) for line in unbound)))


def _unbound(line: Line, trial: Trial) -> bool:
    return trial.known.bound(line.name or "") is None


def _better(found: tuple[Problem, ...], file: File, trial: Trial, asked: Indexes) -> Iterator[Problem]:
    """A pin against the constraints may be of a version that never was: the index knows."""
    lines = {line.number: line for line in file.lines}
    for each in found:
        line = lines.get(each.line or -1)
        told = of_index(line, trial, private=asked.other) if line and each.kind in SOFT else None
        yield told if told and told.kind in STRONGER else each
        if told and told.kind in BESIDE:
            yield told


def _resolve(file: File, lines: tuple[Line, ...], trial: Trial, wanted: tuple[str, ...], outcome: Outcome) -> Finding:
    """`outcome`: of `wanted`, which are the lines with all that must stay installable beside them."""
    for _ in range(MOST_OBJECTIONS):
        if isinstance(outcome, Unsolved):
            return _blamed(file, lines, trial, wanted[: len(wanted) - len(lines)], outcome)
        if isinstance(outcome, NotProven):
            return Finding(outcome=outcome)
        objected = agreement(outcome.pins, lines, trial)
        named = tuple(_objections(objected.objections, lines))
        ruled_out = {f"{each.name}!={each.version}" for each in objected.objections}
        if named:
            return Finding(named, (), outcome, None, objected.not_checked)
        if not ruled_out:
            return _settled(lines, file, trial, outcome, objected.not_checked)
        trial.excluded |= ruled_out
        outcome = trial.solve(wanted)
    return Finding(outcome=NotProven("too many releases that pip refuses stood in the way"))


def _settled(
    lines: tuple[Line, ...], file: File, trial: Trial, outcome: Solved, not_checked: tuple[str, ...]
) -> Finding:
    """What resolves; in hash-checking mode it may still lack lines."""
    own = _alone(lines, file, trial, outcome)
    pins = own.pins if isinstance(own, Solved) and lines else {}
    missing = unlisted(file, lines, pins, trial.known.image.preinstalled)
    return Finding((missing,) if missing else (), (), outcome, own, not_checked)


def _alone(lines: tuple[Line, ...], file: File, trial: Trial, chosen: Solved) -> Outcome:
    """What the lines bring by themselves, at the very versions that were chosen: Airflow's own needs are there already."""
    wanted = (*_included(file, trial), *map(for_pip, lines))
    return trial.solve(wanted, preferred=chosen.pins) if wanted else Solved({})


def _objections(objections: tuple[Objection, ...], lines: tuple[Line, ...]) -> Iterator[Problem]:
    """Those against releases that the file names itself."""
    for each in objections:
        line = next((line for line in lines if line.name == each.name), None)
        if line:
            kind = ProblemClass.PYTHON_VERSION if each.python else ProblemClass.NOT_FOUND_VERSION
            yield problem(kind, line, f"{each.why}.")


def base(trial: Trial) -> tuple[str, ...]:
    """What must stay installable beside the file: Airflow at its version; without its constraints also what the image adds."""
    image = trial.known.image
    airflow = f"apache-airflow=={image.airflow}"
    if trial.known.effective.of_image:
        return (airflow,)
    return (airflow, *(name for name in image.preinstalled if name.startswith(DISTRIBUTION)), *BASE)


def _included(file: File, trial: Trial) -> tuple[str, ...]:
    """The requirements of files in dags/ that this one includes."""
    return tuple(for_pip(each) for _, other in included(file, trial.own) for each in active(other, trial.known.image))


def _of_included(file: File, trial: Trial) -> Iterator[Problem]:
    """The lines that include what does not fit by itself."""
    for line, other in included(file, trial.own):
        outcome = trial.solve((*base(trial), *map(for_pip, active(other, trial.known.image))))
        if isinstance(outcome, Unsolved):
            why = f"What that file asks for cannot be installed with the constraints in force. The resolver says: {outcome.sentence}"
            yield problem(ProblemClass.CONFLICT, line, why)


def _blamed(file: File, lines: tuple[Line, ...], trial: Trial, always: tuple[str, ...], outcome: Unsolved) -> Finding:
    within = tuple(_of_included(file, trial))
    if within:
        return Finding(within, outcome=outcome)
    alone = failing_alone(lines, trial, base(trial) if not trial.known.effective.of_image else ())
    if alone:
        told = (of_index(line, trial) or of_resolver(line, unsolved, trial) for line, unsolved in alone)
        return Finding(tuple(told), outcome=outcome)
    culprits = smallest_failing(lines, trial, always)
    again = trial.solve((*always, *map(for_pip, culprits)))
    said = again if isinstance(again, Unsolved) else outcome
    return Finding(of_set(culprits, said), tuple(line.number for line in culprits), outcome)
