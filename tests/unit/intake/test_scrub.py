"""No secret passes the door, and what a diagnosis lives on does."""

from __future__ import annotations

import json
from random import Random
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.intake.scrub import MASK, scrub

from tests.unit.intake.secret_samples import CONTEXTS, NAMED_FORMS, PLANTED, SECRET_NAMES, look_alikes

_NAMED_VALUES = ("hunter2", "correcthorse", "p@ss,w0rd!x", "Tr0ub4dor&3x", "a1b2c3d4e5")


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("kind", PLANTED)
def test_takes_a_planted_secret_out(kind: str, context: str) -> None:
    around, secret = PLANTED[kind]
    text = CONTEXTS[context].format(around.format(secret))
    left = scrub(text)
    assert secret.strip() not in left
    assert not [piece for piece in _pieces(secret) if piece in left]


@pytest.mark.parametrize("kind", PLANTED)
def test_takes_it_out_of_escaped_json_too(kind: str) -> None:
    around, secret = PLANTED[kind]
    text = json.dumps({"event": "first line\n" + around.format(secret) + "\nlast line"})
    left = scrub(text)
    assert not [piece for piece in _pieces(secret) if piece in left]
    assert "last line" in left


@pytest.mark.parametrize("kind", [kind for kind in PLANTED if "header" not in kind])
def test_leaves_what_stands_around_it(kind: str) -> None:
    around, secret = PLANTED[kind]
    assert scrub(f"{around.format(secret)}\nend") == f"{around.format(MASK)}\nend"


@pytest.mark.parametrize("form", NAMED_FORMS)
@pytest.mark.parametrize("name", SECRET_NAMES)
@pytest.mark.parametrize("value", _NAMED_VALUES)
def test_takes_out_what_is_named_a_secret(name: str, form: str, value: str) -> None:
    written = value.replace("&", "%26") if form == "address" else value  # there it would end the value
    left = scrub(NAMED_FORMS[form].format(key=name, value=written))
    assert written not in left
    assert MASK in left


@pytest.mark.parametrize("text", look_alikes())
def test_leaves_a_look_alike(text: str) -> None:
    assert scrub(text) == text


def test_there_are_enough_of_both() -> None:
    assert len(PLANTED) >= 30
    assert len(set(look_alikes())) >= 200


@pytest.mark.parametrize("kind", PLANTED)
def test_a_second_time_changes_nothing(kind: str) -> None:
    around, secret = PLANTED[kind]
    once = scrub(around.format(secret))
    assert scrub(once) == once


@given(st.text(max_size=400))
def test_any_text_survives_and_is_stable(text: str) -> None:
    once = scrub(text)
    assert scrub(once) == once


# Words have a say: one before it may say that it is none ("version id"), and "password: word (…" is prose.
UNLIKE_WORDS = sorted(kind for kind, (_, secret) in PLANTED.items() if not secret.isalpha())
WORDLESS = st.text(st.characters(exclude_categories=["Lu", "Ll", "Cs"]), max_size=50)


@given(before=WORDLESS, after=WORDLESS, kind=st.sampled_from(UNLIKE_WORDS))
def test_what_stands_around_hides_no_secret(before: str, after: str, kind: str) -> None:
    around, secret = PLANTED[kind]
    assert secret not in scrub(f"{before} {around.format(secret)} {after}")


@pytest.mark.parametrize("alphabet", ["", "+/", "-_"])
def test_few_random_words_pass_for_names(alphabet: str) -> None:
    dice, letters = Random(1), ascii_letters + digits + alphabet
    words = ["".join(dice.choice(letters) for _ in range(43)) for _ in range(500)]
    assert sum(word in scrub(f"got {word} back") for word in words) < len(words) * 0.03


def _pieces(secret: str) -> list[str]:
    """Parts of it that would do harm too."""
    body = secret.replace("\n", "")
    return [body[at : at + 16] for at in range(0, len(body) - 15, 8)]
