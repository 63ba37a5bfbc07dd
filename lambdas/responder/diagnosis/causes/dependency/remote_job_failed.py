"""A job that the task started in another service failed there.

Seen as: "Run State: FAILED", "EMR Steps failed", "AWS Batch job … failed", "Pod … returned a failure", "failed with terminal state", a waiter's terminal failure.
Comes from: the job's own code, data or resources; the task only waits for it and passes the news on.
"""

from __future__ import annotations

from typing import NamedTuple

from responder.diagnosis.frames import from_library
from responder.diagnosis.job_advice import job_remedy, service_of
from responder.diagnosis.provider_match import by_complaint
from responder.diagnosis.quoting import whole
from responder.diagnosis.recognise import records_before, resting_on
from responder.diagnosis.refusals import REFUSALS
from responder.diagnosis.rule import Match, Rule
from responder.diagnosis.service_answer import service_answer
from responder.evidence.lazy_pattern import lazy
from responder.evidence.login_refusal import read_login
from responder.evidence.provider_complaint import Complaint
from responder.evidence.remote_job import AWS_SERVICES, STATEMENT_SERVICES, RemoteJob, id_in, read_job
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Remedy, Said, Strength


class Run(NamedTuple):
    """Which run; `aws_service` only where the service is one of AWS."""

    aws_service: str | None
    remote_id: str | None
    exit_code: int | None


# The operator cleans up after a pod that it could not even ask for: https://github.com/apache/airflow/tree/main/providers/cncf/kubernetes
_NO_POD = lazy(r"returned a failure(?:\.\nremote_pod)?: None")
_by_operator = by_complaint(Complaint.FAILED, lambda: Run(None, None, None))


def recognise(evidence: Evidence) -> Match[Run] | None:
    """The operator's own sentence; the user's words count for less. A waiter's sentence names no service, so others go first."""
    heard = (said for said in evidence.decisive if not _never_ran(evidence, said))
    told = [(said, job) for said in heard if (job := read_job(said.text))]
    said, job = next((each for each in told if each[1].service), told[0] if told else (None, None))
    if said is None or job is None or not job.service:
        if service_answer(evidence):
            return None  # our own call was refused: that is the cause
        if said is None or job is None:
            return _by_operator(evidence)
    if job.service in STATEMENT_SERVICES and read_login(said.text, said.raised):
        return None  # no code of its own ran: the database refuses the task's statement
    strength = Strength.STRUCTURED if from_library(said.raised) else Strength.MESSAGE
    return resting_on(evidence, said, _run(evidence, job), strength, (job.start, job.end))


def _never_ran(evidence: Evidence, said: Said) -> bool:
    """What was raised before is the reason."""
    caused = evidence.chain is not None and said.raised is not None and said.raised is not evidence.chain.root
    return caused and bool(_NO_POD.search(said.text))


def _run(evidence: Evidence, job: RemoteJob) -> Run:
    texts = [*(said.text for said in evidence.decisive), *(record.text for record in records_before(evidence))]
    remote_id = job.remote_id or id_in(texts, job.service)
    return Run(job.service if job.service in AWS_SERVICES else None, remote_id, job.exit_code)


def remedy(match: Match[Run], _answers: Answers) -> Remedy:
    """One level down."""
    job = read_job(match.because[0])
    service = service_of(job.service if job else None, match.raised)
    said = whole(match.because, match.raised)
    return job_remedy(service, match.facts.remote_id, match.facts.exit_code, said)


RULE = Rule(
    category=Category.DEPENDENCY,
    cause="remote-job-failed",
    may_heal=True,
    recognise=recognise,
    remedy=remedy,
    yields_to=(
        "worker-lost",
        "out-of-memory",
        "query-failed",
        "system-library",
        "task-timeout",
        "upstream-failed",
        "sensor-timeout",
        "quota",
        *REFUSALS,
    ),
)
