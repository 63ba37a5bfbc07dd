"""Names that mean something alike: `S3UploadFileOperator` is `S3CreateObjectOperator`, spelt by somebody who guessed.

Spelling alone does not find these, so the words of a name are compared, words of one meaning as the same word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

ENDINGS = ("Operator", "Sensor", "Hook", "Trigger", "Async")
ALIKE = 0.5  # share of words in common from which two names may be meant for each other
MOST = 3

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_MEANINGS = (
    ("put", "upload", "create", "add", "load", "write", "store", "to", "new"),
    ("object", "file", "key", "filesystem", "blob", "document"),
    ("delete", "remove", "drop", "terminate", "stop", "cancel"),
    ("run", "start", "execute", "trigger", "submit", "invoke", "launch", "job", "task"),
    ("get", "fetch", "read", "download", "from", "list"),
    ("emr", "elasticmapreduce"),
    ("query", "sql", "statement"),
)
_SAME = {word: words[0] for words in _MEANINGS for word in words}
_PADDING = frozenset({"aws", "amazon", "operator", "sensor", "hook", "a", "the", "local"})


def alike_in_meaning(wanted: str, offered: Iterable[str]) -> tuple[str, ...]:
    """Of the names of the same kind those with the most words in common, the best first."""
    kind = _kind(wanted)
    words = _words(wanted)
    scored = [(_share(words, _words(name)), name) for name in dict.fromkeys(offered) if _kind(name) == kind]
    best = sorted((entry for entry in scored if entry[0] >= ALIKE), key=lambda entry: (-entry[0], entry[1]))
    return tuple(name for _, name in best[:MOST])


def _kind(name: str) -> str:
    return next((ending for ending in ENDINGS if name.endswith(ending)), "")


def _words(name: str) -> frozenset[str]:
    """ECSRunTask and EcsRunTask are the same words; s3 is one."""
    found = [part.lower() for part in _WORD.findall(name.replace("S3", "Sthree"))]
    return frozenset(_SAME.get(word, word) for word in found if word not in _PADDING)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    together = one | other
    return len(one & other) / len(together) if together else 0.0
