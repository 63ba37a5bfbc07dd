"""The failing line, asked for and shown."""

from responder.diagnosis.code_question import Place, code_questions, code_remedy, shown
from responder.diagnosis.rule import Match
from responder.inquiry.dag_source import SourceAround, SourceLines
from responder.inquiry.question import NO_ANSWERS, Answers, Unanswered
from responder.model import Failure, Kind, ProofLevel, Strength
from responder.model import Place as Where

OWN = Place("/usr/local/airflow/dags/etl/sales.py", 12, "load")
LINES = SourceLines("b", "dags/etl/sales.py", "v7", 12, "1 / 0", ("11: x", "12: 1 / 0"), diff=("-x", "+1 / 0"))


def match(facts):
    return Match(Strength.EXCEPTION, facts, ("x",), Failure(Kind.TASK, Where(), ()))


def remedy(answers, place=OWN):
    return code_remedy(summary="s", explanation="e", steps=("do",), place=place, answers=answers)


def test_a_place_in_the_dag_folder_is_asked_about():
    assert code_questions(match(OWN)) == (SourceAround(OWN.file, 12),)


def test_a_place_outside_or_none_is_not():
    assert code_questions(match(Place("/usr/local/airflow/plugins/x.py", 3))) == ()
    assert code_questions(match(Place())) == ()


def test_a_line_that_was_read_is_shown_with_its_last_change():
    found = remedy(Answers({SourceAround(OWN.file, 12): LINES}))
    assert found.proof.level is ProofLevel.CHECKED
    assert [artifact.text for artifact in found.artifacts] == ["11: x\n12: 1 / 0", "-x\n+1 / 0"]


def test_a_line_that_could_not_be_read_says_why():
    found = remedy(Answers({SourceAround(OWN.file, 12): Unanswered("access denied")}))
    assert found.proof.level is ProofLevel.SUSPECTED
    assert found.not_checked == ("the failing line in the DAG's source: access denied",)


def test_where_there_is_no_line_to_read_nothing_is_left_unread():
    assert remedy(NO_ANSWERS, Place()).not_checked == ()


def test_a_place_is_shown_below_the_dag_folder():
    assert shown(OWN) == "etl/sales.py, line 12"
    assert shown(Place()) == "the DAG's code"
