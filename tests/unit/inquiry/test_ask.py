"""Every question gets an answer or a reason, whatever its source does."""

import threading
from dataclasses import dataclass

from responder.inquiry.ask import ask
from responder.inquiry.question import CouldNot, Question, Unanswered
from responder.model import Failure, Kind, Place

FAILURE = Failure(kind=Kind.TASK, place=Place(environment="analytics"), events=())


@dataclass(frozen=True)
class HowMany(Question[int]):
    of: str


class Source:
    def __init__(self, behaviour):
        self.behaviour = behaviour
        self.asked = []

    def answer(self, question, failure, budget):
        self.asked.append((question, failure, budget.left()))
        return self.behaviour(question)


def outcome(behaviour, seconds=5.0):
    question = HowMany("tasks")
    return ask([question], FAILURE, {HowMany: Source(behaviour)}, seconds=seconds)[question]


def test_an_answer_comes_back_as_it_is():
    assert outcome(lambda _: 7) == 7


def test_equal_questions_are_asked_once_with_the_failure_and_the_budget():
    source = Source(lambda _: 1)
    ask([HowMany("tasks"), HowMany("tasks"), HowMany("runs")], FAILURE, {HowMany: source}, seconds=3)
    assert sorted(question.of for question, _, _ in source.asked) == ["runs", "tasks"]
    assert all(failure is FAILURE and 0 < left <= 3 for _, failure, left in source.asked)


def test_a_source_that_cannot_answer_says_why():
    def refuse(_):
        raise CouldNot("the role may not call airflow:GetEnvironment")

    assert outcome(refuse) == Unanswered("the role may not call airflow:GetEnvironment")


def test_a_broken_look_up_is_contained_and_named():
    assert outcome(lambda _: {}["missing"]) == Unanswered("the look-up broke (KeyError)")


def test_a_slow_source_does_not_hold_up_the_others():
    release = threading.Event()
    slow, fast = HowMany("slow"), HowMany("fast")
    source = Source(lambda question: release.wait(30) if question is slow else 2)
    answers = ask([slow, fast], FAILURE, {HowMany: source}, seconds=0.2)
    release.set()
    assert answers[slow] == Unanswered("no answer within 0.2 seconds")
    assert answers[fast] == 2


def test_a_question_without_a_source_is_unanswered():
    question = HowMany("tasks")
    assert ask([question], FAILURE, {}, seconds=1)[question] == Unanswered("nothing was given to look it up with")
