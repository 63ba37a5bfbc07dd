"""What to do when memory ran out: on a worker of the environment, or in a job elsewhere."""

from __future__ import annotations

from responder.diagnosis.advice import CLASS_DOCS, FROM_TEXT
from responder.diagnosis.environment_advice import fewer_tasks, known, larger_class, memory_share, unknown_because
from responder.diagnosis.quoting import beginning
from responder.inquiry.question import Answers
from responder.model import Remedy

CHUNKS = "Read and write in chunks instead of loading everything (pandas chunksize, server-side cursors, S3 streaming)."


def elsewhere() -> Remedy:
    """For a container or executor of another service."""
    return Remedy(
        summary="The job that the task started was killed because it ran out of memory.",
        explanation="The container or executor reached its own memory limit; the Airflow worker has nothing to do with it.",
        steps=(
            "Raise the limit where the job is defined: the pod's resources, the ECS or Batch task definition's memory, Glue's worker type, Spark's executor memory and overhead.",
            CHUNKS,
        ),
        proof=FROM_TEXT,
        owner="whoever owns the job",
    )


# https://docs.aws.amazon.com/mwaa/latest/userguide/accessing-metrics-cw-container-queue-db.html
LOOK_AT_MEMORY = (
    "See whether memory was used up: CloudWatch > Metrics > AWS/MWAA > Cluster > MemoryUtilization of BaseWorker and AdditionalWorker in that minute. "
    "If it was not, something else killed it: the Worker log group of that minute says what."
)


def on_web_server() -> Remedy:
    """For a process of the web server's, which gunicorn kills when it is stuck, and the kernel when it is too large."""
    return Remedy(
        summary="A process of the Airflow web server was killed (SIGKILL), most likely because it ran out of memory.",
        explanation="No task runs there: the web server holds the UI, the REST API, the plugins and what requirements.txt installs. It starts the process anew; if that repeats, the UI stays slow or away.",
        steps=(
            "See whether memory was used up: CloudWatch > Metrics > AWS/MWAA > Cluster > MemoryUtilization of WebServer in that minute. If it was not, a page or an API call took longer than the web server waits.",
            "See what makes it large: plugins that load much when they are imported, and very large DAGs on one page (fewer runs per page, smaller DAGs).",
            "If it stays: MWAA console > the environment > Edit > Environment class.",
        ),
        proof=FROM_TEXT,
        links=(CLASS_DOCS,),
    )


def on_worker(answers: Answers, *, killed: bool) -> Remedy:
    """For the worker of the environment at hand. `killed`: there is a SIGKILL, but no word about memory."""
    environment = known(answers)
    return Remedy(
        summary="The task's process was killed (SIGKILL), most likely because the worker ran out of memory."
        if killed
        else "The task ran out of memory.",
        explanation=("A killed process leaves no traceback, so the log just ends. " if killed else "")
        + memory_share(environment),
        steps=(
            *((LOOK_AT_MEMORY,) if killed else ()),
            beginning(fewer_tasks(environment)),
            CHUNKS,
            "Move the heavy part off the worker: ECS, EKS, Glue, EMR or a query in the database.",
            larger_class(environment),
        ),
        proof=FROM_TEXT,
        not_checked=unknown_because(answers),
        links=(CLASS_DOCS,),
    )
