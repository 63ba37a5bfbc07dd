"""A job that the task started in another service and that failed there: which service, which run, how it ended.

The sentences are those of Airflow's provider packages (apache-airflow-providers-amazon, -databricks, -dbt-cloud,
-cncf-kubernetes, -google, …; https://github.com/apache/airflow/tree/main/providers), boto3's waiters and spark-submit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from responder.evidence.lazy_pattern import LazyPattern, lazy


class RemoteJob(NamedTuple):
    """One failed run. `service` is boto3's client name, or the vendor's; None where the text does not tell."""

    service: str | None
    remote_id: str | None
    exit_code: int | None
    start: int
    end: int


class JobShape(NamedTuple):
    """How a service's operator says that its job failed, and where else its run id stands."""

    service: str | None
    said: LazyPattern
    ids: tuple[LazyPattern, ...] = ()


def _shape(service: str | None, said: str, *ids: str) -> JobShape:
    return JobShape(service, lazy(said), tuple(lazy(each) for each in ids))


_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_STATE = r"(?:FAILED|FAILURE|ERROR|TIMEOUT|TIMED_OUT|STOPPED|CANCELLED|CANCELED|ABORTED|TERMINATED_WITH_ERRORS|EXPIRED|INTERNAL_ERROR)"
# Ordered: the first shape that fits decides, the general ones stand last
SHAPES: tuple[JobShape, ...] = (
    _shape("glue", r"(?i)\bjob (?:run )?(?P<id>jr_\w{8,80})\b.{0,80}\b(?:FAILED|TIMEOUT|STOPPED|ERROR)\b"),
    _shape("glue", r"(?i)Exiting Job (?P<id>jr_\w{8,80}) Run State: ", r"\b(jr_\w{8,80})"),
    _shape("glue", r"(?i)\bGlue (?:job|crawler|databrew|data quality)\b.{0,120}\b(?:fail|error|timed? ?out|stopped)", r"\b(jr_\w{8,80})", r"/run/(jr_\w{8,80})"),
    _shape("glue", r"\bjob_run_id=?['\"]? ?(?P<id>jr_\w{8,80}).{0,80}fail", r"\b(jr_\w{8,80})"),
    _shape("emr", r"(?i)EMR Steps? (?:failed|execution)[^\n]{0,40}?:? ?(?P<id>s-[0-9A-Z]{8,30})?", r"\b(s-[0-9A-Z]{8,30})\b", r"\b(j-[0-9A-Z]{8,30})\b"),
    _shape("emr-serverless", r"(?i)EMR serverless (?:job|application)[^\n]{0,80}(?:fail|error|cancel)", r"(?i)job[ _](?:run[ _])?(?:id|started)[^\w]{1,6}(\w{8,40})", r"\b(00[0-9a-z]{14})\b"),
    _shape("emr-serverless", r"(?i)Serverless Job (?:failed|has)", r"\b(00[0-9a-z]{14})\b"),
    _shape("emr-containers", r"(?i)EMR (?:on EKS|Containers?) job (?:failed|run)[^\n]{0,80}", r"(?i)query_execution_id is (\w{8,40})", r"\b(00[0-9a-z]{17})\b"),
    _shape("emr", r"(?i)\bEMR (?:job|cluster|notebook)[^\n]{0,60}(?:failed|failure|terminated)", r"\b(j-[0-9A-Z]{8,30})\b", r"\b(s-[0-9A-Z]{8,30})\b"),
    _shape("athena", rf"(?i)Final state of Athena job is (?:FAILED|CANCELLED),? query_execution_id is (?P<id>{_UUID})", rf"({_UUID})"),
    _shape("athena", r"(?i)Athena (?:sensor|query|job)[^\n]{0,60}fail", rf"({_UUID})"),
    _shape("batch", rf"(?i)AWS Batch job[^\n]{{0,40}}\((?P<id>{_UUID})(?::\d+)?\) (?:failed|encountered|terminated)", rf"({_UUID})"),
    _shape("batch", r"(?i)\bBatch (?:job|sensor)[^\n]{0,80}(?:failed|failure|terminal)", rf"({_UUID})"),
    _shape("ecs", r"(?i)This task is not in success state|The task failed to start due to|container in task exited|['\"]stoppedReason['\"]: ['\"]|EcsTask(?:FailToStart|Failure)", r"(arn:aws[\w-]{0,10}:ecs:[\w:/-]{5,150})", r"\btask/[\w-]{1,60}/([0-9a-f]{32})"),
    _shape("sagemaker", r"(?i)(?:SageMaker|training|processing|transform|tuning|auto ?ml)[ -](?:\w{1,20} )?job[^\n]{0,40}(?:fail|stopped)|Error (?:training|processing|transforming|tuning) job", r"(?i)job (?:named |name:? )?([\w-]{3,63})"),
    _shape("sagemaker", r"(?i)SageMaker[^\n]{0,80}(?:failed|failure)"),
    _shape("states", r"(?i)(?:state machine|step function)[^\n]{0,80}(?:failed|ABORTED|TIMED_OUT)", r"(arn:aws[\w-]{0,10}:states:[\w-]+:\d{12}:execution:[\w:.-]{3,160})"),
    _shape("lambda", r"(?i)Lambda function (?:execution|invocation) resulted in error|FunctionError"),
    _shape("databricks", r"(?i)failed with terminal state|Databricks (?:job|run)[^\n]{0,60}fail", r"(?i)\brun[_ ]?id'?:? ?'?(\d{2,20})"),
    _shape("databricks", r"(?i)'life_cycle_state': '(?:INTERNAL_ERROR|SKIPPED)'|'result_state': '(?:FAILED|TIMEDOUT|CANCELED)'", r"(?i)\brun[_ ]?id'?:? ?'?(\d{2,20})"),
    _shape("dbt-cloud", r"(?i)Job run (?P<id>\d{1,20}) (?:has )?(?:failed|did not|terminated|was cancel)", r"(?i)run (\d{2,20})"),
    _shape("dbt-cloud", r"DbtCloudJobRunException|DbtCloudResourceLookup"),
    _shape("kubernetes", r"(?i)\bPod (?P<id>[a-z0-9][a-z0-9.-]{1,252}) returned a failure|Pod [^\n]{1,260}(?:returned a failure|exited with code)|Pod took (?:too long|longer than)|Pod Launching failed|image cannot be pulled", r"(?i)\bpod ([a-z0-9]+-[a-z0-9.-]{1,240})"),
    _shape("kubernetes", r"(?i)Kubernetes Job '?(?P<id>[a-z0-9.-]{1,253})'?[^\n]{0,60}failed"),
    _shape("spark", r"(?i)Cannot execute: .{0,2000}?Error code is: \d|Spark (?:application|job|driver)[^\n]{0,80}(?:failed|failure|state)|final status: FAILED|spark job failed", r"\b(application_\d{10,16}_\d{1,8})\b", r"\b(driver-\d{14}-\d{4})\b", r"\b(spark-[0-9a-f]{32})\b"),
    _shape("livy", r"(?i)Batch (?P<id>\d{1,12}) did not succeed"),
    _shape("redshift", rf"(?i)(?:statement|query)[^\n]{{0,60}}(?:finished with|ended|terminated with)[^\n]{{0,30}}{_STATE}", rf"({_UUID}(?::\d+)?)"),
    _shape("dataproc", r"(?i)(?:dataproc )?job failed:|Batch job \S{1,200} failed|Cluster was created but is in ERROR", r"projects/\S{1,100}/jobs/([\w-]{1,100})"),
    _shape("dataflow", r"(?i)Google Cloud Dataflow job \S{1,200} (?:has )?(?:failed|is in an unexpected|was cancel)", r"\b(\d{4}-\d\d-\d\d_\d\d_\d\d_\d\d-\d{5,25})\b"),
    _shape("bigquery", r"(?i)BigQuery job failed\b[^\n]{0,40}", r"(?i)job (?:id )?:?([\w:.-]{8,200})"),
    _shape("airbyte", r"(?i)Job (?:run )?(?:failed|incomplete|cancelled):?\s*\n?.{0,300}airbyte|airbyte[^\n]{0,80}fail", r"(?i)job[_ ]?id:? ?(\d{1,12})"),
    _shape("fivetran", r"(?i)Fivetran[^\n]{0,120}fail"),
    _shape("docker", r"(?i)docker container failed", r"'?Id'?: '?([0-9a-f]{12,64})"),
    _shape("cloudformation", r"(?i)Stack \S{1,200} in bad state|Stack\w{1,40}Complete failed"),
    _shape("datasync", r"(?i)TaskExecution[^\n]{0,80}(?:ERROR|fail)", r"(task-[0-9a-f]{17}/execution/exec-[0-9a-f]{17})", r"\b(exec-[0-9a-f]{17})\b"),
    _shape("dms", r"(?i)Replication task[^\n]{0,80}(?:fail|Unexpected)"),
    _shape("quicksight", r"(?i)QuickSight[^\n]{0,80}(?:fail|Error)"),
    _shape("appflow", r"(?i)Flow (?:run )?error|AppFlow[^\n]{0,60}fail"),
    _shape("codebuild", r"(?i)CodeBuild[^\n]{0,80}fail"),
    _shape("comprehend", r"(?i)Comprehend[^\n]{0,80}(?:fail|terminal)"),
    _shape("bedrock", r"(?i)Bedrock[^\n]{0,80}(?:fail|terminal)"),
    _shape("azure", r"(?i)Pipeline run (?P<id>[\w-]{8,60}) has (?:failed|been cancelled)|Job run [\w-]{8,60} has failed|ADFPipelineRun|Data Factory[^\n]{0,60}fail"),
    _shape("tableau", r"(?i)The Tableau[^\n]{0,80}fail|TableauJobFailed"),
    _shape(None, r"(?i)Waiter \w{1,80} failed: Waiter encountered a terminal failure state", r"\b(s-[0-9A-Z]{8,30})\b", rf"({_UUID})"),
    _shape(None, rf"(?i)\b(?:job|run|query|execution|sync|workflow|pipeline|batch|step|task|crawler|ingestion|export|import|cluster|application|refresh)\b[^\n]{{0,120}}\b(?:in|with|reached|is|state|status|finished|ended)\b[^\n]{{0,40}}\b{_STATE}\b"),
    _shape(None, r"(?i)\b(?:job|sync|workflow|pipeline|crawler|ingestion|refresh|export) (?:run )?['\"(]?[\w:./-]{0,120}['\")]? ?(?:has |is |was )?failed\b"),
)  # fmt: skip
# Of the shapes' services those that are boto3 clients
AWS_SERVICES = frozenset(
    [
        "appflow",
        "athena",
        "batch",
        "bedrock",
        "cloudformation",
        "codebuild",
        "comprehend",
        "datasync",
        "dms",
        "ecs",
        "emr",
        "emr-containers",
        "emr-serverless",
        "glue",
        "lambda",
        "quicksight",
        "redshift",
        "sagemaker",
        "states",
    ]
)
STATEMENT_SERVICES = frozenset({"athena", "redshift"})  # that run a statement of the task's, and no code
_EXIT_CODE = lazy(
    r"(?i)'?exit[_ ]?code'?(?: is|:|=| of)? ?'?(-?\d{1,5})|exited with (?:code|status) (-?\d{1,5})|Error code is: (-?\d{1,5})|'StatusCode': (\d{1,5})"
)
# What Java's SDK prints behind its own call's message; no job says "Error" there
_ENVELOPE = lazy(r"; Status Code: \d{3}; Error Code: ")
_GENERAL_WINDOW = 1_000  # of a message, for words that could stand anywhere
# Airflow's own record of a task process that ended with an exception, which stands behind it in brackets
_AIRFLOWS_OWN_JOB = "Failed to execute job "
_WINDOW = 4_000  # of a message: the operator's own words stand first, the service's answer follows


