"""A number is used up: runs at once, resources of an account, connections of a database, a daily allowance.

Seen as: LimitExceeded, ResourceLimitExceeded, ConcurrentRunsExceededException, ServiceQuotaExceeded, "too many connections", "exceeded quota".
Comes from: a default limit that the workload has outgrown, runs that overlap, resources that nobody removes.
"""

from __future__ import annotations

from responder.diagnosis.advice import FROM_TEXT
from responder.diagnosis.quoting import ending, whole
from responder.diagnosis.recognise import Recogniser, first_of
from responder.diagnosis.rule import Match, Rule
from responder.diagnosis.service_answer import QUOTA_WORDS, ServiceFacts, by_answer, by_database, by_words, named
from responder.evidence.aws_error_class import ErrorClass
from responder.evidence.database_error import DatabaseError, class_of_database
from responder.evidence.lazy_pattern import lazy
from responder.inquiry.question import Answers
from responder.model import Category, Link, Remedy

_WORDS = lazy(
    rf"(?i){QUOTA_WORDS}|quota (?:for [^\n]{{1,60}} )?(?:has been|was reached)|reached (?:the|your|its) (?:[\w-]{{1,20}} ){{0,4}}(?:limit|quota)|limit on the number of"
    r"|maximum number of (?:concurrent|active|running)|max(?:imum)? concurrent \w{1,20} (?:exceeded|reached)|REQUEST_LIMIT_EXCEEDED|RESOURCE:(?:MEMORY|CPU|ENI|PORTS)"
    r"|concurren\w{1,4} (?:limit|runs?) (?:exceeded|reached)|VcpuLimitExceeded|InstanceLimitExceeded|too many (?:connections|clients|sessions)|used memory > 'maxmemory'"
    r"|\[Errno 24\]"
)
_FILES = "[Errno 24]"  # EMFILE: a process has too many files and connections open
QUOTA_DOCS = Link(
    "Service Quotas", "https://docs.aws.amazon.com/servicequotas/latest/userguide/request-quota-increase.html"
)


RECOGNISE: Recogniser[ServiceFacts] = first_of(
    by_answer(ErrorClass.QUOTA), by_database(DatabaseError.SESSIONS), by_words(_WORDS)
)


def remedy(match: Match[ServiceFacts], _answers: Answers) -> Remedy:
    """Fewer at once, clear what is left over, or a higher limit."""
    who = "The operating system" if _FILES in match.because[0] else named(match.facts)
    return Remedy(
        summary=f"{who} refuses because a limit is used up: {ending(whole(match.because, match.raised))}",
        explanation="The request is valid; the number that it counts against has reached its limit.",
        steps=(
            "See whether runs overlap or hang: earlier runs, clusters, endpoints or sessions that are still there count too. Stop what is left over.",
            "Run fewer at once: max_active_runs of the DAG, a pool for these tasks, max_active_tis_per_dag.",
            f"Raise the limit where it is set: {_where(match)}.",
        ),
        proof=FROM_TEXT,
        links=(QUOTA_DOCS,) if match.facts.aws_operation else (),
    )


def _where(match: Match[ServiceFacts]) -> str:
    facts, raised = match.facts, match.raised
    if facts.aws_service == "glue" and facts.aws_operation == "StartJobRun":
        return "AWS Glue console > ETL jobs > the job > Job details > Advanced properties > Maximum concurrency"
    if facts.aws_service or facts.aws_operation:
        return "AWS console > Service Quotas > the service; some limits belong to the resource itself (a job, a cluster, a workgroup) and are set there"
    if raised and class_of_database(raised):
        return "the database's own number of connections (max_connections), or a pooler in front of it (RDS Proxy, PgBouncer)"
    if _FILES in match.because[0]:
        return "it is fixed on MWAA; close files, clients and connections in the code, or have fewer tasks or triggers at once in a process"
    if "exceeded quota" in match.because[0]:
        return "the ResourceQuota of the Kubernetes namespace"
    return "with whoever runs the service"


RULE = Rule(
    category=Category.CAPACITY,
    cause="quota",
    may_heal=True,
    recognise=RECOGNISE,
    remedy=remedy,
    yields_to=("metadata-database",),
)
