"""Who is woken, and who is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from responder.incidents.policy import Do, Judgement, Reason, judge
from responder.model import Kind
from responder.settings import AlertPolicy

from tests.stand_ins.samples import diagnosis, failure

DEFAULT = AlertPolicy.WHEN_HOPELESS_OR_LAST


def _judge(*, final: bool | None, may_heal: bool, **more: bool | None) -> Judgement:
    seen = failure()
    tried = replace(seen, attempt=replace(seen.attempt, final=final))
    return judge(tried, diagnosis(may_heal=may_heal), DEFAULT, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("final", "may_heal", "more", "expected"),
    [
        (False, False, {}, (Do.ALERT, Reason.HOPELESS)),
        (True, False, {}, (Do.ALERT, Reason.HOPELESS)),
        (None, False, {"word_may_come": True}, (Do.ALERT, Reason.HOPELESS)),
        (False, True, {}, (Do.STAY_SILENT, Reason.ANOTHER_TRY_FOLLOWS)),
        (True, True, {}, (Do.ALERT, Reason.LAST_TRY)),
        (None, True, {}, (Do.ALERT, Reason.NOBODY_TELLS)),
        (None, True, {"word_may_come": True}, (Do.WAIT, Reason.WAITS_FOR_WORD)),
        (None, True, {"told": False, "word_may_come": True}, (Do.STAY_SILENT, Reason.ANOTHER_TRY_FOLLOWS)),
        (None, True, {"told": True}, (Do.ALERT, Reason.LAST_TRY)),
    ],
    ids=[
        "a denied permission alerts at the first try",
        "and at the last",
        "and when nobody tells",
        "what may heal waits for the next try",
        "and alerts at the last one",
        "and alerts when the log cannot tell",
        "but waits where a listener will tell",
        "the listener says that a try follows",
        "the listener says that it was the last",
    ],
)
def test_judges(final: bool | None, may_heal: bool, more: dict[str, bool], expected: tuple[Do, Reason]) -> None:
    judgement = _judge(final=final, may_heal=may_heal, **more)
    assert (judgement.do, judgement.reason) == expected


def test_every_attempt_alerts_where_that_is_wanted() -> None:
    seen = failure()
    first = replace(seen, attempt=replace(seen.attempt, final=False))
    assert judge(first, diagnosis(may_heal=True), AlertPolicy.EVERY_ATTEMPT).do is Do.ALERT


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.TASK])
def test_what_is_no_task_alerts(kind: Kind) -> None:
    assert judge(failure(kind=kind), diagnosis(may_heal=True), DEFAULT).do is Do.ALERT