# Several causes ask about the same few texts of one failure
@lru_cache(maxsize=128)
def read_job(text: str) -> RemoteJob | None:
    """The failed job that a message tells of."""
    window = _ENVELOPE.compiled.sub(lambda match: " " * len(match[0]), text[:_WINDOW])
    if window.startswith(_AIRFLOWS_OWN_JOB):
        before, bracket, told = window.partition(" (")
        window = " " * len(before + bracket) + told
    for shape in SHAPES:
        if match := shape.said.search(window if shape.service else window[:_GENERAL_WINDOW]):
            return RemoteJob(shape.service, _id(match, shape, window), exit_code_in(text), match.start(), match.end())
    return None


def id_in(texts: Iterable[str], service: str | None) -> str | None:
    """The run's id in other lines of the log, the first that names one."""
    ids = [pattern for shape in SHAPES if shape.service == service for pattern in shape.ids]
    for text in texts:
        for pattern in ids:
            if match := pattern.search(text[:_WINDOW]):
                return match[1]
    return None


def exit_code_in(text: str) -> int | None:
    """The exit code that a container or program is said to have ended with."""
    codes = [next(filter(None, match.groups())) for match in _EXIT_CODE.finditer(text[:20_000])]
    return next((int(code) for code in codes if code != "0"), None)


def _id(match: re.Match[str], shape: JobShape, window: str) -> str | None:
    named = match.groupdict().get("id")
    if named:
        return named
    found = (pattern.search(window) for pattern in shape.ids)
    return next((each[1] for each in found if each), None)
