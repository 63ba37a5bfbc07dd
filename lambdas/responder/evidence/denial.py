"""Reads refusals out of any text: AWS's common sentence, the texts of single services, the envelopes of the SDKs around them.

A log is written by strangers, so nothing is searched in it but fixed words; patterns run at the places found, in bounded
stretches. Whether an action exists and whose right is missing is decided in `permissions/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from responder.evidence import denial_sentence
from responder.evidence.denial_envelope import Envelope, envelopes
from responder.evidence.denial_forms import WORDINGS
from responder.evidence.denial_sentence import MARKERS, Sentence
from responder.evidence.denial_worded import LINE, MESSAGE, MOST, free, worded
from responder.evidence.error_codes import kind_of, of_key, of_policy
from responder.evidence.flat_text import flat, lowered, places
from responder.evidence.lazy_pattern import lazy
from responder.evidence.refusal import Denial, Form, Kind, Layer

__all__ = ["Denial", "Form", "Kind", "Layer", "read_denials"]

OPENING = 1_500  # characters of a message before its sentence begins
REMEMBERED = 48  # texts: seven causes look at the same ones

# Snowflake assumes the role of a stage with a user of its own, whose rights are not in question:
# https://docs.snowflake.com/en/user-guide/data-load-s3-config-storage-integration
_SNOWFLAKE = "Error assuming AWS_ROLE"
_CLAUSES = frozenset({Form.PUBLIC_ACCESS, Form.BUCKET_SETTING})
_HEAD = frozenset({"HeadObject", "HeadBucket"})


@lru_cache(maxsize=REMEMBERED)
def read_denials(text: str) -> tuple[Denial, ...]:
    """Every refusal, in the order of the text, each once."""
    one_line = flat(text)
    low = lowered(one_line)
    found: dict[Denial, Denial] = {}
    for denial in _read(one_line, low):
        found.setdefault(replace(denial, line=""), denial)
        if len(found) >= MOST:
            break
    return tuple(replace(denial, line=_verbatim(text, denial.line)) for denial in found.values())


def _read(text: str, low: str) -> Iterator[Denial]:
    """Messages inside envelopes, then what stands free of any; by place."""
    around = envelopes(text, low, MOST)
    sentences = list(_sentences(text, low, around))
    told = [(place, _of_sentence(text, sentence, envelope)) for place, sentence, envelope in sentences]
    spoken = [sentence.start for _, sentence, _ in sentences]
    for envelope in around:
        silent = not any(envelope.message <= start < envelope.end for start in spoken)
        if silent and (denial := _of_envelope(text, low, envelope)):
            told.append((envelope.start, denial))
    if not told:
        told = [(place, denial) for place, denial in free(text, low)]
    yield from (denial for _, denial in sorted(told, key=lambda each: each[0]))


def _sentences(text: str, low: str, around: tuple[Envelope, ...]) -> Iterator[tuple[int, Sentence, Envelope | None]]:
    starts = sorted((at, marker) for marker in MARKERS for at in places(low, marker, MOST))
    edges = [at for at, _ in starts] + [envelope.start for envelope in around if envelope.leads]
    for at, marker in starts:
        stop = min((edge for edge in edges if edge > at), default=len(text))
        sentence = denial_sentence.read(text, low, at, marker, stop)
        envelope = _around(around, sentence) if sentence else None
        if sentence and (sentence.action or (envelope and envelope.code)):
            yield at, sentence, envelope


def _around(around: tuple[Envelope, ...], sentence: Sentence) -> Envelope | None:
    """The envelope that the sentence is the message of: the last one that opens before it, or one that closes after it."""
    holding = [each for each in around if each.message <= sentence.start < min(each.end, each.message + OPENING)]
    return holding[-1] if holding else None


def _of_sentence(text: str, sentence: Sentence, envelope: Envelope | None) -> Denial:
    key = (sentence.action or "").lower().startswith("kms:")
    start = envelope.start if envelope and envelope.leads else max(0, sentence.start - 200)
    denial = Denial(
        line=text[start : start + LINE],
        form=Form.KMS_HIDDEN if key and sentence.hidden else Form.SENTENCE,
        code=envelope.code if envelope else None,
        operation=envelope.operation if envelope else _operation_before(text, sentence.start),
        waiter=envelope.waiter if envelope else None,
        service=envelope.service if envelope else None,
        principal=sentence.principal,
        action=sentence.action,
        resource=sentence.resource,
        layer=sentence.refused.layer,
        explicit=sentence.refused.explicit,
        policy=sentence.refused.policy,
        table=_table_behind(text, sentence.end) if ":catalog" in (sentence.resource or "") else None,
        authorization_id=sentence.authorization_id,
        encoded=sentence.encoded,
    )
    return denial if denial.layer is not Layer.UNKNOWN else _by_clause(text, sentence, denial)


# Glue refuses the catalog, and its crawlers say which table it was about
_TABLE = lazy(r"\(Database name: (?P<database>[\w.-]{1,255})(?:, Table name: (?P<table>[\w.-]{1,255}))?\)")


def _table_behind(text: str, end: int) -> str | None:
    match = _TABLE.search(text, end, end + OPENING)
    return "/".join(filter(None, match.groups())) if match else None


_CALLING = lazy(r"when calling the (?P<operation>\w{1,100}) operation")


def _operation_before(text: str, at: int) -> str | None:
    """Where somebody left botocore's first words out."""
    match = _CALLING.search(text, max(0, at - OPENING), at)
    return match["operation"] if match else None


