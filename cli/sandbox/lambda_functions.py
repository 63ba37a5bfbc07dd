"""Runs the functions that moto's Lambda knows: their real zips, in processes of their own.

Asynchronous invocations are tried again and end in the function's dead-letter queue, as in Lambda:
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from moto.awslambda.models import lambda_backends

from cli.sandbox.lambda_bundle import Bundle
from cli.sandbox.lambda_process import MEBIBYTE, LambdaProcess, Program
from cli.sandbox.lambda_runtime_api import Outcome
from cli.sandbox.workers import Workers

# Lambda tries an asynchronous event three times in all; it waits one, then two minutes, we do not.
ASYNC_RETRIES = 2
RETRY_SECONDS = (0.2, 0.4)
# More execution environments than this only compete for the machine's few cores.
MOST_PROCESSES = 3


@dataclass(slots=True)
class Deployed:
    """One version of one function's code, with the processes that run it."""

    program: Program
    slots: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(MOST_PROCESSES))
    idle: list[LambdaProcess] = field(default_factory=list)
    all: list[LambdaProcess] = field(default_factory=list)


class Functions:
    """`environ` gives each process credentials of its own and endpoints, `log` takes each line that it prints."""

    def __init__(
        self,
        *,
        scratch: Path,
        environ: Callable[[Any], Mapping[str, str]],
        log: Callable[[Any, str], None],
        failed: Callable[..., None],
        workers: Workers,
    ) -> None:
        self._scratch, self._environ, self._log = scratch, environ, log
        self._failed, self._workers = failed, workers
        self._deployed: dict[tuple[str, str, str], Deployed] = {}
        self._lock = threading.Lock()

    def invoke(self, function: Any, event: bytes) -> Outcome:
        """Waits for the answer."""
        deployed = self._of(function)
        with deployed.slots:
            process = self._take(function, deployed)
            outcome = process.invoke(event)
            if process.alive:
                deployed.idle.append(process)
        if outcome.error:
            self._log(function, f"END with error: {outcome.payload.decode(errors='replace')}")
        return outcome

    def invoke_later(self, function: Any, event: bytes) -> None:
        """Accepts the event; what cannot be handled ends in the dead-letter queue."""
        self._workers.start(lambda: self._try_until_done(function, event))

    def kill(self, access_key: str) -> None:
        """Kills the process that has these credentials."""
        for deployed in self._deployed.values():
            for process in deployed.all:
                if process.alive and process.program.environ["AWS_ACCESS_KEY_ID"] == access_key:
                    process.kill()

    def stop(self) -> None:
        for deployed in self._deployed.values():
            for process in deployed.all:
                if process.alive:
                    process.kill()

    def _try_until_done(self, function: Any, event: bytes) -> None:
        retries = _retries(function)
        outcome = self.invoke(function, event)
        for seconds in RETRY_SECONDS[:retries]:
            if not outcome.error or self._workers.pause(seconds):
                return
            outcome = self.invoke(function, event)
        if outcome.error:
            self._failed(function, event, outcome, tries=1 + retries)

    def _take(self, function: Any, deployed: Deployed) -> LambdaProcess:
        while deployed.idle:
            process = deployed.idle.pop()
            if process.alive:
                return process
        own = {"TMPDIR": mkdtemp(prefix="tmp-", dir=self._scratch), **self._environ(function)}
        program = replace(deployed.program, environ={**own, **deployed.program.environ})
        process = LambdaProcess(program, lambda line: self._log(function, line))
        deployed.all.append(process)
        return process

    def _of(self, function: Any) -> Deployed:
        key = (function.function_arn, function.code_sha_256, json.dumps(function.environment_vars, sort_keys=True))
        with self._lock:
            if key not in self._deployed:
                self._deployed[key] = Deployed(self._program(function))
            return self._deployed[key]

    def _program(self, function: Any) -> Program:
        bundle = Bundle(function, self._scratch)
        return Program(
            name=function.function_name,
            arn=function.function_arn,
            handler=function.handler,
            root=bundle.task,
            environ={
                "PATH": "/usr/local/bin:/usr/bin:/bin",
                "LANG": "en_US.UTF-8",
                "TZ": ":UTC",
                "PYTHONPATH": bundle.import_path(),
                "PYTHONDONTWRITEBYTECODE": "1",
                "HOME": str(self._scratch),
                "_HANDLER": function.handler,
                "LAMBDA_TASK_ROOT": str(bundle.task),
                "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.run_time}",
                "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
                "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
                "AWS_LAMBDA_LOG_GROUP_NAME": function.logs_group_name,
                "AWS_LAMBDA_LOG_STREAM_NAME": LOG_STREAM,
                "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
                **bundle.translate(function.environment_vars),
            },
            timeout_seconds=float(function.timeout),
            memory_bytes=int(function.memory_size) * MEBIBYTE,
        )


LOG_STREAM = "sandbox"


def find(arn: str) -> Any:
    """The function of an ARN, or None."""
    account, region, name = arn.split(":")[4], arn.split(":")[3], arn.split(":")[6]
    return next(
        (each for each in lambda_backends[account][region].list_functions() if each.function_name == name), None
    )


def _retries(function: Any) -> int:
    for each in function.event_invoke_config:
        return int(each.config.get("MaximumRetryAttempts", ASYNC_RETRIES))
    return ASYNC_RETRIES
