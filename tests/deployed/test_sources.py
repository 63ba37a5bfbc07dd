"""Every kind of source, through the deployed template to the topic and to Slack."""

import pytest

from cli.sandbox.scenes import SCENES, play_case
from cli.sandbox.world import ACCOUNT


@pytest.mark.parametrize("scene", SCENES, ids=[scene.cause for scene in SCENES])
def test_one_failure_one_message(aws, scene):
    mails, posts = len(aws.messages()), len(aws.slack_posts())
    scene.play(aws)
    mail = aws.messages(mails + 1)[-1]
    aws.slack_posts(posts + 1)
    aws.settle()
    assert scene.cause in mail["Subject"] + mail["Message"]
    assert (len(aws.messages()), len(aws.slack_posts())) == (mails + 1, posts + 1)
    assert aws.waiting(aws.stack.outputs["LostEventsUrl"]) == []
    assert aws.waiting(aws.stack.outputs["DeadSightingsUrl"]) == []


def test_the_responder_s_role_suffices_for_all_that_it_did(aws):
    assert [each for each in aws.callers.denials if f"{ACCOUNT}:assumed-role/MwaaFailureResponder" in each] == []


def test_nobody_but_slack_and_the_index_was_called(aws):
    index = aws.client("lambda").get_function(FunctionName=aws.stack.outputs["ResponderName"])
    address = index["Configuration"]["Environment"]["Variables"]["INDEX_URL"]
    assert {host for host in aws.web.refused if host not in address} == set()


def test_what_was_told_is_on_the_event_bus_too(aws):
    assert aws.calls.count(("events", "PutEvents")) >= len(SCENES)


def test_each_was_measured(aws):
    causes = {dimensions.get("cause") for _, name, _, dimensions in aws.metrics if name == "Diagnosed"}
    assert {scene.cause for scene in SCENES} <= causes


def test_a_repeat_is_counted_and_not_told_again(aws):
    def suppressed():
        return [value for _, name, value, _ in aws.metrics if name == "Suppressed"]

    before = len(aws.messages()), len(aws.slack_posts())
    play_case(aws, "real-af2-task-export-to-lake", day="2026-11-02")
    aws.wait_for(suppressed, 1, seconds=60, what="suppressed repeats")
    aws.settle()
    assert (len(aws.messages()), len(aws.slack_posts())) == before
