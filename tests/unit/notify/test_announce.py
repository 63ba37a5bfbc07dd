"""From the first sighting to the last follow-up: nothing is lost, nothing comes twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from responder.incidents.follow_up import FollowUps, from_body
from responder.incidents.incident import Rhythm, Role, Sighting
from responder.incidents.ledger import LEASE_MS, Ledger
from responder.incidents.outbox import Outbox
from responder.incidents.table import Table
from responder.notify.announce import Announcer, NotDelivered
from responder.notify.channel import Undelivered
from responder.notify.delivery import Postman, State
from responder.settings import ChannelName

from tests.stand_ins.channels import Queue, Recorder
from tests.stand_ins.samples import SEEN, message
from tests.unit.conftest import RHYTHM

MINUTE = 60_000
DOWN = Undelivered("down", recoverable=True)
REVOKED = Undelivered("revoked", recoverable=False)


@dataclass
class World:
    """Everything around the announcer, and its clock."""

    table: Table
    ledger: Ledger
    mail: Recorder = field(default_factory=lambda: Recorder(ChannelName.SNS))
    chat: Recorder = field(default_factory=lambda: Recorder(ChannelName.SLACK_BOT))
    queue: Queue = field(default_factory=Queue)
    now: int = SEEN

    @property
    def announcer(self) -> Announcer:
        outbox = Outbox(self.table)
        channels = (self.mail, self.chat)
        postman = Postman(outbox, channels, clock=lambda: self.now / 1000, sleep=lambda _: None)
        follow_ups = FollowUps("https://queue", lambda: self.queue, self.ledger, RHYTHM)
        return Announcer(self.ledger, outbox, follow_ups, postman, channels, (), lambda: self.now)

    def fail(self, attempt: str, task: str = "sales.load") -> Sighting:
        """What the pipeline does with one sighting."""
        seen = self.ledger.sight("v1:f", attempt, task, now=self.now)
        if seen.role is Role.ANNOUNCE:
            self.announcer.announce(message(occurrences=seen.incident.occurrences), seen.incident)
        elif seen.role is Role.COUNTED:
            self.announcer.repeated(seen.incident)
        return seen

    def run_queue(self, hours: int) -> None:
        """Lets time pass; what is due comes out of the queue and is handled."""
        ends = self.now + hours * 60 * MINUTE
        while self.queue.bodies:
            body, delay = self.queue.bodies.pop(0)
            if self.now + delay * 1000 > ends:
                self.queue.bodies.insert(0, (body, delay - (ends - self.now) // 1000))
                break
            self.now += delay * 1000
            check = from_body(body)
            assert check
            self.announcer.follow_up(check)
        self.now = ends


@pytest.fixture
def world(table: Table, ledger: Ledger) -> World:
    return World(table, ledger)


def _errors(*errors: Undelivered | None) -> Iterator[Undelivered | None]:
    return iter(errors)


def test_one_failure_is_one_message_on_each_channel_and_no_follow_up(world: World) -> None:
    world.fail("a1")
    world.run_queue(24)
    assert (len(world.mail.sent), len(world.chat.sent)) == (1, 1)
    assert not world.queue.bodies


def test_repeats_are_summed_up_exactly_with_the_tasks_that_are_hit(world: World) -> None:
    for number in range(50):
        world.fail(f"a{number}", f"sales.task{number % 25:02}")
    world.run_queue(24)
    first, follow_up = world.mail.sent
    assert first[0].occurrences.count == 1
    assert follow_up[0].follow_up == 1
    assert (follow_up[0].occurrences.count, follow_up[0].occurrences.more_tasks) == (50, 5)
    assert len(world.mail.sent) == 2


def test_a_follow_up_says_again_what_was_said(world: World) -> None:
    world.fail("a1")
    world.fail("a2")
    world.run_queue(1)
    (first, _), (second, _) = world.mail.sent
    assert (second.remedy.summary, second.remedy.artifacts, second.links) == (
        first.remedy.summary,
        first.remedy.artifacts,
        first.links,
    )


def test_follow_ups_come_at_growing_distances_while_it_lasts(world: World) -> None:
    sent_at: list[int] = []
    for minute in range(0, 16 * 60, 10):
        world.now = SEEN + minute * MINUTE
        due, waiting = [], []
        for body, at in [(body, delay) for body, delay in world.queue.bodies]:
            (due if at <= world.now else waiting).append((body, at))
        world.queue.bodies = waiting
        before = len(world.mail.sent)
        _handle(world, [body for body, _ in due])
        world.fail(f"a{minute}")
        world.queue.bodies = [(body, at if at > 10_000 else world.now + at * 1000) for body, at in world.queue.bodies]
        sent_at += [minute] * (len(world.mail.sent) - before)
    distances = [later - earlier for earlier, later in pairwise(sent_at)]
    assert distances == sorted(distances)
    assert distances[0] <= 30
    assert max(distances) <= RHYTHM.quiet // 2 + 20
    assert len(world.mail.sent) <= 12


def _handle(world: World, bodies: list[str]) -> None:
    for body in bodies:
        check = from_body(body)
        assert check
        world.announcer.follow_up(check)


def test_a_channel_that_is_down_repeats_no_other(world: World) -> None:
    world.chat.refusals = _errors(*[DOWN] * 6)
    with pytest.raises(NotDelivered, match="slack-bot: down"):
        world.fail("a1")
    world.fail("a1")
    assert (len(world.mail.sent), len(world.chat.sent)) == (1, 1)


def test_any_later_sighting_takes_up_what_was_not_delivered(world: World) -> None:
    world.chat.refusals = _errors(*[DOWN] * 6)
    with pytest.raises(NotDelivered):
        world.fail("a1")
    assert world.fail("a2").role is Role.ANNOUNCE
    assert (len(world.mail.sent), len(world.chat.sent)) == (1, 1)


def test_a_refusal_for_good_goes_to_the_other_channels(world: World) -> None:
    world.chat.refusals = _errors(REVOKED)
    seen = world.ledger.sight("v1:f", "a1", "sales.load", now=world.now)
    delivery = world.announcer.announce(message(), seen.incident)
    assert delivery.channels(State.REFUSED) == (ChannelName.SLACK_BOT,)
    assert len(world.mail.sent) == 1
    assert world.chat.tries == 1


def test_what_all_refuse_comes_back_until_a_person_looks(world: World) -> None:
    world.chat.refusals, world.mail.refusals = _errors(REVOKED, None), _errors(REVOKED, None)
    with pytest.raises(NotDelivered):
        world.fail("a1")
    current = world.ledger.read("v1:f")
    assert current is not None
    assert not current.announced
    world.fail("a1")
    assert (len(world.mail.sent), len(world.chat.sent)) == (1, 1)


def test_killed_after_the_claim_the_message_is_sent_when_the_lease_ends(world: World) -> None:
    seen = world.ledger.sight("v1:f", "a1", "sales.load", now=world.now)
    outbox = Outbox(world.table)
    letter = outbox.open(seen.incident, 0, 1, now=world.now)
    assert outbox.claim(letter, ChannelName.SNS, now=world.now)
    world.now += LEASE_MS + 1
    world.fail("a1")
    assert (len(world.mail.sent), len(world.chat.sent)) == (1, 1)


def test_killed_after_one_confirmation_only_the_others_are_sent(world: World) -> None:
    seen = world.ledger.sight("v1:f", "a1", "sales.load", now=world.now)
    outbox = Outbox(world.table)
    letter = outbox.open(seen.incident, 0, 1, now=world.now)
    outbox.claim(letter, ChannelName.SNS, now=world.now)
    outbox.confirm(letter, ChannelName.SNS, "receipt")
    world.now += LEASE_MS + 1
    world.fail("a1")
    assert (len(world.mail.sent), len(world.chat.sent)) == (0, 1)


def test_killed_before_the_follow_up_was_armed_the_repeats_are_told_all_the_same(world: World) -> None:
    world.fail("a1")
    world.ledger.sight("v1:f", "a2", "sales.load", now=world.now)  # counted, then killed
    world.fail("a2")  # the queue brings it again
    world.run_queue(1)
    assert [each.occurrences.count for each, _ in world.mail.sent] == [1, 2]


def test_two_checks_send_one_follow_up(world: World) -> None:
    world.fail("a1")
    world.fail("a2")
    world.queue.bodies *= 2
    world.run_queue(1)
    assert [each.follow_up for each, _ in world.mail.sent] == [0, 1]


def test_follow_ups_go_to_the_thread_of_the_first_message(world: World) -> None:
    world.fail("a1")
    world.fail("a2")
    world.run_queue(1)
    assert [thread for _, thread in world.chat.sent] == [None, "receipt-1"]


def test_a_check_of_an_incident_that_is_over_says_nothing(world: World) -> None:
    world.fail("a1")
    world.fail("a2")
    body, _ = world.queue.bodies[0]
    world.run_queue(24)
    world.fail("a3")
    world.fail("a4")
    check = from_body(body)
    assert check
    assert world.announcer.follow_up(check) is None


def test_a_burst_of_one_cause_is_at_most_three_messages(world: World) -> None:
    """The storm, one after the other: counts are exact."""
    for number in range(40):
        world.fail(f"a{number}", f"dag{number % 7}.load")
    world.run_queue(24)
    assert len(world.mail.sent) <= 3
    assert world.mail.sent[-1][0].occurrences.count == 40


class Meanwhile:
    """DynamoDB's client, with something that happens just before its next transaction."""

    def __init__(self, client: Any, happens: Callable[[], object]) -> None:
        self.client, self.happens = client, [happens]

    def __getattr__(self, name: str) -> Any:
        if name == "transact_write_items" and self.happens:
            self.happens.pop()()
        return getattr(self.client, name)


