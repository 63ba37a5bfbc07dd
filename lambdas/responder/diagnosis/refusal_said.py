"""The refusal that a failure rests on: where the log says it, and what other lines tell about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from responder.diagnosis.recognise import records_before
from responder.evidence.denial import read_denials
from responder.evidence.denial_forms import BUCKET
from responder.evidence.lazy_pattern import lazy
from responder.evidence.refusal import Denial, Form
from responder.evidence.remote_job import read_job
from responder.evidence.said import exception_text
from responder.model import Evidence, Record, Said

# Airflow's own words for a connection or variable that no backend has
_NOT_THERE = lazy(
    r"conn_id \S{1,260} isn't defined|Variable \S{1,260} does not exist|(?:VARIABLE|CONNECTION)_NOT_FOUND|Connection \S{1,260} (?:is )?not (?:found|defined)"
)
# ECS could not even fetch image or secret: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
_NEVER_STARTED = lazy(r"ResourceInitializationError|CannotPullContainerError|EcsTaskFailToStart")
# Athena and Lake Formation work with the caller's rights, a statement runs no code of a job's; a role that cannot be used stops the call itself
_OURS = frozenset({Form.ATHENA, Form.LAKE_FORMATION, Form.BY_DATABASE, Form.ROLE_UNUSABLE, Form.CREDENTIALS})
_OF_ATHENA = frozenset({"AmazonDataCatalog"})  # what Athena's own calls to Glue are signed as
_GOOGLE = lazy(r"gserviceaccount\.com|Google Cloud|googleapis\.com")
_BACKEND = "secrets backend"
_OPERATOR = lazy(r"<Task\((?P<name>\w{1,100})\)")
_BUCKET = lazy(rf"(?:[Bb]ucket[: ]{{1,2}}[\"']?|s3a?n?://)(?P<bucket>{BUCKET})(?:/(?P<key>[^\s\"',;)]{{1,1024}}))?")
_HINTS = 400  # records looked through for a bucket's name


class Told(NamedTuple):
    """One refusal, where it was said, and what the log tells around it."""

    denial: Denial
    said: Said
    service: str | None
    operator: str | None
    asked: Denial  # with the resource that other lines name


def told(evidence: Evidence) -> Told | None:
    """The refusal that the failure rests on: its own words first, then what the secrets backend was refused before."""
    for said in (*evidence.decisive, *_behind_the_backend(evidence)):
        for denial in read_denials(said.text):
            if not _of_the_job(said, denial) and not _of_google(said, denial):
                return _told(evidence, said, denial)
    return None


def _of_the_job(said: Said, denial: Denial) -> bool:
    """A job that started and then failed is another cause, whatever its own code was refused."""
    if (
        denial.operation
        or denial.waiter
        or denial.form in _OURS
        or denial.service in _OF_ATHENA
        or _NEVER_STARTED.search(said.text)
    ):
        return False
    job = read_job(said.text)
    return job is not None and job.service not in {None, "athena"}


def _of_google(said: Said, denial: Denial) -> bool:
    """gsutil names its refusals as AWS does: `AccessDeniedException: 403 … does not have storage.objects.list access`."""
    return denial.operation is None and denial.action is None and bool(_GOOGLE.search(said.text))


def _behind_the_backend(evidence: Evidence) -> Iterator[Said]:
    """`The conn_id x isn't defined` after the backend was refused: the refusal is the reason."""
    if not any(_NOT_THERE.search(said.text) for said in evidence.decisive):
        return
    for record in records_before(evidence):
        if _BACKEND in record.text:
            yield from _texts(record)


def _texts(record: Record) -> Iterator[Said]:
    for raised in record.chain.links if record.chain else ():
        yield Said(exception_text(raised), None, record)
    yield Said(record.text, None, record)


def _told(evidence: Evidence, said: Said, denial: Denial) -> Told:
    from responder.permissions.actions import needed

    errors = [each for each in evidence.aws_errors if each.code == denial.code and each.operation == denial.operation]
    service = next((each.service for each in errors if each.service), None)
    of_s3 = not denial.resource and (needed(denial, service) or "").startswith("s3:")
    asked = _with_bucket(evidence, denial) if of_s3 else denial
    return Told(denial, said, service, _operator(evidence), asked)


def _operator(evidence: Evidence) -> str | None:
    for record in evidence.records[:_HINTS]:
        if "<Task(" in record.text and (match := _OPERATOR.search(record.text[:2_000])):
            return match["name"]
    return None


def _with_bucket(evidence: Evidence, denial: Denial) -> Denial:
    """The one bucket that the log speaks of; several would be a guess."""
    found = {}
    for record in evidence.records[-_HINTS:]:
        for match in _BUCKET.finditer(record.text[:2_000]):
            found[match["bucket"]] = f"{match['bucket']}/{match['key']}" if match["key"] else match["bucket"]
    return replace(denial, resource=f"arn:aws:s3:::{next(iter(found.values()))}") if len(found) == 1 else denial
