"""What people get, word for word: one message a category, and the ones that show a proof, a follow-up, a refusal.

`pytest tests/test_messages.py --rewrite-messages` writes them anew; the difference is to be read before it is committed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from responder.diagnosis.catalogue import load
from responder.diagnosis.rank import diagnose
from responder.evidence.gather import gather
from responder.inquiry.question import NO_ANSWERS
from responder.intake import event
from responder.model import Message, Occurrences
from responder.notify import html
from responder.notify.slack import blocks
from responder.notify.sns_text import sms, subject, text
from responder.report.compose import compose

from cli.cases import read_case
from tests.stand_ins.samples import SEEN, message

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"

# One log a category; what the look-ups would have said is left out, so that no answer of the moment gets in here.
FROM_LOGS = {
    "environment": "real-pip-two-pins",
    "permissions": "real-af2-task-export-to-lake",
    "dag-code": "real-af3-task-typo-name",
    "configuration": "real-af3-task-no-conn",
    "network": "real-af3-task-dns-pull",
    "capacity": "real-af2-task-oom-pandas",
    "dependency": "real-af2-task-run-missing-job",
    "unknown": "t161-scale-in-silent",
}


def _from_log(case: str) -> Message:
    failure = event.read(read_case(HERE / "cases" / case).payload, now_ms=SEEN)[0]
    failure = replace(failure, place=replace(failure.place, region="eu-west-1"), seen_at=SEEN)
    diagnosis = diagnose(gather(failure), load())
    assert diagnosis
    return compose(failure, diagnosis, diagnosis.propose(NO_ANSWERS), None, Occurrences(1, SEEN, SEEN, (), 0))


def _repeated() -> Message:
    tasks = tuple(f"sales.load_{country}" for country in ("at", "be", "ch", "de", "fr"))
    return message(occurrences=Occurrences(1_000, SEEN, SEEN + 900_000, tasks, 495), follow_up=1)


def _elsewhere() -> Message:
    return replace(message(), notes=("Slack refused this message (404 no_service), so it comes here.",))


def _all() -> dict[str, Message]:
    made = {name: _from_log(case) for name, case in FROM_LOGS.items()}
    return made | {"proven": message(), "follow-up": _repeated(), "refused-elsewhere": _elsewhere()}


def _shown(said: Message) -> str:
    """As it is kept: what Slack shows, then the e-mail, then the text message."""
    slack = "\n".join(json.dumps(block, ensure_ascii=False) for block in blocks(said))
    return f"{slack}\n\n{'=' * 80}\n{subject(said)}\n{'-' * 80}\n{text(said)}\n\n{'=' * 80}\n{sms(said)}\n"


@pytest.fixture(scope="module")
def made() -> dict[str, Message]:
    return _all()


@pytest.mark.parametrize("name", [*FROM_LOGS, "proven", "follow-up", "refused-elsewhere"])
def test_says_it_word_for_word(name: str, made: dict[str, Message], request: Any) -> None:
    kept = GOLDEN / f"{name}.txt"
    if request.config.getoption("--rewrite-messages"):
        GOLDEN.mkdir(exist_ok=True)
        kept.write_text(_shown(made[name]), encoding="utf-8")
    assert _shown(made[name]) == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("category", FROM_LOGS)
def test_each_category_has_its_message(category: str, made: dict[str, Message]) -> None:
    assert made[category].diagnosis.category == category


def test_all_can_be_looked_at_on_one_page(made: dict[str, Message], tmp_path: Path) -> None:
    """Open the file for a look: `pytest tests/test_messages.py --basetemp=build/look`."""
    page = tmp_path / "messages.html"
    page.write_text(html.page(made.values()), encoding="utf-8")
    assert page.read_text(encoding="utf-8").count("<section") == len(made)
