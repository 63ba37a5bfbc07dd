"""A message is complete, bounded and clean whatever the cause and the look-ups said."""

from __future__ import annotations

import json

from hypothesis import given
from responder.model import Artifact, Link, Message
from responder.notify.amazon_q import notification
from responder.notify.slack import payload
from responder.notify.sns_text import text
from responder.report.as_json import as_json
from responder.report.card import MOST_CHARACTERS, from_card, to_card
from responder.report.compose import ARTIFACT_CHARACTERS, EVIDENCE_LINES

from tests.stand_ins.samples import diagnosis, message, messages, remedy

KEYS = [
    "kind", "environment", "dag_id", "run_id", "task_id", "map_index", "try_number", "final", "category", "cause", "facts", "evidence", "summary",
    "explanation", "remedy", "not_checked", "fingerprint",
]  # fmt: skip


def test_a_secret_that_a_look_up_brought_is_not_shown() -> None:
    leaky = remedy(
        artifacts=(Artifact("source", "conn = connect(password='hunter2')"),),
        not_checked=("index: https://u:hunter2@host/simple failed",),
    )
    shown = str(
        message(
            remedy=leaky, diagnosis=diagnosis(evidence=("password=hunter2",), facts={"message": "password=hunter2"})
        )
    )
    assert "hunter2" not in shown


def test_what_aws_encoded_is_not_shown() -> None:
    blob = "Ab1_-" * 200
    shown = message(diagnosis=diagnosis(evidence=(f"Encoded authorization failure message: {blob}",)))
    assert shown.diagnosis.evidence == ("Encoded authorization failure message: (encoded)",)


def test_half_a_character_in_a_log_breaks_no_channel() -> None:
    """Airflow 3 logs JSON, which can spell the one half of an emoji that a cut has left."""
    half = "caf\ud83d"
    shown = message(
        remedy=remedy(summary=half, explanation=half, steps=(half,), artifacts=(Artifact("source", half, half),)),
        diagnosis=diagnosis(evidence=(half,), facts={"message": half}),
    )
    assert json.dumps([as_json(shown), notification(shown), payload(shown), text(shown)], ensure_ascii=False).encode()


def test_is_bounded() -> None:
    long = remedy(artifacts=(Artifact("source", "x = 1\n" * 10_000),), steps=("step",) * 50)
    shown = message(remedy=long, diagnosis=diagnosis(evidence=tuple(f"line {number}" for number in range(100))))
    assert len(shown.remedy.artifacts[0].text) <= ARTIFACT_CHARACTERS
    assert len(shown.diagnosis.evidence) == EVIDENCE_LINES
    assert len(shown.remedy.steps) <= 8


def test_only_sound_links_are_kept() -> None:
    odd = remedy(
        links=(
            Link("a", "javascript:alert(1)"),
            Link("b", "http://docs.aws.amazon.com"),
            Link("c", "https://docs.aws.amazon.com/x>|<!channel"),
        )
    )
    assert [link.label for link in message(remedy=odd).links] == ["Log", "MWAA console"]


def test_the_json_has_exactly_the_keys_of_the_contract() -> None:
    said = as_json(message())
    assert list(said) == KEYS
    assert list(said["remedy"]) == ["steps", "artifacts", "proof"]
    assert said["remedy"]["artifacts"][0].keys() == {"kind", "text"}
    assert said["remedy"]["proof"] == {"level": "PROVEN", "how": remedy().proof.how}
    assert (said["dag_id"], said["task_id"], said["try_number"], said["final"], said["map_index"]) == (
        "sales",
        "load",
        1,
        True,
        None,
    )


@given(messages())
def test_a_card_says_all_that_the_message_said(said: Message) -> None:
    again = from_card(to_card(said))
    assert as_json(again) == as_json(said)
    assert (again.links, again.remedy.owner, again.failure.place) == (said.links, said.remedy.owner, said.failure.place)


def test_a_card_is_bounded() -> None:
    long = remedy(artifacts=(Artifact("source", "x" * 11_000),) * 20)
    assert len(to_card(message(remedy=long))) <= MOST_CHARACTERS
