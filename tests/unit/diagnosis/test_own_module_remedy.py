import pytest
from responder.diagnosis.own_module_remedy import own_module_remedy
from responder.inquiry.question import Unanswered
from responder.model import ProofLevel
from responder.requirements.asked import OwnModules

PLACES = {
    "in dags": (OwnModules(frozenset({"acme_utils"}), frozenset()), "dags/ folder now"),
    "in plugins.zip": (OwnModules(frozenset(), frozenset({"acme_utils"})), "is in plugins.zip"),
    "deeper": (OwnModules(frozenset({"lib"}), frozenset(), frozenset({"lib/acme_utils"})), "dags/lib/acme_utils"),
    "nowhere": (OwnModules(frozenset(), frozenset()), "never uploaded"),
}


@pytest.mark.parametrize("case", PLACES.values(), ids=PLACES)
def test_it_says_where_the_module_lies(case):
    own, words = case
    remedy = own_module_remedy("acme_utils.db", own)
    assert words in remedy.explanation
    assert remedy.proof.level is ProofLevel.CHECKED


def test_what_could_not_be_listed_is_said():
    remedy = own_module_remedy("acme_utils", Unanswered("the role may not list the bucket"))
    assert "the role may not list the bucket" in remedy.not_checked[0]
    assert remedy.proof.level is ProofLevel.SUSPECTED


def test_a_relative_import_names_no_module():
    assert "relative import" in own_module_remedy(None, Unanswered("x")).summary


@pytest.mark.parametrize("module", ["utils", "helpers", "company_plugin", "my_custom_operator"])
def test_nothing_is_ever_proposed_for_installation(module):
    remedy = own_module_remedy(module, Unanswered("x"))
    assert not remedy.artifacts
    assert not any("pip install" in step or f"{module}==" in step for step in remedy.steps)
