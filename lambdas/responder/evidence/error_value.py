"""An exception that Airflow 3's components log as a value, without a traceback.

    Trigger failed to load code  [airflow…TriggerRunner] classpath=a.b.C error=ModuleNotFoundError("No module named 'a'")
    {"event": "Trigger failed to load code", "error": "ModuleNotFoundError(…)"}

https://www.structlog.org prints what it is given: an exception as its repr. Nowhere else does Airflow tell of a trigger that it cannot load.
"""

from __future__ import annotations

from collections.abc import Mapping

from responder.evidence.lazy_pattern import lazy
from responder.model import Chain, Raised

KEYS = ("error", "exc", "exception")
TEXT_LIMIT, MESSAGE_LIMIT = 12_000, 4_000  # characters
_VALUE = lazy(
    r"(?:\b(?:error|exc|exception)=|^)([A-Z]\w{1,100}|[a-z_][\w.]{0,200}\.[A-Z]\w{1,100})\("
    r"(?:'((?:[^'\\\n]|\\.){0,4000})|\"((?:[^\"\\\n]|\\.){0,4000}))(?:['\"],?\)|$)"
)


def read_value(text: str, fields: Mapping[str, str]) -> Chain | None:
    """The exception, without frames: what the fields hold, or the text's own `error=…`."""
    text = text[:TEXT_LIMIT]
    given = next((fields[key] for key in KEYS if key in fields), None)
    if given is None and not any(f"{key}=" in text for key in KEYS):
        return None
    found = _VALUE.match(given) if given is not None else _VALUE.search(text)
    if found is None or (given is None and found.start() == 0):
        return None
    message = (found[2] or found[3] or "")[:MESSAGE_LIMIT]
    return Chain((Raised(found[1], message.replace("\\'", "'").replace("\\n", "\n"), ()),))
