"""Whether an exception is about an XCom: too large, not serialisable, or not there; and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from responder.diagnosis.advice import SET_OPTION, Told
from responder.diagnosis.frames import is_installed
from responder.evidence.said import exception_text
from responder.model import Evidence, Raised, Record

NAMES = frozenset({"XComNotFound", "XComForMappingNotPushed", "UnmappableXComTypePushed", "UnmappableXComLengthPushed"})
_UNSERIALISABLE = re.compile(
    r"(?i)not (?:JSON )?seriali[sz]able|not JSON compliant|(?:cannot|could not|can't|unable to) (?:seriali[sz]e|pickle)|Circular reference detected"
)
_CODE = (
    "/xcom.py",
    "/serialization/serde.py",
    "/serialization/serializers/",
    "/sdk/serde/",
    "/models/xcom",
    "/utils/json.py",
    "/sdk/bases/xcom",
    "/sdk/api/client.py",  # Airflow 3 hands it on over its API
)
_TURNS = frozenset({"serialize_value", "deserialize_value", "serialize", "deserialize", "default"})
_FROM_OUTSIDE = ("AirflowTask", "MemoryError", "ModuleNotFoundError")  # may hit any line
_LOGGED = re.compile(r"(?i)Could not seriali[sz]e the XCom|enable pickle support for XCom")
_SIZE = re.compile(
    r"(?i)xcom.{0,80}(?:too (?:large|big|long)|exceed|size limit|larger than)|Data too long for column 'value'"
)
_UNFIT = re.compile(
    r"expected dictionary for multiple_outputs|must be strings when using multiple_outputs|\bunmappable_return_value_length\b"
)
_NOTHING = "No XCom value found"
_ABSENT = re.compile(r"XComNotFound|XComForMappingNotPushed|\bNo XCom value found")
_ON_NONE = re.compile(r"'?NoneType'? object|must be .{1,60}, not None|NoneType")


def broken_xcom(evidence: Evidence) -> tuple[Raised, tuple[str, ...]] | None:
    """The first exception of the chain that is, and the lines that show it."""
    for raised in evidence.chain.links if evidence.chain else ():
        line = exception_text(raised).split("\n")[0]
        if raised.name in NAMES or _of_xcom(evidence, raised) or _is_unfit(raised):
            return raised, (line,)
        nothing = _nothing_pulled(evidence) if raised.name in ("TypeError", "AttributeError") else None
        if nothing and _ON_NONE.search(raised.message[:500]):
            return raised, (line, nothing.text.split("\n")[0])
    return None


def _is_unfit(raised: Raised) -> bool:
    """Too large, too many for mapped tasks, or no dictionary where each key is to be an XCom of its own."""
    return bool(_SIZE.search(raised.message[:2_000]) or _UNFIT.search(raised.message[:500]))


def _of_xcom(evidence: Evidence, raised: Raised) -> bool:
    if _while_turned(raised):
        return True
    if not _UNSERIALISABLE.search(raised.message[:2_000]):
        return False
    passed = any(part in frame.file for frame in raised.frames for part in _CODE if "airflow" in frame.file)
    return passed or any(_LOGGED.search(record.text[:500]) for record in evidence.records)


def _while_turned(raised: Raised) -> bool:
    """Airflow was turning a value into JSON, or back: whatever breaks there is about the value."""
    return not raised.name.startswith(_FROM_OUTSIDE) and any(
        frame.function in _TURNS and is_installed(frame.file) and any(part in frame.file for part in _CODE)
        for frame in raised.frames
    )


def _nothing_pulled(evidence: Evidence) -> Record | None:
    """Airflow 3 warns when a pull finds nothing; what fails right after is only the consequence."""
    for record in evidence.records:
        if record is evidence.failing:
            return None
        if record.text.startswith(_NOTHING):
            return record
    return None


_STORED = "What a task returns or pushes is stored in Airflow's database as JSON, so only plain, small values fit."
_IN_S3 = "Put the data itself into S3 and hand on its key, or set an XCom backend that keeps large values in S3 (core.xcom_backend)."
_TOO_LARGE = Told("What the task returns is too large to hand on:", _STORED, (_IN_S3,))
_NOT_PLAIN = Told(
    "What the task returns cannot be stored as an XCom:",
    _STORED,
    (
        "Return plain values (numbers, text, lists, dictionaries); turn dates, decimals, bytes and objects into such first.",
        "If nobody reads the value: set do_xcom_push=False, or return nothing.",
        _IN_S3,
    ),
)
# https://airflow.apache.org/docs/apache-airflow/stable/configurations-ref.html#allowed-deserialization-classes
_BARRED = "allow list for deserialization"
_NOT_ALLOWED = Told(
    "An XCom, or an argument of a trigger, is of a class that Airflow may not load:",
    "Airflow makes objects out of what it has stored only where their class is on its list.",
    (
        "Hand on plain values (numbers, text, lists, dictionaries) and make the object in the task that needs it.",
        f"Or allow the class that the message names: {SET_OPTION} > core.allowed_deserialization_classes.",
    ),
)
_NOT_THERE = Told(
    "The task pulled an XCom that is not there:",
    "A pull finds only what another task of the same run has pushed before.",
    (
        "Check task_ids and key of the pull: inside a task group the id has the group's name in front, as in group.load.",
        "See whether that task ran in this run, was not skipped, and returned or pushed something; it also has to stand upstream of this one.",
    ),
)


_UNMAPPABLE = Told(
    "A mapped task cannot be made from what the task returns:",
    "expand() makes one task for each item of a list or dictionary, and no more than core.max_map_length allows (1,024 unless it is set).",
    ("Return a list or a dictionary from the task that is expanded over; group the items where there are too many.",),
)
_NO_DICTIONARY = Told(
    "The task was to return a dictionary and did not:",
    "multiple_outputs, or a return type of dict, makes an XCom of each key of what the task returns.",
    ("Return a dictionary with text as keys, or take multiple_outputs (or the return type) away.",),
)


def xcom_words(lines: Sequence[str]) -> Told:
    """By the lines that show it."""
    text = "\n".join(lines)
    if "unmappable" in text.lower():
        return _UNMAPPABLE
    if "multiple_outputs" in text:
        return _NO_DICTIONARY
    if _SIZE.search(text):
        return _TOO_LARGE
    if _BARRED in text:
        return _NOT_ALLOWED
    return _NOT_THERE if _ABSENT.search(text) else _NOT_PLAIN
