"""A failure goes where its route says, and never nowhere."""

from __future__ import annotations

import pytest
from responder.notify.routing import route
from responder.settings import ChannelName, Route

from tests.stand_ins.samples import message

SNS, CHAT, BUS = ChannelName.SNS, ChannelName.SLACK_BOT, ChannelName.EVENT_BUS
ALL = (SNS, CHAT, BUS)


@pytest.mark.parametrize(
    ("routes", "expected"),
    [
        ((), ALL),
        ((Route((CHAT,), environment="analytics"),), (CHAT,)),
        ((Route((CHAT,), environment="staging-*"), Route((SNS,))), (SNS,)),
        ((Route((CHAT,), dag="sal*"), Route((SNS,))), (CHAT,)),
        ((Route((CHAT,), category="permissions"),), (CHAT,)),
        ((Route((CHAT,), category="network"),), ALL),
        ((Route((ChannelName.AMAZON_Q,)),), ALL),
        ((Route((ChannelName.AMAZON_Q,)), Route((SNS,))), (SNS,)),
    ],
    ids=[
        "without routes",
        "by environment",
        "the first that fits",
        "by DAG",
        "by category",
        "none fits",
        "not configured",
        "the next one that is configured",
    ],
)
def test_routes(routes: tuple[Route, ...], expected: tuple[ChannelName, ...]) -> None:
    assert route(message(), routes, ALL) == expected
