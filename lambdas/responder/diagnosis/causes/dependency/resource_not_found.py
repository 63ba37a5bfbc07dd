"""What the task asks for does not exist.

Seen as: NoSuchBucket, NoSuchKey, EntityNotFoundException, ResourceNotFoundException, HTTP 404, "database … does not exist", DagNotFound.
Comes from: a typo or template that filled in another name, another region or account, something that was removed or not made yet.
"""

from __future__ import annotations

from responder.diagnosis.advice import FROM_TEXT
from responder.diagnosis.frames import from_library
from responder.diagnosis.provider_match import by_complaint
from responder.diagnosis.quoting import ending, whole
from responder.diagnosis.recognise import first_of, resting_on
from responder.diagnosis.rule import Match, Rule
from responder.diagnosis.service_answer import ServiceFacts, by_answer, by_database, named
from responder.evidence.aws_error_class import ErrorClass
from responder.evidence.database_error import DatabaseError
from responder.evidence.lazy_pattern import lazy
from responder.evidence.network_error import read_network
from responder.evidence.provider_complaint import QUOTES_COMMAND, Complaint
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Remedy, Said, Strength

_WORDS = lazy(
    r"(?i)\b(?:bucket|key|object|file|blob|topic|queue|table|dataset|cluster|job|dag|workflow|index|collection|container|model|function|stack|prefix|folder|directory|path)\b"
    r"[^\n]{0,300}?\b(?:does not exist|doesn't exist|not found|could not be found|no longer exists)|DagNotFound|No such file|NoSuch\w{3,40}|ResourceNotFound|550 .{0,80}(?:No such|not found|unavailable)"
)
# Codes that only a service answers with, whichever library reads them
_CODES = lazy(
    r"(?i)Unknown[ _]?topic[ _]?or[ _]?part|['\"]error['\"]: ['\"]\w{1,40}_not_found['\"]|\bErrorCode: ?\w{3,40}NotFound\b|\bNoFilesFound\b"
)
# What the command line clients print: kubectl, gsutil, gcloud, bq, az, git, docker, helm, curl's relatives
_PRINTED = lazy(
    r"Error from server \(NotFound\)|\b\w{0,20}NotFoundException: 404\b|CommandException: (?:No URLs matched|One or more URLs matched no objects)|\bNOT_FOUND: |\bNot found: (?:Table|Dataset|Job|Project|Model|Routine) "
    r"|\((?:\w{0,30}NotFound|404)\)|\bErrorCode: ?\w{3,40}NotFound\b|remote: Repository not found|fatal: repository '[^'\n]{1,300}' not found|fatal: Remote branch [^\n]{1,200} not found"
    r"|manifest unknown|manifest for [^\n]{1,300} not found|Error: release: not found|repository does not exist or may require 'docker login'"
)
# A file on another machine; the worker's own files are the code's business
_REMOTE_FILES = (
    "/paramiko/", "/s3fs/", "/gcsfs/", "/adlfs/", "/fsspec/", "/ftplib.py", "/pysftp/", "/asyncssh/", "/hdfs/",
    "airflow/providers/", "airflow/operators/", "airflow/sensors/", "airflow/api/",
)  # fmt: skip


def _by_words(evidence: Evidence) -> Match[ServiceFacts] | None:
    for said in evidence.decisive:
        found = _CODES.search(said.text) or (_WORDS.search(said.text) if _is_remote(said) else None)
        if found and said.raised and from_library(said.raised) and not read_network(said.text):
            return resting_on(evidence, said, ServiceFacts(), Strength.EXCEPTION, found.span())
        if said.raised is None and said.record and said.record.output and (found := _PRINTED.search(said.text)):
            return resting_on(evidence, said, ServiceFacts(), Strength.STRUCTURED, found.span())
    return None


def _is_remote(said: Said) -> bool:
    """The worker's own system names the path in quotes, a server does not: '[Errno 2] No such file or directory: '/tmp/x''."""
    if said.raised is None or not from_library(said.raised) or "[Errno 2] No such file or directory: '" in said.text:
        return False
    if QUOTES_COMMAND in said.text:
        return False
    return any(part in frame.file for frame in said.raised.frames[-2:] for part in _REMOTE_FILES)


_REGION = "Check the region and the account that the call went to: region_name and role_arn of the AWS connection; without them it is the environment's own."


def remedy(match: Match[ServiceFacts], _answers: Answers) -> Remedy:
    """Name, region, account, order."""
    return Remedy(
        summary=f"{named(match.facts)} cannot find what was asked for: {ending(whole(match.because, match.raised))}",
        explanation="The service was reached and the call was understood; what it names is not there.",
        steps=(
            "Compare the name in the message or in the task's rendered template (Airflow UI > the task > Rendered Templates) with what is there, letter by letter.",
            *((_REGION,) if match.facts.aws_service or match.facts.aws_operation else ()),
            "If it should exist: see what creates it, and whether that ran before. Add the dependency, or a sensor that waits for it.",
        ),
        proof=FROM_TEXT,
    )


RULE = Rule(
    category=Category.DEPENDENCY,
    cause="resource-not-found",
    may_heal=False,
    recognise=first_of(
        by_answer(ErrorClass.NOT_FOUND),
        by_database(DatabaseError.NO_DATABASE),
        _by_words,
        by_complaint(Complaint.ABSENT, ServiceFacts),
    ),
    remedy=remedy,
    yields_to=(
        "query-failed",
        "connection-missing",
        "variable-missing",
        "secrets-backend",
        "connection-invalid",
        "remote-job-failed",
        "kms-denied",
        "system-library",
        "airflow-config",
    ),
)
