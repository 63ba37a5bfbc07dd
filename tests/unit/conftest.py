from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from responder.incidents.incident import Rhythm
from responder.incidents.ledger import Ledger
from responder.incidents.table import Table

from tests.stand_ins import dynamodb as stand_in

RHYTHM = Rhythm(follow_up=15, quiet=360)


@pytest.fixture(scope="session")
def dynamodb() -> Iterator[Any]:
    with stand_in.served() as endpoint:
        yield stand_in.client("dynamodb", endpoint)


@pytest.fixture
def table(dynamodb: Any) -> Table:
    return Table(stand_in.table(dynamodb, f"ledger-{uuid.uuid4()}"), lambda: dynamodb)


@pytest.fixture
def ledger(table: Table) -> Ledger:
    return Ledger(table, RHYTHM)
