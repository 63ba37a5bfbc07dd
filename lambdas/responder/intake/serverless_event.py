"""Task and run events of MWAA Serverless.

The detail types: https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-airflow-serverless.html. The schema of the
detail is not published: identifiers are looked for under every spelling that the API uses.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from responder.intake.admit import admit
from responder.intake.event_bridge import Envelope
from responder.intake.fields import number, text
from responder.intake.log_stream import read_attempt
from responder.intake.unreadable import UnreadableEvent
from responder.model import Attempt, Failure, Kind, LogEvent, Place, Source

FINAL_TASK = {"MWAA Serverless Task Failed", "MWAA Serverless Task Timeout"}
RETRIED_TASK = "MWAA Serverless Task Up For Retry"
RUN = {"MWAA Serverless Workflow Run Failed", "MWAA Serverless Workflow Run Timeout"}
# What a run says whose task failed: that task has an event of its own.
# https://docs.aws.amazon.com/mwaa/latest/mwaa-serverless-userguide/observe-with-cloudwatch.html
ONLY_A_TASK_FAILED = "Workflow execution failed"
LOGGED_AS = "mwaa-serverless"

# jinja2.exceptions.TemplateSyntaxError: unexpected '}'
_RAISED = re.compile(
    r"((?:[A-Za-z_]\w{0,60}\.){0,8}[A-Z]\w{0,60}(?:Error|Exception|Timeout)): (.+)", re.ASCII | re.DOTALL
)
# ex_0f8fad5b-d9cb-469f-a165-70867728950e_load_orders_1
_INSTANCE = re.compile(r"ex_[0-9a-fA-F-]{36}_(.{1,250})_(\d{1,9})", re.ASCII)


def read_serverless_event(envelope: Envelope) -> tuple[Failure, ...]:
    """None for an event that reports no failure. Raises UnreadableEvent where it names no workflow."""
    if envelope.detail_type not in {*FINAL_TASK, RETRIED_TASK, *RUN}:
        return ()
    message = text(envelope.detail, "errorMessage", "error", "message", "statusReason")
    if envelope.detail_type in RUN and message and message.strip(". ") == ONLY_A_TASK_FAILED:
        return ()
    workflow = _workflow(envelope)
    if workflow is None:
        raise UnreadableEvent("the serverless event names no workflow")
    line = json.dumps(_record(message or envelope.detail_type), ensure_ascii=False)
    stream = _stream(envelope)
    place = Place(
        workflow, envelope.account, envelope.region, envelope.partition, f"/aws/mwaa-serverless/{workflow}/", stream
    )
    return (
        Failure(
            Kind.TASK,
            place,
            admit([LogEvent(envelope.time_ms, line)]),
            Source.SERVERLESS_EVENT,
            attempt=_attempt(envelope, workflow, stream),
            seen_at=envelope.time_ms,
        ),
    )


def _record(said: str) -> dict[str, Any]:
    """Of the shape that a task's log has; an exception's name and text as Airflow 3 writes them."""
    record: dict[str, Any] = {"event": said, "level": "error", "logger": LOGGED_AS}
    raised = _RAISED.fullmatch(said)
    if raised:
        record["error_detail"] = [{"exc_type": raised[1], "exc_value": raised[2], "frames": [], "is_cause": False}]
    return record


def _workflow(envelope: Envelope) -> str | None:
    """The last part of arn:aws:airflow-serverless:region:account:workflow/nightly-a1b2c3d4e5."""
    arn = text(envelope.detail, "workflowArn")
    named = arn.rpartition("/")[2] if arn and "/" in arn else None
    return (
        named or envelope.resource_name("workflow") or text(envelope.detail, "workflowId", "workflowName", "workflow")
    )


def _stream(envelope: Envelope) -> str | None:
    """The API prints group and stream in one; the stream begins at `workflow_id=`."""
    stream = text(envelope.detail, "logStream", "logStreamName") or ""
    at = stream.find("workflow_id=")
    return stream[at:] if at >= 0 else None


def _attempt(envelope: Envelope, workflow: str, stream: str | None) -> Attempt:
    detail = envelope.detail
    logged = (read_attempt(stream) if stream else None) or Attempt(dag_id=workflow)
    instance = _INSTANCE.fullmatch(text(detail, "taskInstanceId") or "")
    return replace(
        logged,
        run_id=text(detail, "runId", "workflowRunId") or logged.run_id,
        task_id=text(detail, "taskId", "taskName") or (instance[1] if instance else None) or logged.task_id,
        try_number=number(detail, "attemptNumber", "attempt", "tryNumber")
        or (int(instance[2]) if instance else None)
        or logged.try_number,
        final=envelope.detail_type != RETRIED_TASK,
    )
