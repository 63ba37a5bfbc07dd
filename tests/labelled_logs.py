"""The labelled logs of tests/cases, and what the whole catalogue says of each.

To read them all takes longer than to look at what was found, so tests that do are in one group: one process reads each once.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from responder.diagnosis.catalogue import load
from responder.model import Diagnosis

from cli.cases import answer, find_cases

CASES = {case.id: case for case in find_cases([Path(__file__).parent / "cases"])}
reads_them_all = pytest.mark.xdist_group("labelled logs")


@cache
def diagnosed(name: str) -> Diagnosis | None:
    """None where the log shows no failure."""
    return answer(CASES[name], load())
