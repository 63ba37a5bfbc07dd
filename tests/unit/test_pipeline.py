"""The way of a failure from its sighting to what people get, with a real ledger behind it."""

import json
from dataclasses import dataclass, field, replace

import boto3
import pytest
from moto import mock_aws
from responder.diagnosis.catalogue import load
from responder.incidents.follow_up import FollowUps, from_body
from responder.incidents.incident import Rhythm
from responder.incidents.ledger import Ledger
from responder.incidents.outbox import Outbox
from responder.incidents.policy import Reason
from responder.incidents.table import Table
from responder.incidents.word import Words
from responder.inquiry.question import CouldNot
from responder.model import Attempt, Failure, Kind, LogEvent, Occurrences, Place, ProofLevel, Source
from responder.notify.announce import Announcer, NotDelivered
from responder.notify.channel import Undelivered
from responder.notify.delivery import Postman
from responder.pipeline import WORD_MS, Ended, Examined, NotRead, Practice, advise, examine, respond
from responder.settings import AlertPolicy, ChannelName

NOW = 1_795_340_905_000
RULES = load()
PLACE = Place("analytics", "123456789012", "eu-west-1", log_group="airflow-analytics-Task", log_stream="attempt=1.log")
ATTEMPT = Attempt("sales", "scheduled__2026-11-01T00:00:00+00:00", "load", None, 1, final=True)


def traceback(error):
    return (
        "[2026-11-22T09:41:00.662+0000] {taskinstance.py:3313} ERROR - Task failed with exception\n"
        "Traceback (most recent call last):\n"
        '  File "/usr/local/airflow/dags/sales.py", line 9, in load\n    work()\n' + error
    )


def sighting(error="ZeroDivisionError: division by zero", **changes):
    events = (LogEvent(NOW - 4_000, traceback(error)),)
    failure = Failure(Kind.TASK, PLACE, events, attempt=ATTEMPT, seen_at=NOW - 4_000, complete=True)
    return replace(failure, **changes)


HEALS = "botocore.exceptions.ClientError: An error occurred (ThrottlingException) when calling the GetJobRun operation: Rate exceeded"


@dataclass
class Recorder:
    """A channel that keeps what it was given."""

    name: ChannelName = ChannelName.SNS
    got: list = field(default_factory=list)
    trouble: Undelivered | None = None

    def send(self, message, _thread):
        if self.trouble:
            raise self.trouble
        self.got.append(message)
        return str(len(self.got))


@dataclass
class Library:
    """A reader of logs that knows one log, or has a reason not to."""

    log: str = ""
    reason: str = ""
    asked: int = 0

    def complete(self, failure, _budget):
        self.asked += 1
        if self.reason:
            raise CouldNot(self.reason)
        return replace(failure, events=(LogEvent(NOW, self.log),), complete=True)


@pytest.fixture
def channel():
    return Recorder()


@pytest.fixture
def queue():
    with mock_aws():
        client = boto3.client("sqs", "eu-west-1")
        client.create_queue(QueueName="sightings")
        yield client


@pytest.fixture
def practice(channel, queue):
    dynamodb = boto3.client("dynamodb", "eu-west-1")
    dynamodb.create_table(
        TableName="incidents",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )
    table, rhythm = Table("incidents", lambda: dynamodb), Rhythm(15, 360)
    ledger, outbox = Ledger(table, rhythm), Outbox(table)
    address = queue.get_queue_url(QueueName="sightings")["QueueUrl"]
    announcer = Announcer(
        ledger,
        outbox,
        FollowUps(address, lambda: queue, ledger, rhythm),
        Postman(outbox, (channel,), sleep=lambda _: None),
        (channel,),
        (),
        lambda: NOW,
    )
    return Practice(RULES, Library(), dict, ledger, Words(table), announcer, AlertPolicy.WHEN_HOPELESS_OR_LAST)


def test_a_failure_is_announced_once_with_its_cause(practice, channel):
    outcome = respond(sighting(), practice, NOW)
    assert outcome.ended is Ended.ANNOUNCED
    assert [message.diagnosis.cause for message in channel.got] == ["runtime-error"]


def test_the_same_attempt_seen_again_is_not_announced_again(practice, channel):
    respond(sighting(), practice, NOW)
    assert respond(sighting(), practice, NOW).reason is Reason.REPEAT
    assert len(channel.got) == 1


def test_another_task_with_the_same_cause_is_counted_for_a_follow_up(practice, channel, queue):
    respond(sighting("ModuleNotFoundError: No module named 'lkml'"), practice, NOW)
    other = replace(ATTEMPT, task_id="clean")
    respond(sighting("ModuleNotFoundError: No module named 'lkml'", attempt=other), practice, NOW)
    address = queue.get_queue_url(QueueName="sightings")["QueueUrl"]
    waiting = queue.get_queue_attributes(QueueUrl=address, AttributeNames=["All"])["Attributes"]
    assert len(channel.got) == 1
    assert waiting["ApproximateNumberOfMessagesDelayed"] == "1"


def test_a_log_without_a_failure_is_none(practice, channel):
    done = (LogEvent(NOW, "[2026-11-22T09:41:00.662+0000] {taskinstance.py:1226} INFO - Marking task as SUCCESS."),)
    assert respond(sighting(events=done), practice, NOW).ended is Ended.NO_FAILURE
    assert not channel.got


