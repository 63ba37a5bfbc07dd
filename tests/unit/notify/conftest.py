from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.sandbox.faults import Faults
from cli.sandbox.slack import Slack
from cli.sandbox.web import Web


@pytest.fixture
def faults() -> Faults:
    return Faults(lambda _caller: None)


@pytest.fixture
def slack(faults: Faults, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slack]:
    """Slack on loopback, under its real names, behind the proxy that the environment names."""
    stand_in = Slack(faults)
    web = Web(stand_in.sites(), scratch=tmp_path, internet=False)
    for name, value in web.environ("tester").items():
        monkeypatch.setenv(name, value)
    yield stand_in
    web.stop()
