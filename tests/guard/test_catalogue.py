"""The catalogue of causes holds together: what one file of it may get wrong is found here, not in production."""

import ast
from pathlib import Path

import pytest
from responder.diagnosis import causes
from responder.diagnosis.catalogue import load
from responder.diagnosis.rank import claims, strongest
from responder.evidence.gather import gather
from responder.inquiry.question import NO_ANSWERS
from responder.model import Category

from cli.cases import answer, failures_of
from tests.labelled_logs import CASES

ROOT = Path(causes.__path__[0])
FILES = sorted(path for path in ROOT.glob("*/*.py") if path.name != "__init__.py")


def test_every_category_has_causes_and_no_two_causes_one_name():
    rules = load()
    assert {rule.category for rule in rules} == set(Category) - {Category.UNKNOWN}
    assert len({rule.cause for rule in rules}) == len(rules) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_rule_is_named_after_its_file(path):
    here = (path.parent.name.replace("_", "-"), path.stem.replace("_", "-"))
    assert here in {(rule.category.value, rule.cause) for rule in load()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_docstring_says_how_it_looks_and_where_it_comes_from(path):
    lines = (ast.get_docstring(ast.parse(path.read_text())) or "").splitlines()
    assert lines[0].endswith(".")
    assert [line.partition(":")[0] for line in lines if line.startswith(("Seen as: ", "Comes from: "))] == [
        "Seen as",
        "Comes from",
    ]


@pytest.mark.parametrize("rule", load(), ids=lambda rule: rule.cause)
def test_a_rule_yields_only_to_causes_that_exist(rule):
    assert set(rule.yields_to) <= {each.cause for each in load()} - {rule.cause}


@pytest.mark.parametrize("rule", load(), ids=lambda rule: rule.cause)
def test_at_least_one_case_expects_the_cause(rule):
    assert any((rule.category.value, rule.cause) in case.accepted for case in CASES.values())


@pytest.mark.no_cover  # what it runs is measured elsewhere, and measuring doubles its time
def test_no_two_rules_tie_over_a_case():
    assert {
        case.id: tied for case in CASES.values() for failure in failures_of(case) if (tied := ties(gather(failure)))
    } == {}


def ties(evidence):
    """The causes that nothing tells apart, and the rules that broke."""
    found, broken = claims(evidence, load())
    best = strongest(evidence, found)
    return [*([rule.cause for rule, _ in best] if len(best) > 1 else []), *broken]


@pytest.mark.parametrize("rule", load(), ids=lambda rule: rule.cause)
def test_a_remedy_fills_its_slots_when_nothing_is_answered(rule):
    case = next(case for case in CASES.values() if (rule.category.value, rule.cause) in case.accepted)
    diagnosis = answer(case, load())
    assert diagnosis is not None
    remedy = diagnosis.propose(NO_ANSWERS)
    assert remedy.summary
    assert remedy.explanation
    assert remedy.steps
    assert remedy.proof.how