def test_a_try_that_may_heal_waits_for_the_last_one(practice, channel):
    again = respond(sighting(HEALS, attempt=replace(ATTEMPT, final=False)), practice, NOW)
    assert (again.ended, again.reason) == (Ended.SILENT, Reason.ANOTHER_TRY_FOLLOWS)
    assert respond(sighting(HEALS, attempt=replace(ATTEMPT, try_number=2)), practice, NOW).ended is Ended.ANNOUNCED


def test_a_try_that_cannot_heal_alerts_at_once(practice):
    first = sighting("ModuleNotFoundError: No module named 'lkml'", attempt=replace(ATTEMPT, final=False))
    assert respond(first, practice, NOW).reason is Reason.HOPELESS


def test_where_the_log_cannot_tell_the_listener_is_waited_for_and_decides(practice, channel):
    told = sighting(source=Source.LISTENER_EVENT, attempt=replace(ATTEMPT, run_id="manual__1", final=True))
    practice.words.note(told, now=NOW)
    silent = sighting(HEALS, attempt=replace(ATTEMPT, final=None))
    assert respond(silent, practice, NOW).ended is Ended.WAITS
    word = replace(silent, source=Source.LISTENER_EVENT, attempt=replace(ATTEMPT, final=False))
    practice.words.note(word, now=NOW)
    assert respond(silent, practice, NOW).reason is Reason.ANOTHER_TRY_FOLLOWS
    assert not channel.got


def test_without_a_word_in_time_it_alerts(practice):
    practice.words.note(sighting(source=Source.LISTENER_EVENT), now=NOW)
    silent = sighting(HEALS, attempt=replace(ATTEMPT, run_id="manual__2", final=None))
    assert respond(silent, practice, NOW + WORD_MS).reason is Reason.NOBODY_TELLS


def test_a_channel_that_is_down_brings_the_sighting_back_and_nothing_is_lost(practice, channel):
    channel.trouble = Undelivered("Slack answered 503", recoverable=True)
    with pytest.raises(NotDelivered):
        respond(sighting(), practice, NOW)
    channel.trouble = None
    assert respond(sighting(), practice, NOW).ended is Ended.ANNOUNCED
    assert len(channel.got) == 1


def test_more_of_the_log_is_read_only_where_the_sighting_does_not_decide():
    library = Library(log=traceback("ModuleNotFoundError: No module named 'lkml'"))
    verdict = (LogEvent(NOW, "[2026-11-22T09:41:01.000+0000] {taskinstance.py:1226} INFO - Marking task as FAILED."),)
    found = examine(sighting(events=verdict, complete=False), RULES, library)
    assert (found.diagnosis.cause, library.asked) == ("missing-package", 1)
    examine(sighting("ModuleNotFoundError: No module named 'lkml'", complete=False), RULES, library)
    assert library.asked == 1


def test_a_log_that_cannot_be_read_is_said_in_the_message():
    reason = "the responder's own role may not call logs:GetLogEvents"
    examined = examine(sighting(complete=False), RULES, Library(reason=reason))
    message, _ = advise(examined, {}, Occurrences())
    assert f"the rest of the log: {reason}" in message.remedy.not_checked


def test_a_line_that_decides_nothing_comes_again_where_its_log_cannot_be_read(practice, channel):
    line = (LogEvent(NOW, "[INFO] - Collecting lkml==1.3.7"),)
    seen = sighting(kind=Kind.REQUIREMENTS, attempt=Attempt(), events=line, complete=False)
    with pytest.raises(NotRead, match="CloudWatch Logs throttles"):
        respond(seen, replace(practice, reader=Library(reason="CloudWatch Logs throttles")), NOW)
    assert channel.got == []


def test_advice_that_breaks_leaves_a_message_with_the_evidence():
    def breaks(_answers):
        raise KeyError("words")

    examined = examine(sighting(), RULES, None)
    message, _ = advise(Examined(examined.failure, replace(examined.diagnosis, propose=breaks)), {}, Occurrences())
    assert message.remedy.proof.level is ProofLevel.SUSPECTED
    assert message.diagnosis.evidence
    assert message.remedy.not_checked == ("the remedy: the rule runtime-error broke (KeyError)",)


def test_a_follow_up_tells_the_exact_count(practice, channel):
    for number in range(7):
        error = "ModuleNotFoundError: No module named 'lkml'"
        respond(sighting(error, attempt=replace(ATTEMPT, task_id=f"load_{number}")), practice, NOW)
    check = from_body(_armed(practice, channel))
    practice.announcer.follow_up(check._replace(due=NOW))
    assert [(message.follow_up, message.occurrences.count) for message in channel.got] == [(0, 1), (1, 7)]


def _armed(practice, channel):
    """The check that is on its way, as the queue would deliver it."""
    incident = practice.ledger.read(channel.got[0].fingerprint)
    check = {"fingerprint": incident.fingerprint, "opened": incident.opened, "number": 1, "due": NOW}
    return json.dumps({"follow_up": check}, separators=(",", ":"))
