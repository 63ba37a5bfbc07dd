"""Words for what does not exist elsewhere, where no code or status says so."""

from __future__ import annotations

from responder.diagnosis.frames import from_library
from responder.diagnosis.recognise import resting_on
from responder.diagnosis.rule import Match
from responder.diagnosis.service_answer import ServiceFacts
from responder.evidence.lazy_pattern import lazy
from responder.evidence.network_error import read_network
from responder.evidence.provider_complaint import QUOTES_COMMAND
from responder.model import Evidence, Said, Strength

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


def by_absence(evidence: Evidence) -> Match[ServiceFacts] | None:
    """What a library raises of things on another machine, and what a command line client prints."""
    for said in evidence.decisive:
        if from_library(said.raised):
            found = _CODES.search(said.text) or (_WORDS.search(said.text) if _is_remote(said) else None)
            if found and not read_network(said.text):
                return resting_on(evidence, said, ServiceFacts(), Strength.EXCEPTION, found.span())
        elif said.raised is None and said.record and said.record.output and (found := _PRINTED.search(said.text)):
            return resting_on(evidence, said, ServiceFacts(), Strength.STRUCTURED, found.span())
    return None


def _is_remote(said: Said) -> bool:
    """The worker's own system names the path in quotes, a server does not: '[Errno 2] No such file or directory: '/tmp/x''."""
    if said.raised is None or "[Errno 2] No such file or directory: '" in said.text or QUOTES_COMMAND in said.text:
        return False
    return any(part in frame.file for frame in said.raised.frames[-2:] for part in _REMOTE_FILES)
