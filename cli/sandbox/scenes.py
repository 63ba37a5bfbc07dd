"""Real failures as they would be played: the labelled logs of tests/cases, through every kind of source."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cli.sandbox.assembly import PROJECT
from cli.sandbox.baseline import CELERY, baseline
from cli.sandbox.environment import MwaaEnvironment
from cli.sandbox.sandbox import Sandbox
from cli.sandbox.world import ACCOUNT, REGION

CASES = PROJECT / "tests" / "cases"
LAKE = "acme-lake-raw"
WORKFLOW = "nightly-a1b2c3d4e5"
WORKFLOW_ARN = f"arn:aws:airflow-serverless:{REGION}:{ACCOUNT}:workflow/{WORKFLOW}"
DAY = "2026-11-01"  # of the runs in tests/cases
RUN = "0f8fad5bd9cb469fa16570867728950e"

ANALYTICS = MwaaEnvironment(
    name="analytics-prod",
    role_name="AmazonMWAA-analytics-prod-x7Yd2q",
    files={"dags/export_to_lake.py": "# the DAG of the case\n"},
    requirements="pandas\npyarrow\n",
    # Writing to the lake is not part of what it may do.
    statements=baseline("analytics-prod", "airflow-analytics-prod", account=ACCOUNT, region=REGION),
)
DATA = MwaaEnvironment(
    name="data-eng",
    statements=baseline("data-eng", "airflow-data-eng", account=ACCOUNT, region=REGION),
    airflow_version="3.0.6",
    files={
        "dags/old_simple_http.py": (
            "import pendulum\nfrom airflow.sdk import DAG\n\n"
            "from airflow.providers.http.operators.http import SimpleHttpOperator\n"
        )
    },
)
STAGING = MwaaEnvironment(
    name="ml-staging",
    requirements="scikit-learn\npandas==2.2.3\n",
    # Somebody tidied up the role, and took away what Celery's queue needs.
    statements=baseline("ml-staging", "airflow-ml-staging", account=ACCOUNT, region=REGION, without=(CELERY,)),
)
ENVIRONMENTS = (ANALYTICS, DATA, STAGING)


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that goes wrong. `cause` is what a person says it is."""

    title: str
    source: str
    cause: str
    play: Callable[[Sandbox], None]


def prepare(aws: Sandbox) -> None:
    """What has to be there before anything is deployed."""
    for environment in ENVIRONMENTS:
        aws.put_environment(environment)
    aws.put_slack_secret()
    aws.client("s3").create_bucket(Bucket=LAKE, CreateBucketConfiguration={"LocationConstraint": REGION})


def play_case(aws: Sandbox, name: str, *, day: str = DAY) -> None:
    """A labelled log, into the log group and stream that it comes from, as if it were written now, for the run of `day`."""
    case, messages = labelled(name)
    aws.play_log(case["log_group"], case["log_stream"].replace(DAY, day), [each.replace(DAY, day) for each in messages])


def labelled(name: str) -> tuple[dict[str, Any], list[str]]:
    """What is known of a case, and the messages of its log."""
    folder = CASES / name
    lines = (folder / "log.jsonl").read_text().splitlines()
    return json.loads((folder / "case.json").read_text()), [json.loads(line)["message"] for line in lines]


def _event(source: str, detail_type: str, detail: Mapping[str, Any], *resources: str) -> dict[str, Any]:
    return {"source": source, "detail-type": detail_type, "detail": detail, "resources": resources}


def _update_failed(aws: Sandbox) -> None:
    """MWAA restores what was there before the update and says why it could not be made."""
    error = {
        "ErrorCode": "INCORRECT_CONFIGURATION",
        "ErrorMessage": "You may need to check the execution role permissions policy for your environment, and that "
        "each of the VPC networking components required by the environment are configured to allow traffic.",
    }
    described = aws.mwaa.environments[STAGING.name]
    last = {"Status": "FAILED", "CreatedAt": time.time(), "Error": error}
    aws.mwaa.environments[STAGING.name] = {**described, "Status": "UPDATE_FAILED", "LastUpdate": last}
    arn = str(described["Arn"])
    detail = {"name": STAGING.name, "status": "UPDATE_FAILED"}
    aws.put_event(_event("aws.airflow", "MWAA Environment Status Change", detail, arn))


def _serverless_failed(aws: Sandbox) -> None:
    """The log comes first, then the event; both name the same attempt."""
    group = f"/aws/mwaa-serverless/{WORKFLOW}/"
    stream = f"workflow_id={WORKFLOW}/run_id={RUN}/task_id=work/attempt=1.log"
    aws.client("logs").create_log_group(logGroupName=group)
    aws.play_log(group, stream, labelled("real-af3-task-typo-name")[1])
    detail = {
        "workflowArn": WORKFLOW_ARN,
        "runId": RUN,
        "taskId": "work",
        "attemptNumber": 1,
        "status": "FAILED",
        "logStream": f"/{group}/{stream}",
    }
    aws.put_event(_event("aws.airflow-serverless", "MWAA Serverless Task Failed", detail, WORKFLOW_ARN))


def _listener_tells(aws: Sandbox) -> None:
    """What the plugin sends from inside Airflow for the same failure that a log of tests/cases shows."""
    _, messages = labelled("real-af2-task-train-model")
    headline = "Task failed with exception\n"
    error = next(each.partition(headline)[2] for each in messages if headline in each)
    detail = {
        "environment": ANALYTICS.name,
        "airflow_version": "2.10.3",
        "dag_id": "train_model",
        "run_id": "scheduled__2026-11-01T00:00:00+00:00",
        "task_id": "fit",
        "map_index": -1,
        "try_number": 1,
        "max_tries": 0,
        "state": "failed",
        "dag_file": "/usr/local/airflow/dags/train_model.py",
        "error": error,
    }
    aws.put_event(_event("mwaa.listener", "Airflow Task Failed", detail))


SCENES = (
    Scene(
        "A task may not write to the data lake",
        "task log, by a subscription filter",
        "iam-denied",
        lambda aws: play_case(aws, "real-af2-task-export-to-lake"),
    ),
    Scene(
        "requirements.txt asks for what the constraints forbid",
        "worker log, by a subscription filter",
        "requirements-conflict",
        lambda aws: play_case(aws, "real-pip-pandas-pin"),
    ),
    Scene(
        "A DAG file imports a name that is not there any more",
        "log of the DAG processor, by a subscription filter",
        "import-name",
        lambda aws: play_case(aws, "real-af3-parse-old-simple-http"),
    ),
    Scene(
        "A task imports a package that nobody installed",
        "event of the listener plugin",
        "missing-package",
        _listener_tells,
    ),
    Scene(
        "A task of MWAA Serverless has a typing error", "event of MWAA Serverless", "undefined-name", _serverless_failed
    ),
    Scene("An update of an environment fails", "event of MWAA", "environment-unhealthy", _update_failed),
)