def test_a_repeat_that_is_counted_while_a_follow_up_goes_out_is_told_too(world: World, dynamodb: Any) -> None:
    world.fail("a1")
    world.fail("a2")
    (body, delay), world.queue.bodies = world.queue.bodies[0], []
    world.now += delay * 1000
    client = Meanwhile(dynamodb, lambda: _handle(world, [body]))
    late = Ledger(Table(world.table.name, lambda: client), RHYTHM)
    world.announcer.repeated(late.sight("v1:f", "a3", "sales.load", now=world.now).incident)
    world.run_queue(2)
    assert [each.occurrences.count for each, _ in world.mail.sent] == [1, 2, 3]


class LostAnswer:
    """DynamoDB's client that has to ask twice for the updates that begin so, after something else has happened."""

    def __init__(self, client: Any, update: str, happens: Callable[[], object] = lambda: None) -> None:
        self.client, self.update, self.happens = client, update, happens

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)

    def update_item(self, **asked: Any) -> Any:
        if asked["UpdateExpression"].startswith(self.update):
            self.happens()
            self.client.update_item(**asked)  # boto3 never sees the answer to this one
        return self.client.update_item(**asked)


@pytest.mark.parametrize("update", ["SET worked_on_until", "SET claim_", "SET sent_", "SET told", "SET announced"])
def test_whose_answer_was_lost_finds_its_own_write_and_goes_on(world: World, dynamodb: Any, update: str) -> None:
    """boto3 asks again by itself; what it finds must not look like somebody else's."""
    client = LostAnswer(dynamodb, update)
    world.table = Table(world.table.name, lambda: client)
    world.ledger = Ledger(world.table, RHYTHM)
    assert world.fail("a1").role is Role.ANNOUNCE
    assert (len(world.mail.sent), len(world.chat.sent)) == (1, 1)


