"""What an operator, sensor or hook of a provider package objects to, in its own words.

They raise AirflowException, ValueError or RuntimeError alike (the packages were searched for all three), so the words
decide: about an argument, about the connection, about the state of a thing, about how long something took.
"""

from __future__ import annotations

from enum import StrEnum

from responder.evidence.lazy_pattern import lazy
from responder.model import Frame, Raised


class Complaint(StrEnum):
    """One objection is of exactly one kind."""

    CONNECTION = "connection"  # the connection lacks something
    ARGUMENT = "argument"  # the operator was given too much, too little or the wrong thing
    WAITED = "waited"  # it took too long
    ABSENT = "absent"
    STATE = "state"  # it is there, but not as it should be
    FAILED = "failed"  # what it started ended badly
    ANSWER = "answer"  # one call of a hook's was answered with errors


_PLACES = ("/airflow/providers/", "/airflow/operators/", "/airflow/sensors/", "/airflow/hooks/", "/airflow/contrib/")
# Python's own errors of code, and what other causes know better
_OTHERS = frozenset(
    {
        "KeyError", "TypeError", "AttributeError", "IndexError", "NameError", "ImportError", "ModuleNotFoundError",
        "AssertionError", "AirflowFailException", "AirflowSkipException", "AirflowSensorTimeout", "AirflowTaskTimeout",
        "AirflowNotFoundException", "AirflowOptionalProviderFeatureException", "JSONDecodeError", "UnicodeDecodeError",
        "DagNotFound", "NotImplementedError", "ZeroDivisionError", "MemoryError", "FileNotFoundError",
    }
)  # fmt: skip
_ARGUMENT = lazy(
    r"(?i)\b(?:either|exactly one|only one|at least one|one of|both)\b.{0,160}\b(?:must|should|has to|have to|can|could|need\w*|allowed|provided|specified)\b"
    r"|\bmust (?:be|have|not|contain|provide|specify|return)\b|\bshould (?:not )?be (?:empty|none|provided|set|specified|one of|greater|a |an )"
    r"|\bnot both\b|\b(?:is|are) (?:a )?(?:required|mandatory)\b|\bcannot (?:be |specify|combine|set|use|operate|pass)|\bmutually exclusive\b|\bcan only be\b"
    r"|\b(?:is|are) not (?:an? )?(?:allowed|supported|valid|provided|specified|given)\b|^(?:invalid|unsupported|unexpected|unknown) (?!status|state|error|life)|\bneed to (?:specify|provide|set|pass)\b"
    r"|\bplease (?:set|provide|specify|pass)\b|\bmissing (?:required|key|parameter|argument|condition|\w{2,30}Arn)\b|\baccepts only\b|\beither specify\b|\bdoes ?n[o\']t support\b|\bcannot include\b|\bnot (?:been )?(?:provided|specified)\b"
)
_OF_CONNECTION = lazy(
    r"(?i)\bconnection\b|\bconn\b|\bextras?\b|\btoken\b|credential|password|\blogin\b|\bhost\b|\baccount\b|\bsecret\b|api[_ -]?key|private[_ ]?key|\bSPN\b|\bauth|\bwebhook\b|\bregistry\b|client_id|\bhttp_path\b|key ?file|\bschema field\b|remote_host|\bkey must have BEGIN\b"
)
_UNCONFIGURED = lazy(
    r"(?i)(?:isn't|aren't|is not|are not|not) (?:configured|provided|set|specified|found in (?:the )?connection)|\bmissing\b|\bis empty\b|\bis required\b|\bcannot be read\b|\bempty or invalid\b|\bis too big\b|\bcould not determine\b|\bdoes not contain\b|must be (?:present|set|specified|provided|a )"
)
_WAITED = lazy(
    r"(?i)\bmax(?:imum)?[ _](?:number of )?(?:attempts|tries|retries|iterations)\b|\btook (?:more|longer) than\b|\btimed? ?out\b|\btimeout (?:threshold|of|after|period|exceeded|reached)|\bnot (?:finish|complete|ready|reach\w*|become)\b.{0,80}\b(?:within|after|before)\b|status_retries|exceed max_retries|did not \w+ (?:a terminal \w+ )?(?:before|within)"
)
_ABSENT = lazy(
    r"(?i)\b(?:not|isn't|aren't) found\b|\bdoes ?n[o']t exist\b|\bdo not exist\b|\bno (?:\w+ ){1,3}(?:found|matching)\b|\b(?:can ?n[o']t|can't|could ?n[o']t) find\b|\bno longer exists\b"
)
_STATE = lazy(
    r"(?i)\bmust be in\b|\bis (?:already|currently|still|not) (?:in|running|available|active|deleted|stopped|pending|configured)\b|\balready (?:exists|running|started)\b|\bcurrently in\b|\bmore than one\b|\bis in state\b.{0,80}\bmust\b"
)
_FAILED = lazy(
    r"(?i:\bfail|\bunsuccessful|\babort|\bcancell?ed\b|\bterminated\b|\bnot in success|\bdid not succeed|\berrors?\b|\bunexpected (?:status|state)|\bfinished with\b|\bunexpected .{0,40}(?:status|state)\b|\bbad state\b|\bdid not complete\b|\bended in\b|\bterminal state\b)"
    r"|(?:\b(?:FAILED|TIMED_OUT|TIMEOUT|STOPPED|CANCELLED|CANCELED|ABORTED|EXPIRED|ERROR)\b)"
)
_CONNECTS = ("conn", "credential", "client", "engine", "session")  # parts of the names of their functions
# How hooks name what is one call and starts nothing that could fail later
_CALLS = (
    "delete",
    "put_",
    "insert",
    "upload",
    "copy_",
    "load_",
    "send",
    "publish",
    "create_",
    "update_",
    "write_",
    "add_",
)
QUOTES_COMMAND = "rror running cmd: "  # the operators of SSH and WinRM: what follows is what the command printed
_QUOTES_CHILD = "Process returned non-zero exit status"  # virtualenv operators: what follows is what the child raised
_WINDOW = 1_500


