"""Several functions at once, in any order of their calls, and any of them may be killed: nothing is lost, counts are exact.

Every call to DynamoDB, SQS or a channel is a point at which another function may go on, or this one may die, before the
call or when it is done. A seed decides, so that a failing run can be played again. Powertools' memory of messages, which
only makes it easier, is left out.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import boto3
import pytest
from moto import mock_aws
from responder.diagnosis.catalogue import load
from responder.incidents.follow_up import FollowUps, from_body
from responder.incidents.incident import Rhythm
from responder.incidents.ledger import Ledger
from responder.incidents.outbox import Outbox
from responder.incidents.table import Table
from responder.incidents.word import Words
from responder.model import Failure, LogEvent, Message, Source
from responder.notify.announce import Announcer, NotDelivered
from responder.notify.channel import Undelivered
from responder.notify.delivery import Postman
from responder.pipeline import InOtherHands, Practice, respond
from responder.settings import AlertPolicy, ChannelName

from tests.stand_ins import dynamodb as stand_in
from tests.stand_ins.no_reader import NoReader
from tests.stand_ins.samples import DENIED, PLACE, SEEN, failure

SECOND = 1_000
FUNCTION, HIDDEN, SOON = 120 * SECOND, 720 * SECOND, 45 * SECOND  # as in the template
AT_ONCE = 3
ATTEMPTS = 5
MOST_KILLS = 4
RULES = load()


class Killed(BaseException):
    """The end of a function, in the middle of anything."""


@dataclass
class World:
    """The queue, the clock, and who may go on."""

    dynamodb: Any
    dice: random.Random
    now: int = SEEN
    queue: list[tuple[int, int, Any]] = field(default_factory=list)  # when it is visible, its number, what it is
    chat: list[Message] = field(default_factory=list)
    kills: int = 0
    admitted: int = 0  # killed when the channel had accepted and nobody had noted it
    numbers: int = 0

    def __post_init__(self) -> None:
        self._turn = threading.Condition()
        self._waiting = set[str]()
        self._running = ""
        self._alive: dict[str, int] = {}
        table = Table(stand_in.table(self.dynamodb, "ledger"), lambda: Client(self, self.dynamodb))
        rhythm = Rhythm(15, 360)
        ledger, outbox = Ledger(table, rhythm, sleep=lambda _: None), Outbox(table)
        chat = Chat(self)
        postman = Postman(outbox, (chat,), clock=lambda: self.now / 1000, sleep=lambda _: None)
        follow_ups = FollowUps("queue", lambda: Client(self, self), ledger, rhythm)
        announcer = Announcer(ledger, outbox, follow_ups, postman, (chat,), (), lambda: self.now)
        self.practice = Practice(
            RULES, NoReader(), dict, ledger, Words(table), announcer, AlertPolicy.WHEN_HOPELESS_OR_LAST
        )

    def send_message(self, *, QueueUrl: str, MessageBody: str, DelaySeconds: int) -> None:  # noqa: N803 - botocore's names
        assert QueueUrl
        self.put(from_body(MessageBody), DelaySeconds * SECOND)

    def put(self, what: Any, delay: int) -> None:
        self.numbers += 1
        self.queue.append((self.now + delay, self.numbers, what))

    def step(self, *, sent: bool = False) -> None:
        """Waits until it is this function's turn again, if it lives to see it."""
        me = self._running  # whichever of its threads is the one that calls
        with self._turn:
            self._waiting.add(me)
            self._turn.notify_all()
            self._turn.wait_for(lambda: self._running == me and me not in self._waiting)
        out_of_time = self.now - self._alive[me] > FUNCTION
        if out_of_time or (self.kills < MOST_KILLS and self.dice.random() < 0.06):
            self.kills += 1
            self.admitted += sent
            raise Killed

    def run(self) -> None:
        """Until the queue is empty and everybody is done."""
        while self.queue or self._alive:
            self.now += self.dice.randrange(0, 4 * SECOND)
            due = sorted(each for each in self.queue if each[0] <= self.now)
            if due and len(self._alive) < AT_ONCE and self.dice.random() < 0.5:
                self._start(self.dice.choice(due))
            elif self._alive:
                self._go_on()
            elif self.queue:
                self.now = max(self.now, min(self.queue)[0])

    def _start(self, message: tuple[int, int, Any]) -> None:
        self.queue.remove(message)
        name = f"f{message[1]}-{self.now}"
        self._alive[name] = self.now
        self._running = name
        threading.Thread(target=self._function, args=(message,), name=name, daemon=True).start()
        self._settle()

    def _go_on(self) -> None:
        with self._turn:
            self._running = self.dice.choice(sorted(self._waiting))
            self._waiting.remove(self._running)
            self._turn.notify_all()
        self._settle()

    def _settle(self) -> None:
        """Waits until everybody who is alive waits for their turn."""
        with self._turn:
            assert self._turn.wait_for(lambda: self._waiting == set(self._alive), timeout=20)

    def _function(self, message: tuple[int, int, Any]) -> None:
        _, number, what = message
        shown_again = None
        try:
            self.step()
            self._handle(what)
        except (Killed, Undelivered):
            shown_again = self._alive[threading.current_thread().name] + HIDDEN
        except NotDelivered:
            shown_again = self.now + SOON
        except InOtherHands:
            self.put(what, SOON)
        finally:
            with self._turn:
                if shown_again:
                    self.queue.append((shown_again, number, what))
                del self._alive[threading.current_thread().name]
                self._turn.notify_all()

    def _handle(self, what: Any) -> None:
        if isinstance(what, Failure):
            respond(what, self.practice, self.now)
        else:
            self.practice.announcer.follow_up(what)


