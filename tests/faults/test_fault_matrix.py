"""A few telling rows of `mwaa-responder faults`, which plays all of them: nothing is lost, nothing comes twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cli.faults.rows import Row, rows
from cli.faults.trial import assembly, prepare, run
from cli.sandbox.sandbox import Sandbox

TELLING = (
    "nothing breaks",
    "killed after dynamodb TransactWriteItems",
    "killed after slack took it",
    "a follow-up, nothing breaks",
    "slack answers 429 twice",
    "iam hangs up all the time",
    "duplicates",
    "disorder: event, then log",
)
SECONDS = 12  # as short as a busy machine allows; two of the rows wait for it to pass

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cdk")]


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sandbox, Any, str]]:
    folder = assembly(tmp_path_factory.mktemp("cdk.out"), SECONDS)
    with Sandbox() as aws:
        yield (aws, *prepare(aws, folder))


@pytest.mark.parametrize("row", [row for row in rows() if row.what in TELLING], ids=lambda row: row.what)
def test_every_message_arrives_once(row: Row, deployed: tuple[Sandbox, Any, str]) -> None:
    count = run(*deployed, row, TELLING.index(row.what))
    assert count.happened
    assert count.lost == 0
    assert count.admitted


def test_the_matrix_has_what_is_told_of() -> None:
    names = [row.what for row in rows()]
    assert len(set(names)) == len(names)
    assert set(TELLING) <= set(names)
