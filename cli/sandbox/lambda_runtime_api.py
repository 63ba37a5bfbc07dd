"""The Runtime API through which a function's process gets its events and gives its answers.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

from __future__ import annotations

import json
import queue
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one invocation came to."""

    payload: bytes
    error: str | None = None  # Lambda's word for how it failed: Handled or Unhandled

    @staticmethod
    def failed(kind: str, message: str) -> Outcome:
        return Outcome(json.dumps({"errorType": kind, "errorMessage": message}).encode(), "Unhandled")


@dataclass(slots=True)
class Invocation:
    id: str
    event: bytes
    deadline_ms: int
    done: queue.Queue[Outcome] = field(default_factory=lambda: queue.Queue(maxsize=1))


class ExecutionEnvironment(Protocol):
    """Whose process asks."""

    @property
    def arn(self) -> str: ...

    def next(self) -> Invocation | None:
        """Waits for an event; None: there will be no more."""
        ...

    def finish(self, outcome: Outcome) -> None: ...


class RuntimeApi(ThreadingHTTPServer):
    """Serves one execution environment on loopback."""

    daemon_threads = True

    def __init__(self, environment: ExecutionEnvironment) -> None:
        self.environment = environment
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Unbuffered writes under Nagle's algorithm would cost 40 ms twice an invocation.
    wbufsize = -1
    disable_nagle_algorithm = True

    @property
    def _environment(self) -> ExecutionEnvironment:
        server = self.server
        assert isinstance(server, RuntimeApi)  # noqa: S101 # nobody else uses this handler
        return server.environment

    def do_GET(self) -> None:  # GET /2018-06-01/runtime/invocation/next
        call = self._environment.next()
        if call is None:
            self._send(410)
            return
        headers = {
            "Lambda-Runtime-Aws-Request-Id": call.id,
            "Lambda-Runtime-Deadline-Ms": str(call.deadline_ms),
            "Lambda-Runtime-Invoked-Function-Arn": self._environment.arn,
            "Content-Type": "application/json",
        }
        self._send(200, call.event, headers)

    def do_POST(self) -> None:  # …/invocation/ID/response, …/invocation/ID/error, …/init/error
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._send(202, b'{"status":"OK"}')
        self._environment.finish(Outcome(body, None if self.path.endswith("/response") else "Unhandled"))

    def _send(self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nobody reads an access log of this."""