class Client:
    """A client of AWS whose every call is a point at which others may go on."""

    def __init__(self, world: World, client: Any) -> None:
        self._world, self._client = world, client
        self.exceptions = getattr(client, "exceptions", None)

    def __getattr__(self, name: str) -> Any:
        def call(**asked: Any) -> Any:
            confirms = "SET sent_" in str(asked.get("UpdateExpression"))
            self._world.step(sent=confirms)
            answer = getattr(self._client, name)(**asked)
            self._world.step()
            return answer

        return call


@dataclass
class Chat:
    """A channel that takes everything, besides what it refuses for the moment."""

    world: World
    name: ChannelName = ChannelName.SLACK_WEBHOOK

    def send(self, message: Message, _thread: str | None) -> str:
        self.world.step()
        if self.world.dice.random() < 0.1:
            raise Undelivered("Slack answered 503", recoverable=True)
        self.world.chat.append(message)
        self.world.step(sent=True)
        return "ok"


LOG = (
    "[2026-01-01T00:00:00.662+0000] {taskinstance.py:3313} ERROR - Task failed with exception\n"
    f'Traceback (most recent call last):\n  File "/usr/local/airflow/dags/sales.py", line 9, in load\n    work()\n{DENIED}'
)


def _sightings() -> Iterator[Failure]:
    """Five attempts; each is seen by its log and by the listener, and one log is delivered twice."""
    for number in range(ATTEMPTS):
        seen = failure(events=(LogEvent(SEEN, LOG),), complete=True)
        attempt = replace(seen.attempt, run_id=f"manual__{number}", task_id=f"load_{number % 3}")
        yield replace(seen, attempt=attempt)
        yield replace(seen, attempt=attempt, source=Source.LISTENER_EVENT, place=replace(PLACE, log_group=None))
    yield replace(seen, attempt=attempt)


@pytest.fixture
def dynamodb() -> Iterator[Any]:
    with mock_aws():
        yield boto3.client("dynamodb", region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")


@pytest.mark.parametrize("seed", range(10))
def test_nothing_is_lost_or_doubled_in_any_order(dynamodb: Any, seed: int) -> None:
    world = World(dynamodb, random.Random(seed))
    for sighting in _sightings():  # in a burst, and when the follow-up is due
        world.put(sighting, (world.dice.choice((0, 15)) * 60 + world.dice.randrange(60)) * SECOND)
    world.run()
    told = Counter(message.follow_up for message in world.chat)
    doubles = sum(count - 1 for count in told.values())
    assert told[0] >= 1
    assert doubles <= world.admitted
    assert max(message.occurrences.count for message in world.chat) == ATTEMPTS
    assert len(max(world.chat, key=lambda each: each.occurrences.count).occurrences.tasks) == 3
