"""The sentences that every channel says: what failed, which try, how often."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.model import Attempt, Kind, Occurrences
from responder.notify.slack import blocks
from responder.notify.sns_text import sms, subject, text
from responder.report.fitting import without_middle
from responder.report.wording import headline, origin

from tests.stand_ins.samples import SEEN, STATEMENT, failure, message

LONG_DAG = "customer_lifetime_value_" * 8
LONG_TASK = "load_partition_into_warehouse_" * 7


def _tried(number: int | None, final: bool | None) -> str:
    attempt = Attempt("sales", "r", "load", None, number, final)
    return headline(message(failure=failure(attempt=attempt)), tried=True)


@pytest.mark.parametrize(
    ("number", "final", "said"),
    [
        (2, True, "sales.load failed in analytics (try 2, the last one)"),
        (1, False, "sales.load failed in analytics (try 1, another follows)"),
        (1, None, "sales.load failed in analytics (try 1)"),
        (None, None, "sales.load failed in analytics"),
    ],
)
def test_the_headline_says_which_try_it_was_as_far_as_the_log_tells(number: int | None, final: bool | None, said: str):
    assert _tried(number, final) == said


def test_a_mapped_task_is_named_with_its_index():
    attempt = Attempt("sales", "r", "load", 17, 1, True)
    assert headline(message(failure=failure(attempt=attempt))) == "sales.load[17] failed in analytics"


def test_what_is_no_task_has_no_try():
    assert "try" not in headline(message(failure=failure(kind=Kind.PROCESS)), tried=True)


@pytest.mark.parametrize(
    ("tasks", "more", "said"),
    [
        (("sales.load",), 0, "sales.load, 12 times"),
        (("sales.load", "sales.sum"), 0, "sales.load and 1 more task, 12 times"),
        (("sales.load", "sales.sum"), 18, "sales.load and 19 more tasks, 12 times"),
    ],
)
def test_a_follow_up_says_how_many_tasks_it_has_hit(tasks: tuple[str, ...], more: int, said: str):
    seen = Occurrences(12, SEEN, SEEN + 60_000, tasks, more)
    assert headline(message(occurrences=seen, follow_up=1)) == f"Still failing in analytics: {said}"


def test_a_follow_up_is_about_many_runs_and_names_none():
    seen = Occurrences(12, SEEN, SEEN + 60_000, ("sales.load",), 0)
    assert "run " in origin(message())
    assert "run " not in origin(message(occurrences=seen, follow_up=1))


def test_a_follow_up_still_has_what_its_steps_tell_to_paste():
    again = message(occurrences=Occurrences(12, SEEN, SEEN + 60_000, ("sales.load",), 0), follow_up=1)
    assert STATEMENT in text(again)
    assert any(STATEMENT in str(block.get("elements")) or '"Action"' in str(block) for block in blocks(again))


def test_long_names_leave_room_for_the_environment_and_both_of_their_ends():
    long = message(failure=failure(attempt=Attempt(LONG_DAG, "r", LONG_TASK, 3, 2, True)))
    in_slack = blocks(long)[0]["text"]["text"]
    assert in_slack.startswith("🔴 customer_lifetime")
    assert in_slack.endswith("failed in analytics (try 2, the last one)")
    assert subject(long).endswith("failed in analytics (iam-denied)")
    assert "failed in analytics: The execution role" in sms(long)


@given(st.text(max_size=400), st.integers(min_value=24, max_value=200))
def test_a_name_without_its_middle_fits(name: str, most: int):
    short = without_middle(name, most)
    assert len(short) <= most
    assert short == name if len(name) <= most else (name.startswith(short.partition("…")[0]) or "…" in name)


def test_the_same_words_are_no_second_evidence():
    told = message()
    again = replace(told.diagnosis, evidence=(*told.diagnosis.evidence, told.diagnosis.evidence[0][30:]))
    assert message(diagnosis=again).diagnosis.evidence == told.diagnosis.evidence
