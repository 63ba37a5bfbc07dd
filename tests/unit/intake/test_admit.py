"""What passes the door is short and holds no secret, wherever it was cut."""

from __future__ import annotations

import json

import pytest
from responder.intake.admit import admit
from responder.model import LogEvent

from tests.unit.intake.secret_forms import FORMS

_BUDGET = 4_000  # characters
_SECRET = "Sommer#2024!xq8R"
_PART = 8  # characters that do harm
_TOKEN = FORMS["GitHub app"][1]

REPEATED = {
    "assignment": f"password={_SECRET} ",
    "assignment with blanks": f"password = {_SECRET} and ",
    "option": f"tool --user etl --password {_SECRET} ",
    "JSON": f'{{"user": "etl", "password": "{_SECRET}", "a": 1}}, ',
    "address": f"postgresql://etl:{_SECRET}@db:5432/x ",
    "JSON without blanks": f'{{"user":"etl","password":"{_SECRET}","a":1}},',
    "pairs without blanks": f"user=etl;password={_SECRET};port=5432;",
    "addresses without blanks": f"postgresql://etl:{_SECRET}@db:5432/x,",
    "between tabs": f"etl\tpassword={_SECRET}\t5432\t",
    "prose": f"the password {_SECRET} was refused ",
    "token": f"cloning with {_TOKEN} now ",
}


@pytest.mark.parametrize("form", REPEATED)
def test_a_cut_leaves_no_half_of_a_secret_and_none_without_its_name(form: str) -> None:
    unit = REPEATED[form]
    secret = _TOKEN if form == "token" else _SECRET
    seen = []
    for pad in range(len(unit)):
        line = f"{'x' * pad} {unit * (20_000 // len(unit))}Task failed with exception {unit * 200}"
        for text in (line, json.dumps({"event": line})):
            left = "\n".join(event.message for event in admit([LogEvent(1, text)], _BUDGET))
            seen += [
                secret[at : at + _PART] for at in range(len(secret) - _PART + 1) if secret[at : at + _PART] in left
            ]
    assert not seen


@pytest.mark.parametrize("filler", ["row loaded, ", "x", '{"a":1},'])
@pytest.mark.parametrize(
    "said", ["An error occurred (AccessDenied) when calling", "permission denied for table orders"]
)
def test_what_one_long_line_says_in_its_middle_stays(filler: str, said: str) -> None:
    around = filler * (100_000 // len(filler))
    left = admit([LogEvent(1, f"Task failed with exception {around} {said} {around}")], 20_000)
    assert said in left[0].message
    assert len(left[0].message) <= 20_000
