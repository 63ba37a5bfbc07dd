"""Every labelled log gets the right cause and the right facts from the whole catalogue."""

from __future__ import annotations

import pytest
from responder.inquiry.question import NO_ANSWERS

from cli.cases import Case, Label, label_of, same_fact
from tests.labelled_logs import CASES, diagnosed, reads_them_all

pytestmark = reads_them_all


def wrong(case: Case) -> str | None:
    """What the catalogue says instead; None where it is right."""
    diagnosis = diagnosed(case.id)
    if label_of(diagnosis) not in case.accepted:
        return f"{case.id}: {'/'.join(label_of(diagnosis))} instead of {'/'.join(case.label)}"
    stated = diagnosis.facts if diagnosis else {}
    facts = {key: stated.get(key) for key, fact in case.facts.items() if not same_fact(fact, stated.get(key))}
    return f"{case.id}: {facts}" if facts else None


@pytest.mark.parametrize("cause", sorted({case.label for case in CASES.values()}), ids="/".join)
def test_the_cause_and_the_facts_of_labelled_logs_are_found(cause: Label):
    assert [found for case in CASES.values() if case.label == cause and (found := wrong(case))] == []


def test_a_remedy_can_be_worded_for_each_when_nothing_could_be_looked_up():
    remedies = {name: diagnosis.propose(NO_ANSWERS) for name in CASES if (diagnosis := diagnosed(name))}
    assert [name for name, each in remedies.items() if not (each.summary and each.explanation and each.steps)] == []


def test_no_rule_breaks_on_any_of_them():
    found = {
        name: diagnosis.broken_rules for name in CASES if (diagnosis := diagnosed(name)) and diagnosis.broken_rules
    }
    assert found == {}
