"""Simulates the rights that MWAA documents for an execution role, all of them in one call."""

from __future__ import annotations

from dataclasses import dataclass

from responder.inquiry import iam_simulator
from responder.inquiry.environment import EnvironmentFacts, EnvironmentState
from responder.inquiry.iam import Environments
from responder.inquiry.iam_questions import BaselineRights
from responder.inquiry.iam_simulator import Simulation, Simulator
from responder.inquiry.question import Budget, CouldNot
from responder.model import Failure
from responder.permissions.baseline import Environment, Lacking, Row, rows

ACTIONS = iam_simulator.ACTIONS


@dataclass(frozen=True, slots=True)
class BaselineInquirer:
    """Shares the simulator, and so its memory, with `IamInquirer`."""

    environments: Environments
    simulator: Simulator

    def answer(self, _question: BaselineRights, failure: Failure, budget: Budget) -> Lacking:
        """Raises CouldNot with a reason."""
        facts = self.environments.answer(EnvironmentState(), failure, budget)
        if not facts.execution_role_arn:
            raise CouldNot("MWAA did not say which execution role the environment has")
        wanted = rows(_environment(facts))
        requests = tuple((action, row.asked) for row in wanted for action in row.actions)
        context = tuple(dict.fromkeys(pair for row in wanted for pair in row.conditions))
        verdicts = self.simulator.ask(Simulation(facts.execution_role_arn, requests, (), context), budget)
        lacking = [(row, _denied(row, verdicts)) for row in wanted]
        return Lacking(facts.execution_role_arn, tuple(each for each in lacking if each[1]), len(requests))


def _denied(row: Row, verdicts: iam_simulator.Verdicts) -> tuple[str, ...]:
    """An action that the simulator gave no verdict for is not called missing."""
    asked = [(action, verdicts.get((action, row.asked))) for action in row.actions]
    return tuple(action for action, verdict in asked if verdict is not None and not verdict.allowed)


def _environment(facts: EnvironmentFacts) -> Environment:
    if not (facts.source_bucket and facts.region and facts.account):
        raise CouldNot("MWAA did not say where the environment is or which bucket it has")
    key = facts.kms_key if facts.kms_key and facts.kms_key.startswith("arn:") else None
    return Environment(facts.arn, facts.name, facts.source_bucket, facts.partition, facts.region, facts.account, key)
