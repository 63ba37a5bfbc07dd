"""Every labelled log gets the right cause and the right facts from the whole catalogue."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from responder.diagnosis.catalogue import load
from responder.inquiry.question import NO_ANSWERS
from responder.model import Diagnosis

from cli.cases import NO_FAILURE, answer, find_cases, label_of, same_fact

CASES = {case.id: case for case in find_cases([Path(__file__).parent / "cases"])}
WITH_FACTS = [name for name, case in CASES.items() if case.facts]
OF_FAILURES = [name for name, case in CASES.items() if case.label != NO_FAILURE]


@cache
def diagnosed(name: str) -> Diagnosis | None:
    """Each log is read once for all tests."""
    return answer(CASES[name], load())


@pytest.mark.parametrize("name", CASES)
def test_the_cause_of_a_labelled_log_is_found(name: str):
    assert label_of(diagnosed(name)) in CASES[name].accepted


@pytest.mark.parametrize("name", WITH_FACTS)
def test_the_facts_that_a_log_states_are_read_from_it(name: str):
    diagnosis = diagnosed(name)
    assert diagnosis is not None
    facts = CASES[name].facts
    wrong = {key: diagnosis.facts.get(key) for key in facts if not same_fact(facts[key], diagnosis.facts.get(key))}
    assert wrong == {}


@pytest.mark.parametrize("name", OF_FAILURES)
def test_a_remedy_can_be_worded_when_nothing_could_be_looked_up(name: str):
    diagnosis = diagnosed(name)
    assert diagnosis is not None
    remedy = diagnosis.propose(NO_ANSWERS)
    assert remedy.summary
    assert remedy.explanation
    assert remedy.steps


def test_no_rule_breaks_on_any_of_them():
    found = {
        name: diagnosis.broken_rules for name in CASES if (diagnosis := diagnosed(name)) and diagnosis.broken_rules
    }
    assert found == {}