def _by_clause(text: str, sentence: Sentence, denial: Denial) -> Denial:
    """A clause of S3's own, or none where only one kind of policy decides."""
    for wording in WORDINGS:
        if wording.form in _CLAUSES and (match := wording.pattern.search(text, sentence.end, sentence.end + MESSAGE)):
            told = {"form": wording.form, "layer": wording.layer, "explicit": wording.explicit}
            return replace(denial, condition=match.groupdict().get("condition") or "", **told)  # type: ignore[arg-type]  # fields of Denial
    # https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html: called without credentials of AWS
    if (denial.action or "").lower().startswith("sts:assumerolewith"):
        return replace(denial, layer=Layer.TRUST)
    if _SNOWFLAKE in text[max(0, sentence.start - OPENING) : sentence.start]:
        return replace(denial, layer=Layer.TRUST)
    # an unsigned request has no identity: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html
    return replace(denial, layer=Layer.RESOURCE) if denial.principal == "anonymous" else denial


def _of_envelope(text: str, low: str, envelope: Envelope) -> Denial | None:
    """A service's own words first, then the error code alone."""
    bare = Denial(
        line=text[envelope.start : envelope.start + LINE],
        form=Form.PLAIN,
        code=envelope.code,
        operation=envelope.operation,
        waiter=envelope.waiter,
        service=envelope.service,
        resource=envelope.resource,
    )
    for wording in WORDINGS:
        place = low.find(wording.marker, envelope.message, envelope.end)
        if place >= 0 and (denial := worded(text, envelope.message, envelope.end, wording, bare)):
            return denial
    kind = kind_of(envelope.code) if envelope.code else None
    if kind is Kind.PERMISSION:
        return _by_code(bare, envelope)
    if kind:
        return replace(bare, kind=kind, form=Form.CREDENTIALS if kind is Kind.CREDENTIALS else Form.ACCOUNT)
    return None


def _by_code(bare: Denial, envelope: Envelope) -> Denial:
    """Where nothing is said but that it was refused, and by whom."""
    service = (envelope.service or "").lower()
    if of_key(envelope.code) or (service.removeprefix("aws") == "kms" and not envelope.operation):
        return replace(bare, form=Form.KMS_SERVICE, action="kms:Decrypt")
    if of_policy(envelope.code or ""):
        return replace(bare, layer=Layer.RESOURCE)
    if service.removeprefix("aws") == "lakeformation":
        return replace(bare, form=Form.LAKE_FORMATION, layer=Layer.LAKE_FORMATION)
    return replace(bare, form=Form.HEAD if envelope.operation in _HEAD or envelope.code == "403" else Form.PLAIN)


def _verbatim(text: str, sentence: str) -> str:
    """The line of the text that the refusal begins in; where it was wrapped or escaped, the sentence as one line."""
    start = text.find(sentence[:60]) if sentence else -1
    if start < 0:
        return sentence[:LINE]
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    line = text[begin : stop if stop >= 0 else len(text)].strip()
    return line[:LINE] if len(line) >= min(len(sentence), 120) else sentence[:LINE]
