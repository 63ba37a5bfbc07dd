"""The environment's requirements.txt, corrected and proven: read from its bucket, judged with index and resolver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from responder.inquiry import environment_files, index
from responder.inquiry.environment import EnvironmentFacts
from responder.inquiry.environment_files import EnvironmentFiles
from responder.inquiry.package_index import PackageIndex
from responder.inquiry.question import Budget, CouldNot
from responder.model import Failure
from responder.requirements.asked import CorrectedFile, OwnModules
from responder.requirements.problem import Verdict

ACTIONS = tuple(dict.fromkeys((*environment_files.ACTIONS, *index.ACTIONS)))
RESERVE = 2.0  # seconds in which what was found so far is put into words


@dataclass(frozen=True)
class CorrectedFileInquirer:
    """Judges the deployed file. What it loads for that it loads when first asked."""

    files: EnvironmentFiles
    index: Callable[[], PackageIndex]
    uv: str | None  # the resolver's binary
    folder: Path  # for its cache

    def answer(self, question: CorrectedFile, failure: Failure, budget: Budget) -> Verdict:
        """Raises CouldNot."""
        from responder.knowledge.images import nearest
        from responder.requirements.adding import with_added
        from responder.requirements.decoding import Unreadable
        from responder.requirements.judge import judge
        from responder.requirements.lines import parse, read

        facts = self.files.facts(failure, budget)
        image = nearest(facts.airflow_version or "")
        if image is None:
            raise CouldNot(f"the pins of the image for Airflow {facts.airflow_version} are not known")
        deployed = self.files.deployed(facts, budget)
        if deployed is None and question.add is None:
            raise CouldNot("the environment has no requirements.txt")
        try:
            file = read(deployed.data) if deployed else parse("")
        except Unreadable as error:
            raise CouldNot(f"the deployed requirements.txt cannot be read: {error}") from error
        own, unseen = self._own(facts, budget)
        asked = self._sources(facts, own, budget)
        verdict = with_added(file, question.add, image, asked) if question.add else judge(file, image, asked)
        return replace(verdict, not_checked=(*verdict.not_checked, *unseen))

    def _sources(self, facts: EnvironmentFacts, own: OwnModules | None, budget: Budget) -> Any:
        from responder.inquiry.index_sources import sources

        return sources(
            self.index(),
            uv=self.uv,
            folder=self.folder,
            left=lambda: budget.left() - RESERVE,
            read_own=cache(lambda path: self.files.below_dags(facts, path, budget)),  # each round reads them
            own_modules=own.in_dags | own.in_plugins if own else frozenset(),
            wheels=own.wheels if own else None,
        )

    def _own(self, facts: EnvironmentFacts, budget: Budget) -> tuple[OwnModules | None, tuple[str, ...]]:
        """Names of own modules make the judgement sharper; without them it still stands, and says so."""
        try:
            return self.files.own_modules(facts, budget), ()
        except CouldNot as error:
            return None, (f"whether a name is the environment's own code: {error}",)
