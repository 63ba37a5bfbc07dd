"""`mwaa-responder evaluate DIR…`: how often the diagnosis is right, over folders of labelled cases."""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median, quantiles
from typing import Any

from responder.diagnosis.catalogue import load
from responder.diagnosis.rule import Rule
from responder.model import Fact

from cli.cases import NO_FAILURE, BadCase, Case, Label, answer, find_cases, label_of, same_fact

OWN_CASES = Path(__file__).parent.parent / "tests" / "cases"
DEFAULT_BAR = 0.97  # of the causes that must be right
UNKNOWN: Label = ("unknown", "unknown")


@dataclass(frozen=True, slots=True)
class WrongFact:
    """A fact that the case expects and the diagnosis does not state so."""

    key: str
    expected: Fact
    got: Fact | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case, answered."""

    case: Case
    got: Label
    wrong_facts: tuple[WrongFact, ...]
    seconds: float

    @property
    def right(self) -> bool:
        return self.got in self.case.accepted

    @property
    def category_right(self) -> bool:
        return self.got[0] in {category for category, _ in self.case.accepted}


def main(argv: Sequence[str]) -> int:
    """Prints the figures; 1 if the causes right are under the bar, 2 for folders it cannot read."""
    arguments = _parser().parse_args(argv)
    try:
        cases = list(find_cases(arguments.folders))
    except BadCase as error:
        print(error, file=sys.stderr)
        return 2
    if not cases:
        print("no case.json below " + ", ".join(map(str, arguments.folders)), file=sys.stderr)
        return 2
    outcomes = evaluate(cases, load())
    for line in report(outcomes):
        print(line)
    return 0 if _share(each.right for each in outcomes) >= arguments.bar else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mwaa-responder evaluate", description=__doc__)
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="DIR",
        default=[OWN_CASES],
        help="a folder with cases anywhere below it",
    )
    parser.add_argument("--bar", type=float, default=DEFAULT_BAR, help="exit 1 below this share of right causes")
    return parser


def evaluate(
    cases: Iterable[Case], rules: Sequence[Rule[Any]], clock: Callable[[], float] = time.perf_counter
) -> list[Outcome]:
    """Asks the whole catalogue about every case."""
    return [_answered(case, rules, clock) for case in cases]


def _answered(case: Case, rules: Sequence[Rule[Any]], clock: Callable[[], float]) -> Outcome:
    started = clock()
    diagnosis = answer(case, rules)
    seconds = clock() - started
    facts = diagnosis.facts if diagnosis else {}
    wrong = tuple(
        WrongFact(key, expected, facts.get(key))
        for key, expected in case.facts.items()
        if not same_fact(expected, facts.get(key))
    )
    return Outcome(case, label_of(diagnosis), wrong, seconds)


def report(outcomes: Sequence[Outcome]) -> Iterable[str]:
    """The figures as lines of text, then what was wrong, case by case."""
    facts = sum(len(each.case.facts) for each in outcomes)
    wrong_facts = sum(len(each.wrong_facts) for each in outcomes)
    yield f"cases            {len(outcomes)}"
    yield f"category right   {_share(each.category_right for each in outcomes):.1%}"
    yield f"cause right      {_share(each.right for each in outcomes):.1%}"
    yield f"macro average    {macro_average(outcomes):.1%} over causes"
    yield f"facts right      {1 - wrong_facts / max(facts, 1):.1%} of {facts}"
    yield f"wrongly unknown  {_share(each.got == UNKNOWN and not each.right for each in outcomes):.1%}"
    yield f"false alarms     {sum(each.case.label == NO_FAILURE and not each.right for each in outcomes)}"
    yield f"missed failures  {sum(each.got == NO_FAILURE and not each.right for each in outcomes)}"
    yield _times([each.seconds for each in outcomes])
    yield from _confusions(outcomes)


def macro_average(outcomes: Iterable[Outcome]) -> float:
    """The mean over causes of each cause's share of right answers, so that rare causes count as much as common ones."""
    by_label: dict[Label, list[bool]] = defaultdict(list)
    for each in outcomes:
        by_label[each.case.label].append(each.right)
    return fmean(_share(answers) for answers in by_label.values())


def _confusions(outcomes: Iterable[Outcome]) -> Iterable[str]:
    for each in outcomes:
        if not each.right:
            yield f"cause  {each.case.id}: expected {_slashed(each.case.label)}, got {_slashed(each.got)}"
        for fact in each.wrong_facts:
            yield f"fact   {each.case.id}: {fact.key} expected {fact.expected!r}, got {fact.got!r}"


def _times(seconds: Sequence[float]) -> str:
    p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return f"time per case    median {median(seconds) * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms"


def _share(answers: Iterable[bool]) -> float:
    return fmean(map(float, answers))


def _slashed(label: Label) -> str:
    return "/".join(label)
