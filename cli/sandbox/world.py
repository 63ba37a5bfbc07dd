"""The parts of a sandbox, wired together, and its ways in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Self

import boto3
from botocore.config import Config
from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data

from cli.sandbox import cloudformation, moto_patches
from cli.sandbox.callers import Callers, Credentials
from cli.sandbox.edge import Edge, EdgeServer
from cli.sandbox.event_rules import EventRules
from cli.sandbox.failed_events import keep
from cli.sandbox.faults import Faults
from cli.sandbox.function_logs import FunctionLogs
from cli.sandbox.lambda_functions import Functions
from cli.sandbox.log_subscriptions import LogSubscriptions
from cli.sandbox.mwaa import Mwaa
from cli.sandbox.queue_mappings import QueueMappings
from cli.sandbox.slack import Slack
from cli.sandbox.web import Web
from cli.sandbox.workers import Workers

ACCOUNT, REGION = "123456789012", "eu-west-1"
ADMINISTRATOR = Credentials("AKIASANDBOXADMIN0000", "sandbox", "")
POLL_SECONDS = 0.1
CONNECTIONS = 50


class World:
    """Attributes: `endpoint`; `slack`, `mwaa`, `faults`; `callers` (roles, and what they were denied); `web` (hosts
    that were asked for); `calls` (service and operation of every call that a role made); `metrics`; `log_lines`.
    """

    def __init__(self, *, internet: bool = False) -> None:
        """`internet`: let functions reach hosts that have no stand-in, such as the package index."""
        self.scratch = Path(mkdtemp(prefix="sandbox-"))
        self._workers = Workers()
        self._clients: dict[str, Any] = {}
        self.callers = Callers(ACCOUNT, REGION)
        self.mwaa = Mwaa()
        self._logs = FunctionLogs(self.client, self.callers.may)
        self._functions = Functions(
            scratch=self.scratch,
            environ=self._environ_of,
            log=self._logs.write,
            failed=partial(keep, allowed=self.callers.may),
            workers=self._workers,
        )
        self.faults = Faults(self._functions.kill)
        self.slack = Slack(self.faults)
        self.web = Web(self.slack.sites(), scratch=self.scratch, internet=internet)
        self._edge = Edge(callers=self.callers, mwaa=self.mwaa, faults=self.faults)
        self._rules = EventRules(self._functions, self._workers)
        self._subscriptions = LogSubscriptions(self._functions)
        self._mappings = QueueMappings(self._functions, self._workers, self.callers.may)

    def __enter__(self) -> Self:
        moto_patches.take_over(self)
        cloudformation.install()
        cloudformation.use(self.client)
        BackendDict.reset()
        reset_model_data()
        self._server = EdgeServer(self._edge)
        self._workers.repeat(self._mappings.poll, every=POLL_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        self._workers.stop()
        self._functions.stop()
        self._server.stop()
        self.web.stop()
        cloudformation.use(None)
        moto_patches.give_back()
        shutil.rmtree(self.scratch, ignore_errors=True)

    # ---------------------------------------------------------------------------------------------- ways in

    @property
    def endpoint(self) -> str:
        return self._server.url

    @property
    def environ(self) -> dict[str, str]:
        """For a process that is to use it as administrator."""
        return self._variables(ADMINISTRATOR)

    def client(self, service: str) -> Any:
        """A boto3 client of the administrator."""
        if service not in self._clients:
            self._clients[service] = self._client(ADMINISTRATOR, service)
        return self._clients[service]

    def as_role(self, role_arn: str, service: str) -> Any:
        """A boto3 client that acts for a role: what its policies do not allow is denied."""
        return self._client(self.callers.assume(role_arn, "airflow"), service)

    def _client(self, credentials: Credentials, service: str) -> Any:
        make: Callable[..., Any] = boto3.client
        return make(
            service,
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=credentials.access_key,
            aws_secret_access_key=credentials.secret_key,
            aws_session_token=credentials.token or None,
            config=Config(inject_host_prefix=False, retries={"max_attempts": 1}, max_pool_connections=CONNECTIONS),
        )

    def _variables(self, credentials: Credentials) -> dict[str, str]:
        return {
            **credentials.environ(),
            **self.web.environ(credentials.access_key),
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ENDPOINT_URL": self.endpoint,
            # MWAA's API would be called as api.localhost: https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
            "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
        }

    def _environ_of(self, function: Any) -> dict[str, str]:
        return self._variables(self.callers.assume(function.role, function.function_name))

    # ------------------------------------------------------------------------------- what moto leaves to us

    def rule_fits(self, rule: Any, event: dict[str, Any]) -> None:
        self._rules.deliver(rule, event)

    def log_events(self, stream: Any, filter_name: str, destination: str, events: list[dict[str, Any]]) -> None:
        self._subscriptions.deliver(stream, filter_name, destination, events)

    def invoke(self, function: Any, body: str, headers: Any, answer_headers: Any) -> str | bytes:
        event = (body or "{}").encode() if isinstance(body, str) else body
        if headers.get("x-amz-invocation-type", "") == "Event":
            self._functions.invoke_later(function, event)
            return ""
        outcome = self._functions.invoke(function, event)
        if outcome.error:
            answer_headers["x-amz-function-error"] = outcome.error
        return outcome.payload