def test_a_note_whose_answer_was_lost_leaves_no_repeat_untold(world: World, dynamodb: Any) -> None:
    world.fail("a1")
    world.fail("a2")
    (body, delay), world.queue.bodies = world.queue.bodies[0], []
    world.now += delay * 1000
    whole = world.ledger
    client = LostAnswer(dynamodb, "SET follow_ups", lambda: whole.sight("v1:f", "a3", "sales.load", now=world.now))
    world.ledger = Ledger(Table(world.table.name, lambda: client), RHYTHM)
    _handle(world, [body])
    world.ledger = whole
    world.run_queue(2)
    assert [each.occurrences.count for each, _ in world.mail.sent] == [1, 2, 3]


def test_what_nobody_was_told_of_is_not_forgotten_when_it_is_quiet(world: World) -> None:
    """All channels were down until the quiet window was over; the next failure tells of the earlier ones as well."""
    world.mail.refusals, world.chat.refusals = _errors(*[DOWN] * 12), _errors(*[DOWN] * 12)
    for attempt in ("a1", "a2"):
        with pytest.raises(NotDelivered):
            world.fail(attempt)
    world.now += 24 * 60 * MINUTE
    world.fail("a3")
    assert [each.occurrences.count for each, _ in world.mail.sent] == [3]


def test_repeats_whose_follow_up_was_lost_are_told_with_the_next_failure(world: World) -> None:
    world.fail("a1")
    world.fail("a2")
    world.queue.bodies.clear()  # it is a dead letter
    world.now += 24 * 60 * MINUTE
    world.fail("a3")
    world.run_queue(1)
    assert [each.occurrences.count for each, _ in world.mail.sent] == [1, 3]


def test_a_first_message_that_came_late_tells_of_all_and_needs_no_follow_up(world: World) -> None:
    world.mail.refusals, world.chat.refusals = _errors(*[DOWN] * 6), _errors(*[DOWN] * 6)
    with pytest.raises(NotDelivered):
        world.fail("a1")
    world.fail("a2")
    world.run_queue(24)
    assert [each.occurrences.count for each, _ in world.mail.sent] == [2]


def test_a_first_message_that_some_got_early_and_some_late_is_followed_up(world: World) -> None:
    world.chat.refusals = _errors(*[DOWN] * 6)
    with pytest.raises(NotDelivered):
        world.fail("a1")
    world.fail("a2")
    world.run_queue(24)
    assert [each.occurrences.count for each, _ in world.mail.sent] == [1, 2]


def _expire(world: World) -> None:
    """What DynamoDB does with items whose time has come."""
    client = world.table.client()
    for item in client.scan(TableName=world.table.name)["Items"]:
        if int(item["expires_at"]["N"]) * 1000 < world.now:
            client.delete_item(TableName=world.table.name, Key={"id": item["id"]})


def test_follow_ups_do_not_end_while_it_lasts(world: World) -> None:
    """It fails twice a day for two months, so that the first message is long past."""
    rhythm = Rhythm(15, 24 * 60)
    world.ledger = Ledger(world.table, rhythm)
    for number in range(120):
        world.fail(f"a{number}")
        world.run_queue(12)
        _expire(world)
    assert world.mail.sent[-1][0].occurrences.count >= 119


def test_the_longest_quiet_window_is_remembered(world: World) -> None:
    world.ledger = Ledger(world.table, Rhythm(15, 30 * 24 * 60))
    world.fail("a1")
    world.now += 29 * 24 * 60 * MINUTE
    _expire(world)
    assert world.fail("a2").role is Role.COUNTED
