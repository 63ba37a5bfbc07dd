"""MWAA's control plane, provisioned and serverless, as far as the responder and `discover` ask it.

Shapes: botocore's models of `mwaa` (2020-07-01) and `mwaa-serverless` (2024-07-26).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from cli.sandbox.refusals import Refusal

StartResponse = Callable[[str, list[tuple[str, str]]], Any]
PROVISIONED, SERVERLESS = "airflow", "airflow-serverless"  # the services' signing names
SERVICES = {PROVISIONED, SERVERLESS}


@dataclass(slots=True)
class Mwaa:
    """What there is; every value is an answer's body as boto3 would return it, times as epoch seconds."""

    environments: dict[str, dict[str, Any]] = field(default_factory=dict)
    workflows: dict[str, dict[str, Any]] = field(default_factory=dict)  # by WorkflowArn
    runs: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)  # by WorkflowArn, RunId
    tasks: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)  # and TaskInstanceId

    def __call__(self, environ: Mapping[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """A WSGI application for both services."""
        if "X-Amz-Target" in environ or "HTTP_X_AMZ_TARGET" in environ:
            answer = self._serverless(environ)
        else:
            answer = self._provisioned(unquote(environ["PATH_INFO"]))
        if answer is None:
            missing = Refusal("404 Not Found", "ResourceNotFoundException", "what was asked for does not exist")
            return missing.answer(PROVISIONED, start_response)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    def _provisioned(self, path: str) -> dict[str, Any] | None:
        if path == "/environments":
            return {"Environments": sorted(self.environments)}
        named = re.fullmatch(r"/environments/([^/]+)", path)
        found = self.environments.get(named[1]) if named else None
        return {"Environment": found} if found else None

    def _serverless(self, environ: Mapping[str, Any]) -> dict[str, Any] | None:
        operation = str(environ["HTTP_X_AMZ_TARGET"]).rpartition(".")[2]
        asked = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) or b"{}")
        workflow, run = str(asked.get("WorkflowArn")), str(asked.get("RunId"))
        if operation == "GetWorkflow":
            return self.workflows.get(workflow)
        if operation == "GetWorkflowRun":
            return self.runs.get((workflow, run))
        if operation == "GetTaskInstance":
            return self.tasks.get((workflow, run, str(asked.get("TaskInstanceId"))))
        if operation == "ListTaskInstances" and (workflow, run) in self.runs:
            return {"TaskInstances": [_summary(task) for key, task in self.tasks.items() if key[:2] == (workflow, run)]}
        return None


SUMMARY = ("WorkflowArn", "WorkflowVersion", "RunId", "TaskInstanceId", "Status", "DurationInSeconds", "OperatorName")


def _summary(task: Mapping[str, Any]) -> dict[str, Any]:
    return {key: task[key] for key in SUMMARY if key in task}
