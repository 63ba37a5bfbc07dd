"""The sentence that most services of AWS refuse with, and who it says refused.

    User: <principal> is not authorized to perform: <action> on resource: <resource> because no <layer> allows the <action> action

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html. Everything is matched at a place that a substring search
found, in a bounded stretch: a log may be hostile.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from responder.evidence.lazy_pattern import lazy
from responder.evidence.refusal import Layer

_GATEWAY = "not authorized to access this resource"
MARKERS = ("not authorized to perform", "not authorised to perform", "unauthorized to perform", _GATEWAY)
# API Gateway names no action; there is one only: https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html
_GATEWAY_ACTION = "execute-api:Invoke"
TAIL = 3_000  # characters after the marker; a sentence with two ARNs of full length fits
PRINCIPAL = 700  # characters before the marker that may hold the principal

_ACTION = lazy(
    r"(?i)(?: the)?(?: following)?(?: actions?)?:? ?[\"'`(]?(?P<action>[A-Za-z][A-Za-z0-9-]{1,40}:[A-Za-z0-9*]{1,100})[\"'`)]?"
)
_RESOURCE = lazy(
    r"(?i) (?:on|with) (?:the |this )?(?:specified |following )?(?:aws )?resources?(?::? ?(?:"
    r'"(?P<quoted>[^"]{1,2048})"|(?:role|user|group|policy|instance profile|access key) (?P<named>[^\s;,]{1,600})'
    r"|(?P<bare>(?:arn:|\*|https?://)[^\s\"]{0,2048}|(?!(?:because|with|associated|and|in)\b)[^\s\"()]{1,600})))?"
)
_BARE_ON = lazy(r"(?i) on:? \"?(?P<bare>arn:[^\s\"]{5,2048})")
_POLICY = lazy(r": ?(?P<arn>arn:[\w-]{1,20}:(?:iam|organizations|ec2|s3|kms|sqs|sns)[^\s,;()\"]{5,600})")
_AUTHORIZATION = lazy(r"authorization id: ?(?P<id>[0-9A-Za-z]{8,256})")
_BLOB = lazy(r"(?i)Encoded authorization failure message: ?(?P<blob>[A-Za-z0-9_-]{16,10240})")

_LAYERS = (
    ("identity-based", Layer.IDENTITY),
    ("identity based", Layer.IDENTITY),
    ("resource-based", Layer.RESOURCE),
    ("resource based", Layer.RESOURCE),
    ("service control", Layer.SCP),
    ("resource control", Layer.RCP),
    ("permissions boundar", Layer.BOUNDARY),
    ("permission boundar", Layer.BOUNDARY),
    ("session polic", Layer.SESSION),
    ("sessions polic", Layer.SESSION),
    ("vpc endpoint polic", Layer.VPC_ENDPOINT),
    ("role trust polic", Layer.TRUST),
    ("trust polic", Layer.TRUST),
)
_NOBODY = frozenset({"user", "you", "role", "not", "principal", "caller", "account", "identity"})
_NO_ACTION = lazy(r"(?:: ?null)?(?:[.;,)\"'`]| because |$)")  # some services leave it out, or print "null"
_TAG = lazy(r"</?[\w:]{1,60}/?>")  # of the XML that some services answer in
_AROUND = "\"'`()[]{}<>,;"
_HIDDEN = ("associated with this ciphertext", "on this resource")
_WRAPPED_AT = ("/", ":", "-", "_")
# "…:job/Copy orders to raw because no …": names may hold spaces, and only S3 quotes them
_WORDS = lazy(r"(?P<words>(?: (?!because\b|with an\b)[\w+=,@/:-]{1,60}){1,12}) (?:because no|with an explicit)\b")
_REST = lazy(r" (?!(?:because|with|and|in|on|as|by|or|status|Go|for|when)\b)(?P<rest>[\w+=,.@:/*-]{1,300})(?= |$)")
_CLAUSE = 90  # characters from "because no" or "explicit deny" to the end of the layer's name
_VIA = "transitively through"


class Refused(NamedTuple):
    """What the clause after the resource says."""

    layer: Layer = Layer.UNKNOWN
    explicit: bool | None = None
    policy: str | None = None


class Sentence(NamedTuple):
    """The parts as printed."""

    start: int
    end: int
    principal: str | None
    action: str | None
    resource: str | None
    hidden: bool  # "on the resource associated with this ciphertext"
    refused: Refused
    authorization_id: str | None
    encoded: str | None


def read(text: str, low: str, at: int, marker: str, stop: int) -> Sentence | None:
    """The sentence whose marker stands at `at`; `stop` is where the next message begins. None where it says nothing."""
    after = at + len(marker)
    stop = min(stop, after + TAIL)
    printed, principal = _ACTION.match(text, after, stop), _principal(text, at)
    if marker == _GATEWAY and not (principal or "").startswith("arn:"):
        return None
    if not printed and marker != _GATEWAY and not _NO_ACTION.match(text, after, stop):
        return None
    action = printed["action"] if printed else _GATEWAY_ACTION if marker == _GATEWAY else None
    end = printed.end() if printed else after
    resource, end = _resource_at(text, end, stop) if printed else (None, end)
    authorization = _AUTHORIZATION.search(text, end, stop)
    blob = _BLOB.search(text, end, max(stop, end + 11_000)) if "encoded authorization" in low[end:stop] else None
    return Sentence(
        start=at,
        end=end,
        principal=principal,
        action=action,
        resource=resource,
        hidden=any(words in low[after : end + 60] for words in _HIDDEN),
        refused=_refused(text[end:stop], low[end:stop], action or ""),
        authorization_id=authorization["id"] if authorization else None,
        encoded=blob["blob"] if blob else None,
    )


def _principal(text: str, at: int) -> str | None:
    """The word before "is not authorized"; a session's name may have been wrapped off its role's."""
    words = text[max(0, at - PRINCIPAL) : at].split()
    if words and words[-1].lower() in {"is", "are"}:
        words.pop()
    if words and _TAG.fullmatch(words[-1]):
        return None
    word = words[-1].strip(_AROUND) if words else ""
    before = words[-2].strip(_AROUND) if len(words) > 1 else ""
    if before.startswith("arn:") and before.endswith(_WRAPPED_AT):
        return before + word
    return None if not word or word.endswith(":") or word.lower() in _NOBODY else word


def _resource_at(text: str, end: int, stop: int) -> tuple[str | None, int]:
    """The resource, and where it ends; an ARN that a terminal or a document wrapped is put together again."""
    match = _RESOURCE.match(text, end, stop) or _BARE_ON.match(text, end, stop)
    if match is None:
        return None, end
    resource, end = _resource(match), match.end()
    if not resource or not resource.startswith("arn:"):
        return resource, end
    if text[end - 1] in _WRAPPED_AT and (rest := _REST.match(text, end, stop)):
        return resource + rest["rest"].rstrip(".,;"), rest.end()
    if not match.groupdict().get("quoted") and (words := _WORDS.match(text, end, stop)):
        return resource + words["words"], words.end("words")
    return resource, end


def _resource(match: re.Match[str] | None) -> str | None:
    if not match:
        return None
    groups = match.groupdict()
    if groups.get("quoted"):
        return groups["quoted"]
    word = groups.get("named") or groups.get("bare")
    return word.partition("</")[0].strip("'`").rstrip(".,;)'`") or None if word else None


def _refused(tail: str, low: str, action: str) -> Refused:
    key = action.lower().startswith("kms:")
    if "or a resource-based policy explicitly denies access" in low:
        return Refused(Layer.KMS_KEY if key else Layer.RESOURCE)
    explicit = re.search(r"explicit(?:ly)? den(?:y|ied)", low)
    missing = low.find("because no ")
    if explicit and (missing < 0 or explicit.start() < missing):
        return _explicit(tail, low, explicit.end(), key=key)
    if missing < 0:
        return Refused()
    layer, _ = _layer(low, missing, key=key)
    return Refused(layer, explicit=False)


def _explicit(tail: str, low: str, at: int, *, key: bool) -> Refused:
    layer, end = _layer(low, at, key=key)
    via = low.find(_VIA, end, end + _CLAUSE)
    if via >= 0:
        layer, end = _layer(low, via, key=key)
    policy = _POLICY.search(tail, end, end + 700) if layer is not Layer.UNKNOWN else None
    arn = policy["arn"].rstrip(".") if policy and policy.start() - end < _CLAUSE else None
    return Refused(layer, explicit=True, policy=arn)


def _layer(low: str, at: int, *, key: bool) -> tuple[Layer, int]:
    """The layer named first in the clause, and where its name ends."""
    clause = low[at : at + _CLAUSE]
    found = [(clause.find(word), word, layer) for word, layer in _LAYERS if word in clause]
    if not found:
        return Layer.UNKNOWN, at
    place, word, layer = min(found, key=lambda each: each[0])
    if layer is Layer.RESOURCE and key:
        layer = Layer.KMS_KEY
    return layer, at + place + len(word)
