"""Who wins when several rules answer, and what happens when one breaks."""

from dataclasses import replace

import pytest
from responder.diagnosis.rank import diagnose
from responder.diagnosis.rule import Match, NoFacts, Rule
from responder.evidence.gather import gather
from responder.inquiry.question import NO_ANSWERS
from responder.model import Category, Failure, Kind, LogEvent, Place, Proof, ProofLevel, Remedy, Strength

OWN = "/usr/local/airflow/dags/sales.py"
CHAIN = (
    f'Traceback (most recent call last):\n  File "{OWN}", line 5, in read\n    get()\nOSError: first\n\n'
    "The above exception was the direct cause of the following exception:\n\n"
    f'Traceback (most recent call last):\n  File "{OWN}", line 9, in load\n    raise RuntimeError("second")\nRuntimeError: second'
)
LOG = f"[2026-10-05T03:00:00.123+0000] {{taskinstance.py:3313}} ERROR - Task failed with exception\n{CHAIN}"
REMEDY = Remedy("s", "e", ("do",), Proof(ProofLevel.SUSPECTED, "read"))


def evidence(log=LOG):
    return gather(Failure(Kind.TASK, Place(log_group="airflow-prod-Task"), (LogEvent(1, log),)))


def rule(cause, strength, link=None, category=Category.NETWORK, yields_to=()):
    def recognise(found):
        raised = found.chain.links[link] if link is not None else None
        return Match(strength, NoFacts(), (cause,), found.failure, raised)

    return Rule(
        category=category,
        cause=cause,
        may_heal=True,
        recognise=recognise,
        remedy=lambda *_: REMEDY,
        yields_to=yields_to,
    )


def winner(*rules):
    diagnosis = diagnose(evidence(), rules)
    return diagnosis.cause


@pytest.mark.parametrize(
    ("rules", "cause"),
    [
        pytest.param([rule("words", Strength.MESSAGE), rule("code", Strength.STRUCTURED)], "code", id="what is firmer wins"),
        pytest.param([rule("late", Strength.EXCEPTION, 1, Category.DAG_CODE), rule("early", Strength.EXCEPTION, 0)], "early", id="what was raised first wins"),
        pytest.param([rule("general", Strength.STRUCTURED, yields_to=("special",)), rule("special", Strength.EXCEPTION)], "special", id="a general rule gives way"),
        pytest.param([rule("general", Strength.STRUCTURED, yields_to=("special",)), rule("special", Strength.MESSAGE)], "general", id="but not to mere words"),
        pytest.param([rule("words", Strength.STRUCTURED, 1), rule("code", Strength.FALLBACK, 1, Category.DAG_CODE)], "code", id="what the user wrote himself is only words"),
    ],
)  # fmt: skip
def test_wins(rules, cause):
    assert winner(*rules) == cause
    assert winner(*reversed(rules)) == cause


def test_without_an_answer_it_is_unknown_and_shows_the_best_line():
    diagnosis = diagnose(evidence(), ())
    assert (diagnosis.category, diagnosis.cause) == (Category.UNKNOWN, "unknown")
    assert diagnosis.evidence[0] == "OSError: first"
    assert diagnosis.propose(NO_ANSWERS).steps


def test_a_broken_rule_is_named_and_the_others_still_answer():
    broken = Rule(
        category=Category.NETWORK,
        cause="broken",
        may_heal=True,
        recognise=lambda found: 1 / 0,
        remedy=lambda *_: REMEDY,
    )
    diagnosis = diagnose(evidence(), (broken, rule("other", Strength.MESSAGE)))
    assert diagnosis.cause == "other"
    assert diagnosis.broken_rules == ("broken: ZeroDivisionError('division by zero')",)


def test_a_rule_that_breaks_over_its_questions_has_recognised_the_cause_all_the_same():
    broken = replace(rule("broken", Strength.MESSAGE), questions=lambda match: 1 / 0)
    diagnosis = diagnose(evidence(), (broken,))
    assert (diagnosis.cause, diagnosis.questions) == ("broken", ())
    assert diagnosis.broken_rules == ("broken: ZeroDivisionError('division by zero')",)
    assert diagnosis.propose(NO_ANSWERS) is REMEDY


def test_no_failure_has_no_diagnosis():
    assert diagnose(evidence("all is well"), (rule("eager", Strength.STRUCTURED),)) is None


def test_facts_tell_the_exception_that_ended_it_and_its_place():
    facts = diagnose(evidence(), ()).facts
    assert facts == {"exception": "RuntimeError", "message": "second", "file": OWN, "line": 9, "function": "load"}
