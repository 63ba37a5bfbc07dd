"""Which Airflow connection was in use, as Airflow's hooks log it before they connect."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Airflow 2: "Retrieving connection 'warehouse'"; 3: "Connection Retrieved 'warehouse'"; older 2.x: "Using connection ID
# 'warehouse' for task execution.", "Using connection to: id: warehouse. Host: …"
_IN_USE = re.compile(
    r"(?:Retrieving connection|Connection Retrieved|Using connection ID) '(?P<id>[^'\n]{1,250})'"
    r"|Using connection to: id: (?P<old>[\w.-]{1,250}?)\. Host"
)


def connection_in_use(texts: Iterable[str]) -> str | None:
    """The connection's id, from the first text that names one: hand in the latest first."""
    for text in texts:
        if match := _IN_USE.search(text[:1_000]):
            return match["id"] or match["old"]
    return None
