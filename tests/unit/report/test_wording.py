"""The sentences that every channel says: what failed, which try, how often."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.model import Attempt, Kind, Message, Occurrences
from responder.notify.amazon_q import notification
from responder.notify.slack import blocks
from responder.notify.sns_text import sms, subject, text
from responder.report.fitting import without_middle
from responder.report.wording import headline, origin, repeats

from tests.stand_ins.samples import PLACE, SEEN, STATEMENT, failure, message

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
def test_a_name_without_its_middle_fits_and_keeps_as_much_of_both_ends(name: str, most: int):
    short, middle = without_middle(name, most), most // 2
    cut = short[:middle] + "…" + short[middle + 1 :]
    assert (len(short), short) == ((len(name), name) if len(name) <= most else (most, cut))
    assert name.startswith(short[:middle])
    assert name.endswith(short[middle + 1 :])


def test_the_same_words_are_no_second_evidence():
    told = message()
    again = replace(told.diagnosis, evidence=(*told.diagnosis.evidence, told.diagnosis.evidence[0][30:]))
    assert message(diagnosis=again).diagnosis.evidence == told.diagnosis.evidence


def test_mapped_instances_are_one_task_in_a_follow_up():
    attempt = Attempt("sales", "r", "load", 17, 1, True)
    seen = Occurrences(300, SEEN, SEEN, ("sales.load",), 0)
    again = message(failure=failure(attempt=attempt), occurrences=seen, follow_up=1)
    assert headline(again) == "Still failing in analytics: sales.load, 300 times"


MANY = tuple(f"quarterly_revenue_reconciliation_{number:02}.load_into_the_warehouse" for number in range(20))


def _again(*tasks: str, more: int = 0) -> Message:
    return message(occurrences=Occurrences(500, SEEN, SEEN + 3_600_000, tasks, more), follow_up=1)


def test_a_repeat_says_how_often_since_when_and_what_is_hit():
    assert repeats(_again("sales.load", "sales.clean", more=3)) == (
        "Seen 500 times since 2026-01-01 00:00 UTC, last at 2026-01-01 01:00 UTC: sales.load, sales.clean and 3 more."
    )


def test_what_was_seen_once_says_nothing():
    assert repeats(message()) == ""


@pytest.mark.parametrize("most", [100, 200, 400, 1_200])
def test_names_that_do_not_fit_are_counted(most: int):
    """A list that is cut off would lose the number with it."""
    said = repeats(_again(*MANY, more=21), most)
    named = sum(name in said for name in MANY)
    assert len(said) <= most
    assert said.endswith(f" and {41 - named} more." if named else ": 41 tasks.")


def test_every_channel_counts_all_that_is_hit():
    said = _again(*MANY, more=21)
    for shown in (text(said), str(blocks(said)), notification(said)["content"]["description"].replace("\uff3f", "_")):
        named = sum(name in shown for name in MANY)
        assert named > 0
        assert f" and {41 - named} more." in shown


def test_a_serverless_workflow_is_named_once_and_linked_to_its_own_page():
    place = replace(PLACE, environment="nightly-a1b2c3d4e5", log_group="/aws/mwaa-serverless/nightly-a1b2c3d4e5/")
    said = message(failure=failure(place=place, attempt=Attempt("nightly-a1b2c3d4e5", "r", "work", None, 1, True)))
    assert headline(said) == "work failed in nightly-a1b2c3d4e5"
    assert [link.url.partition("#")[2] for link in said.links if link.label == "MWAA console"] == [
        "serverlessWorkflows"
    ]