def in_connection(raised: Raised) -> bool:
    """Whether it was raised while Airflow took a connection apart."""
    places = ("airflow/models/connection.py", "airflow/sdk/definitions/connection.py")
    return any(place in frame.file for frame in raised.frames for place in places)


def reads_definition(raised: Raised) -> bool:
    """Whether a secrets backend had found a connection and could not read what it holds: then the backend itself works."""
    return any(frame.function == "deserialize_connection" for frame in raised.frames)


def is_hooks_connect(frame: Frame) -> bool:
    """Whether a hook of a provider is making its client or its credentials in it."""
    return (
        "/airflow/providers/" in frame.file
        and "/hooks/" in frame.file
        and any(part in frame.function for part in _CONNECTS)
    )


def _in_provider(raised: Raised) -> bool:
    return bool(raised.frames) and any(place in raised.frames[-1].file for place in _PLACES)


def complaint_of(raised: Raised) -> Complaint | None:
    """What the provider's code objects to; None where its code did not raise it, or its words are no known objection."""
    text = raised.message[:_WINDOW]
    if raised.name in _OTHERS or QUOTES_COMMAND in text or text.startswith(_QUOTES_CHILD) or not _in_provider(raised):
        return None
    in_hook = "/hooks/" in raised.frames[-1].file
    if in_hook and _OF_CONNECTION.search(text) and (_UNCONFIGURED.search(text) or _ARGUMENT.search(text)):
        return Complaint.CONNECTION
    if "apacity is unavailable" in text:
        return None  # ECS: the service has none
    if "failed" in text and _FAILED.search(text) and _WAITED.search(text):
        return Complaint.FAILED
    for each, words in (
        (Complaint.WAITED, _WAITED),
        (Complaint.STATE, _STATE),
        (Complaint.ABSENT, _ABSENT),
        (Complaint.ARGUMENT, _ARGUMENT),
        (Complaint.FAILED, _FAILED),
    ):
        if words.search(text):
            return Complaint.ANSWER if each is Complaint.FAILED and in_hook and _is_call(raised) else each
    return None


def _is_call(raised: Raised) -> bool:
    return raised.frames[-1].function.startswith(_CALLS)
