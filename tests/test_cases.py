"""Every labelled log gets the right cause and the right facts from the whole catalogue."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from responder.diagnosis.catalogue import load
from responder.inquiry.question import NO_ANSWERS
from responder.model import Diagnosis

from cli.cases import answer, find_cases, label_of, same_fact

CASES = {case.id: case for case in find_cases([Path(__file__).parent / "cases"])}


@cache
def diagnosed(name: str) -> Diagnosis | None:
    """Each log is read once for all tests."""
    return answer(CASES[name], load())


@pytest.mark.parametrize("name", CASES)
def test_the_cause_and_the_facts_of_a_labelled_log_are_found(name: str):
    diagnosis, facts = diagnosed(name), CASES[name].facts
    assert label_of(diagnosis) in CASES[name].accepted
    stated = diagnosis.facts if diagnosis else {}
    assert {key: stated.get(key) for key in facts if not same_fact(facts[key], stated.get(key))} == {}


def test_a_remedy_can_be_worded_for_each_when_nothing_could_be_looked_up():
    remedies = {name: diagnosis.propose(NO_ANSWERS) for name in CASES if (diagnosis := diagnosed(name))}
    assert [name for name, each in remedies.items() if not (each.summary and each.explanation and each.steps)] == []


def test_no_rule_breaks_on_any_of_them():
    found = {
        name: diagnosis.broken_rules for name in CASES if (diagnosis := diagnosed(name)) and diagnosis.broken_rules
    }
    assert found == {}
