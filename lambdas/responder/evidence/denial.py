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
from responder.evidence.denial_forms import WORDINGS, Wording
from responder.evidence.denial_sentence import MARKERS, Sentence
from responder.evidence.error_codes import kind_of, of_key
from responder.evidence.flat_text import flat, lowered, places
from responder.evidence.lazy_pattern import lazy
from responder.evidence.refusal import Denial, Form, Kind, Layer

__all__ = ["Denial", "Form", "Kind", "Layer", "read_denials"]

MOST = 25  # refusals of one text; what matters repeats itself
MESSAGE = 4_000  # characters of one message, an encoded blob aside
OPENING = 1_500  # characters of a message before its sentence begins
LINE = 1_000  # characters of the verbatim line that is shown
REMEMBERED = 48  # texts: seven causes look at the same ones

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
        told = [(place, denial) for place, denial in _free(text, low)]
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
        operation=envelope.operation if envelope else None,
        waiter=envelope.waiter if envelope else None,
        service=envelope.service if envelope else None,
        principal=sentence.principal,
        action=sentence.action,
        resource=sentence.resource,
        layer=sentence.refused.layer,
        explicit=sentence.refused.explicit,
        policy=sentence.refused.policy,
        authorization_id=sentence.authorization_id,
        encoded=sentence.encoded,
    )
    return denial if denial.layer is not Layer.UNKNOWN else _by_clause(text, sentence, denial)


def _by_clause(text: str, sentence: Sentence, denial: Denial) -> Denial:
    """A clause of S3's own, or none where only one kind of policy decides."""
    for wording in WORDINGS:
        if wording.form in _CLAUSES and (match := wording.pattern.search(text, sentence.end, sentence.end + MESSAGE)):
            told = {"form": wording.form, "layer": wording.layer, "explicit": wording.explicit}
            return replace(denial, condition=match.groupdict().get("condition") or "", **told)  # type: ignore[arg-type]  # fields of Denial
    # https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html: called without credentials of AWS
    anonymous = (denial.action or "").lower().startswith("sts:assumerolewith")
    return replace(denial, layer=Layer.TRUST) if anonymous else denial


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
        if place >= 0 and (denial := _worded(text, envelope.message, envelope.end, wording, bare)):
            return denial
    kind = kind_of(envelope.code) if envelope.code else None
    if kind is Kind.PERMISSION:
        return replace(bare, form=_form_of_code(envelope), action="kms:Decrypt" if of_key(envelope.code) else None)
    if kind:
        return replace(bare, kind=kind, form=Form.CREDENTIALS if kind is Kind.CREDENTIALS else Form.ACCOUNT)
    return None


def _form_of_code(envelope: Envelope) -> Form:
    if of_key(envelope.code):
        return Form.KMS_SERVICE
    return Form.HEAD if envelope.operation in _HEAD or envelope.code == "403" else Form.PLAIN


def _free(text: str, low: str) -> Iterator[tuple[int, Denial]]:
    for wording in WORDINGS:
        if not wording.free:
            continue
        for place in places(low, wording.marker, MOST):
            start, end = max(0, place - 600), place + MESSAGE
            bare = Denial(line=text[max(0, place - 100) : place + LINE], form=wording.form)
            if denial := _worded(text, start, end, wording, bare):
                yield place, denial
                break


def _worded(text: str, start: int, end: int, wording: Wording, bare: Denial) -> Denial | None:
    match = wording.pattern.search(text, start, end + 11_000 if wording.form is Form.ENCODED else end)
    if not match:
        return None
    said = {name: value for name, value in match.groupdict().items() if value}
    denial = replace(
        bare,
        form=wording.form,
        kind=wording.kind,
        layer=wording.layer,
        explicit=wording.explicit,
        action=said.get("action") or wording.action,
        principal=said.get("principal"),
        operation=said.get("operation") or (None if wording.form is Form.ROLE_LACKS else bare.operation),
        service=said.get("service") or bare.service or wording.service,
        encoded=said.get("encoded"),
        condition=(said.get("condition") or said.get("rights") or "").strip(),
    )
    return replace(denial, resource=_resource(said) or bare.resource)


def _resource(said: dict[str, str]) -> str | None:
    if bucket := said.get("bucket"):
        return f"arn:aws:s3:::{bucket}/{said['key']}" if said.get("key") else f"arn:aws:s3:::{bucket}"
    if queue := said.get("queue"):
        return _queue_arn(queue)
    return said["resource"].rstrip(".,") if said.get("resource") else None


_QUEUE = lazy(
    r"(?:sqs\.(?P<new>[a-z0-9-]+)|(?P<old>[a-z0-9-]+)\.queue)\.amazonaws\.com(?:\.cn)?/(?P<account>\d{12})/(?P<name>[\w.-]+)"
)


def _queue_arn(address: str) -> str | None:
    """https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html."""
    match = _QUEUE.search(address)
    if not match:
        return None
    region = match["new"] or match["old"]
    partition = "aws-cn" if region.startswith("cn-") else "aws-us-gov" if region.startswith("us-gov-") else "aws"
    return f"arn:{partition}:sqs:{region}:{match['account']}:{match['name']}"


def _verbatim(text: str, sentence: str) -> str:
    """The line of the text that the refusal begins in; where it was wrapped or escaped, the sentence as one line."""
    start = text.find(sentence[:60]) if sentence else -1
    if start < 0:
        return sentence[:LINE]
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    line = text[begin : stop if stop >= 0 else len(text)].strip()
    return line[:LINE] if len(line) >= min(len(sentence), 120) else sentence[:LINE]
