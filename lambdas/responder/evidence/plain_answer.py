"""What a service's client says in plain words, where no code and no status stands: its class is named after what it talks to.

vendor.errors.ApiError: Dataset 12 not found                     not there
vendor.errors.ServiceException: Calls per minute limit exceeded  too fast
vendor.RequestError: Field 'amount' must be a number             not as it should be
"""

from __future__ import annotations

from responder.evidence.aws_error_class import ErrorClass
from responder.evidence.database_error import from_driver
from responder.evidence.lazy_pattern import lazy
from responder.evidence.login_refusal import read_login
from responder.evidence.network_error import read_network
from responder.evidence.status_class import is_of_sdk
from responder.model import Raised

_OF_A_CLIENT = lazy(
    r"(?:A[Pp][Ii]|H[Tt][Tt][Pp]|R[Ee][Ss][Tt]|Service|Server|Client|Remote|R[Pp][Cc]|Response|Request|Gateway|WebF|Graph[Qq][Ll]|S[Oo][Aa][Pp])\w{0,30}?(?:Error|Exception|F?ault|Failure)$"
)
# Ordered: "API rate limit exceeded" is too fast, "upstream not found" is not there
_WORDS = (
    (
        ErrorClass.THROTTLED,
        lazy(r"(?i)\btoo many (?:requests|calls|queries)|\brate[- ]?limit|\bthrottl|\brate ?exceeded|\bslow down\b|\bper (?:second|minute)\b|\bconcurrent (?:request|call)s?\b"),
    ),
    (
        ErrorClass.QUOTA,
        lazy(r"(?i)\bquota\b|\blimit (?:has been |was )?(?:exceeded|reached)|\b(?:plan|account|license) limit\b|\bmaximum number of\b|\b(?:out of|insufficient|not enough) (?:credits?|funds|balance)\b|\bcredit balance\b"),
    ),
    (
        ErrorClass.NOT_FOUND,
        lazy(r"(?i)\bnot (?:be )?found\b|\b(?:does not|doesn't|do not) exist\b|\bno such \w|\bcould ?n[o']t find\b|\bunknown (?:table|dataset|project|resource|object|model|id)\b"),
    ),
    (
        ErrorClass.FAULT,
        lazy(r"(?i)\binternal(?: server|\w{0,10})[ _]?error|\b(?:temporarily|currently) unavailable|\bservice unavailable|\bbackend error|\bbad gateway|\bgateway time-?out|\bupstream request|\boverloaded\b|\btry again later\b"),
    ),
    (
        ErrorClass.INVALID,
        lazy(r"(?i)\bbad request\b|\bvalidation (?:failed|error)|\binvalid\b|\bmalformed\b|\bunprocessable\b|\bmust be\b|\bdo(?:es)? not match\b|\bunknown parameter\b|\b(?:is|are) required\b|\bmissing required\b"),
    ),
)  # fmt: skip
_WINDOW = 1_000


def plain_answer(raised: Raised | None) -> ErrorClass | None:
    """None where the user's code, Airflow or Python raised it, where the class tells no client, and where others know more."""
    if raised is None or not is_of_sdk(raised):
        return None
    text = raised.message[:_WINDOW]
    if not _OF_A_CLIENT.search(raised.name) or "An error occurred (" in text or from_driver(raised):
        return None
    found = next((each for each, words in _WORDS if words.search(text)), None)
    known = found and (read_network(text) or read_login(f"{raised.type}: {text}", raised))
    return None if known else found
