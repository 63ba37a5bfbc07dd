"""Where a failed job of another service says why it failed, service by service."""

from __future__ import annotations

from collections.abc import Mapping

from responder.diagnosis.advice import FROM_TEXT
from responder.diagnosis.quoting import ending, words
from responder.knowledge.service_names import service_name
from responder.model import Raised, Remedy

# What stands in braces is the run's id; it is put in only after its shape was checked.
_WHERE: Mapping[str, str] = {
    "glue": "AWS Glue console > ETL jobs > the job > Runs > {id}: Error message, then Output and Error logs (log groups /aws-glue/jobs/output and /aws-glue/jobs/error).",
    "emr": "EMR console > the cluster > Steps > {id} > stderr; with logging to S3: <log bucket>/<cluster>/steps/{id}/stderr.gz, and below containers/ for the executors.",
    "emr-serverless": "EMR Studio > Applications > Job runs > {id}: the failure reason, then driver stderr.",
    "emr-containers": "EMR on EKS > the virtual cluster > Job runs > {id}: the failure reason; the driver pod's log in the job's monitoring log group.",
    "athena": "Athena console > Recent queries > {id}: the error in full.",
    "batch": "AWS Batch console > Jobs > {id}: Status reason and exit code, then its log stream (log group /aws/batch/job).",
    "ecs": "ECS console > the cluster > Tasks (stopped) > {id}: Stopped reason and each container's exit code, then the container's log group. A stopped task is shown for about an hour.",
    "sagemaker": "SageMaker AI console > the job {id}: Failure reason, then its log group /aws/sagemaker/…Jobs.",
    "states": "Step Functions console > the execution {id}: the first state in red has the error and its cause.",
    "lambda": "CloudWatch Logs > /aws/lambda/<function>: the invocation of that minute.",
    "databricks": "Databricks > Workflows > Job runs > {id}: the failed task's output and its driver log.",
    "dbt-cloud": "dbt Cloud > Deploy > Runs > {id}: the first step that failed, and its debug log.",
    "kubernetes": "kubectl describe pod {id} (events, exit code, reason) and kubectl logs {id}, while the pod exists; on_finish_action=keep_pod keeps it.",
    "spark": "The Spark or YARN UI of {id}: yarn logs -applicationId {id}; the driver's stderr first.",
    "redshift": "Redshift query editor: the statement {id} in SYS_QUERY_HISTORY, its error in SYS_LOAD_ERROR_DETAIL for COPY.",
}
_ANYWHERE = "the console of the service that runs the job > run {id}: its error message first, then its log."


def where_to_look(service: str | None, remote_id: str | None) -> str:
    """One level down: the page and the log that hold the reason."""
    return _WHERE.get(service or "", _ANYWHERE).format(id=remote_id or "of that minute")


# Whose operator it is, by its file, where its sentence is one that several services have
_OPERATORS = {
    "/providers/airbyte/": "airbyte",
    "/providers/amazon/aws/operators/glue": "glue",
    "/providers/amazon/aws/operators/step_function": "states",
    "/providers/amazon/aws/operators/redshift": "redshift",
    "/providers/apache/livy/": "livy",
    "/providers/apache/spark/": "spark",
    "/providers/cncf/kubernetes/": "kubernetes",
    "/providers/databricks/": "databricks",
    "/providers/dbt/cloud/": "dbt-cloud",
    "/providers/google/cloud/operators/dataflow": "dataflow",
    "/providers/google/cloud/operators/dataproc": "dataproc",
    "/providers/microsoft/azure/": "azure",
    "/providers/tableau/": "tableau",
}
# "Job failed:" is what Dataproc's operator says, and others' as well
_LONGEST_HEAD = 60  # characters of a beginning that only says that it failed
_SHARED = frozenset({None, "dataproc"})


def service_of(said: str | None, raised: Raised | None) -> str | None:
    """The service by the operator's own sentence, or by its file where the sentence is not its alone."""
    if said not in _SHARED or raised is None:
        return said
    files = [frame.file for frame in reversed(raised.frames)]
    found = (name for file in files for part, name in _OPERATORS.items() if part in file)
    named = "dataproc" in raised.message[:4_000].lower()
    return next(found, said if named else None)


def _reason(said: str) -> str:
    """`EMR job failed: with message …` without its beginning, which is said already."""
    head, _, rest = said.partition(": ")
    return rest if rest and len(head) <= _LONGEST_HEAD and head.lower().rstrip(".").endswith("failed") else said


def job_remedy(service: str | None, remote_id: str | None, exit_code: int | None, said: str) -> Remedy:
    """What is known of the run, in the operator's words, and where its reason is."""
    where = f" in {service_name(service) or service}" if service else ""
    told = _reason(words(said))
    run = f" ({remote_id})" if remote_id and remote_id not in told else ""
    ended = f" with exit code {exit_code}" if exit_code is not None else ""
    return Remedy(
        summary=f"The task's job{where}{run} failed{ended}: {ending(told)}",
        explanation="The task started the job and waited for it; then the job failed on its own. The task knows no more than its log says.",
        steps=(
            f"Look there: {where_to_look(service, remote_id)} Lines above the traceback in the task's log may hold the reason too.",
            "Repair it there, then clear this task. That starts the job anew: see that it can run twice.",
        ),
        proof=FROM_TEXT,
        owner="whoever owns the job",
    )
