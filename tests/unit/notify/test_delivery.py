"""Each channel is tried on its own, as long as that can help."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from responder.incidents.outbox import Letter
from responder.notify.channel import Undelivered
from responder.notify.delivery import BUDGET, MOST_TRIES, Postman, State
from responder.settings import ChannelName

from tests.stand_ins.channels import Recorder
from tests.stand_ins.samples import message

LETTER = Letter("message#1", 1, "", {}, {})


class Notes:
    """An outbox that keeps a list of what it is told."""

    def __init__(self, *, confirmations_fail: int = 0) -> None:
        self.told: list[tuple[str, str]] = []
        self.fail = confirmations_fail

    def claim(self, _letter: Letter, channel: str, *, now: int) -> bool:
        self.told.append(("claim", channel))
        return now > 0

    def confirm(self, _letter: Letter, channel: str, receipt: str) -> None:
        if self.fail:
            self.fail -= 1
            raise EndpointConnectionError(endpoint_url="https://dynamodb")
        self.told.append(("confirm", f"{channel} {receipt}"))

    def give_back(self, _letter: Letter, channel: str) -> None:
        self.told.append(("give back", channel))

    def refuse(self, _letter: Letter, channel: str, reason: str) -> None:
        self.told.append(("refuse", f"{channel} {reason}"))


class Time:
    """Passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now, self.pauses = 1.0, list[float]()

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


def _deliver(*errors: Undelivered | None, spare: Recorder | None = None) -> tuple[Any, Recorder, Notes, Time]:
    channel, notes, time = Recorder(ChannelName.SNS, iter(errors)), Notes(), Time()
    channels = (channel, spare) if spare else (channel,)
    postman = Postman(notes, channels, clock=lambda: time.now, sleep=time.sleep, chance=lambda: 0.5)  # type: ignore[arg-type]
    return postman.deliver(message(), LETTER, [ChannelName.SNS], {}), channel, notes, time


def test_claims_sends_and_confirms() -> None:
    delivery, _, notes, _ = _deliver()
    assert notes.told == [("claim", "sns"), ("confirm", "sns receipt-1")]
    assert delivery.complete


def test_waits_longer_from_try_to_try() -> None:
    delivery, channel, _, time = _deliver(*[Undelivered("down", recoverable=True)] * 3)
    assert (delivery.complete, channel.tries) == (True, 4)
    assert time.pauses == [0.5, 1.0, 2.0]


def test_waits_as_long_as_it_is_told() -> None:
    _, _, _, time = _deliver(Undelivered("throttled", recoverable=True, retry_after=7.0))
    assert time.pauses == [7.0]


def test_does_not_wait_beyond_its_budget() -> None:
    delivery, channel, notes, time = _deliver(Undelivered("throttled", recoverable=True, retry_after=BUDGET + 1))
    assert (delivery.complete, channel.tries, time.pauses) == (False, 1, [])
    assert notes.told[-1] == ("give back", "sns")


def test_gives_up_after_some_tries() -> None:
    delivery, channel, _, _ = _deliver(*[Undelivered("down", recoverable=True)] * 99)
    assert channel.tries <= MOST_TRIES
    assert delivery.channels(State.PENDING) == (ChannelName.SNS,)


def test_does_not_try_again_what_cannot_help_and_goes_elsewhere() -> None:
    spare = Recorder(ChannelName.SLACK_WEBHOOK)
    delivery, channel, notes, _ = _deliver(Undelivered("revoked", recoverable=False), spare=spare)
    assert (channel.tries, len(spare.sent)) == (1, 1)
    assert ("refuse", "sns revoked") in notes.told
    assert delivery.complete


def test_events_are_no_substitute_for_people() -> None:
    spare = Recorder(ChannelName.EVENT_BUS)
    delivery, _, notes, _ = _deliver(Undelivered("revoked", recoverable=False), spare=spare)
    assert not spare.sent
    assert not delivery.complete
    assert ("give back", "sns") in notes.told


