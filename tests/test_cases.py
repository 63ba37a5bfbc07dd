"""Every labelled log gets the right cause and the right facts from the whole catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest
from responder.diagnosis.catalogue import load
from responder.inquiry.question import NO_ANSWERS

from cli.cases import NO_FAILURE, Case, answer, find_cases, label_of, same_fact

CASES = sorted(find_cases([Path(__file__).parent / "cases"]), key=lambda case: case.id)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_cause_of_a_labelled_log_is_found(case: Case):
    assert label_of(answer(case, load())) in case.accepted


@pytest.mark.parametrize("case", [case for case in CASES if case.facts], ids=lambda case: case.id)
def test_the_facts_that_a_log_states_are_read_from_it(case: Case):
    diagnosis = answer(case, load())
    assert diagnosis is not None
    wrong = {
        key: diagnosis.facts.get(key)
        for key, fact in case.facts.items()
        if not same_fact(fact, diagnosis.facts.get(key))
    }
    assert wrong == {}


@pytest.mark.parametrize("case", [case for case in CASES if case.label != NO_FAILURE], ids=lambda case: case.id)
def test_a_remedy_can_be_worded_when_nothing_could_be_looked_up(case: Case):
    diagnosis = answer(case, load())
    assert diagnosis is not None
    remedy = diagnosis.propose(NO_ANSWERS)
    assert remedy.summary
    assert remedy.explanation
    assert remedy.steps


def test_no_rule_breaks_on_any_of_them():
    diagnoses = [answer(case, load()) for case in CASES]
    assert [each.broken_rules for each in diagnoses if each and each.broken_rules] == []