@pytest.mark.parametrize("letter", [Letter("m", 1, "", {"sns": "receipt"}, {})])
def test_what_was_confirmed_is_not_sent_again(letter: Letter) -> None:
    channel = Recorder(ChannelName.SNS)
    delivery = Postman(Notes(), (channel,)).deliver(message(), letter, [ChannelName.SNS], {})  # type: ignore[arg-type]
    assert delivery.channels(State.SENT_BEFORE) == (ChannelName.SNS,)
    assert not channel.tries


def test_who_gets_it_instead_is_told_why() -> None:
    spare = Recorder(ChannelName.SLACK_WEBHOOK)
    _deliver(Undelivered("the topic did not take it (NotFound)", recoverable=False), spare=spare)
    ((said, _),) = spare.sent
    assert said.notes == ("It came here because sns refuses it: the topic did not take it (NotFound).",)


def test_where_people_have_it_a_refused_event_goes_to_nobody_else() -> None:
    """A route that names one chat and the bus must not wake everybody because the bus is gone."""
    refused = Undelivered("gone", recoverable=False)
    chat, bus, mail = (
        Recorder(ChannelName.SLACK_BOT),
        Recorder(ChannelName.EVENT_BUS, iter([refused])),
        Recorder(ChannelName.SNS),
    )
    postman = Postman(Notes(), (chat, bus, mail))  # type: ignore[arg-type]
    delivery = postman.deliver(message(), LETTER, [ChannelName.SLACK_BOT, ChannelName.EVENT_BUS], {})
    assert delivery.channels(State.REFUSED) == (ChannelName.EVENT_BUS,)
    assert delivery.complete
    assert not mail.sent


def test_an_event_is_not_enough_where_people_were_to_have_it() -> None:
    refused = Undelivered("gone", recoverable=False)
    bus, mail = Recorder(ChannelName.EVENT_BUS), Recorder(ChannelName.SNS, iter([refused, None]))
    postman, notes = Postman(Notes(), (bus, mail)), Notes()  # type: ignore[arg-type]
    assert not postman.deliver(message(), LETTER, [ChannelName.SNS, ChannelName.EVENT_BUS], {}).complete
    again = LETTER._replace(sent={ChannelName.EVENT_BUS: "receipt-1"})
    postman = Postman(notes, (bus, mail))  # type: ignore[arg-type]
    assert postman.deliver(message(), again, [ChannelName.SNS, ChannelName.EVENT_BUS], {}).complete
    assert (len(bus.sent), len(mail.sent)) == (1, 1)


def test_an_event_that_is_all_and_refused_goes_to_people() -> None:
    bus, mail = (
        Recorder(ChannelName.EVENT_BUS, iter([Undelivered("gone", recoverable=False)])),
        Recorder(ChannelName.SNS),
    )
    postman = Postman(Notes(), (bus, mail))  # type: ignore[arg-type]
    assert postman.deliver(message(), LETTER, [ChannelName.EVENT_BUS], {}).complete
    assert len(mail.sent) == 1


def test_a_table_that_is_down_for_a_moment_doubles_nothing() -> None:
    """Between the channel's word that it has the message and the note of it there is more patience than elsewhere."""
    channel, notes, time = Recorder(ChannelName.SNS), Notes(confirmations_fail=4), Time()
    postman = Postman(notes, (channel,), clock=lambda: time.now, sleep=time.sleep)  # type: ignore[arg-type]
    assert postman.deliver(message(), LETTER, [ChannelName.SNS], {}).complete
    assert (channel.tries, sum(time.pauses)) == (1, 15.0)


def test_a_table_that_stays_down_is_no_success() -> None:
    notes, time = Notes(confirmations_fail=99), Time()
    postman = Postman(notes, (Recorder(ChannelName.SNS),), clock=lambda: time.now, sleep=time.sleep)  # type: ignore[arg-type]
    with pytest.raises(EndpointConnectionError):
        postman.deliver(message(), LETTER, [ChannelName.SNS], {})
