"""One execution environment of Lambda: the Runtime API, and a process that runs a handler under `awslambdaric`.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

MEBIBYTE = 1024 * 1024
# Lambda gives a function's start-up ten seconds of its own before the time of the invocation runs:
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
INIT_SECONDS = 10
LOOK_EVERY_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one invocation came to."""

    payload: bytes
    error: str | None = None  # Lambda's word for how it failed: Handled or Unhandled

    @staticmethod
    def failed(kind: str, message: str) -> Outcome:
        return Outcome(json.dumps({"errorType": kind, "errorMessage": message}).encode(), "Unhandled")


@dataclass(frozen=True, slots=True)
class Program:
    """What runs, and what it may use."""

    name: str
    arn: str
    handler: str
    root: Path
    environ: Mapping[str, str]
    timeout_seconds: float
    memory_bytes: int


@dataclass(slots=True)
class Invocation:
    id: str
    event: bytes
    deadline_ms: int
    done: queue.Queue[Outcome] = field(default_factory=lambda: queue.Queue(maxsize=1))


class LambdaProcess:
    """Runs one event at a time; after a time-out, a crash or too much memory it is dead."""

    def __init__(self, program: Program, write_line: Callable[[str], None]) -> None:
        self._program = program
        self._write_line = write_line
        self._waiting: queue.Queue[Invocation | None] = queue.Queue()
        self._running: Invocation | None = None
        self._started = False
        self._server = _runtime_api(self)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._process = self._start()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def invoke(self, event: bytes) -> Outcome:
        """Blocks until the handler is done or has to be stopped."""
        allowed = self._program.timeout_seconds + (0 if self._started else INIT_SECONDS)
        ends = time.monotonic() + allowed
        call = Invocation(str(uuid.uuid4()), event, int((time.time() + self._program.timeout_seconds) * 1000))
        self._running = call
        self._waiting.put(call)
        while time.monotonic() < ends:
            try:
                return call.done.get(timeout=LOOK_EVERY_SECONDS)
            except queue.Empty:
                if stopped := self._stopped(call):
                    return stopped
        self.kill()
        return Outcome.failed(
            "Sandbox.Timedout",
            f"RequestId: {call.id} Error: Task timed out after {self._program.timeout_seconds:.2f} seconds",
        )

    def kill(self) -> None:
        """As the power cut does."""
        self._process.kill()
        self._process.wait()
        self._close()

    def _stopped(self, call: Invocation) -> Outcome | None:
        if self._memory() > self._program.memory_bytes:
            self.kill()
            return Outcome.failed("Runtime.OutOfMemory", f"RequestId: {call.id} Error: Runtime exited: signal: killed")
        if self.alive:
            return None
        self._close()
        try:
            return call.done.get_nowait()
        except queue.Empty:
            code = self._process.returncode
            how = f"signal: {-code}" if code < 0 else f"exit status {code}"
            return Outcome.failed("Runtime.ExitError", f"RequestId: {call.id} Error: Runtime exited with error: {how}")

    def _memory(self) -> int:
        """Bytes in use; 0 where the system does not tell."""
        try:
            pages = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        except OSError:
            return 0
        return int(pages) * PAGE_BYTES

    def _start(self) -> subprocess.Popen[str]:
        host, port = self._server.server_address[:2]
        process = subprocess.Popen(
            # -S: nothing of this interpreter's own packages, only what Lambda's runtime and the bundle bring.
            [sys.executable, "-S", "-m", "awslambdaric", self._program.handler],
            cwd=self._program.root,
            env={**self._program.environ, "AWS_LAMBDA_RUNTIME_API": f"{host!s}:{port}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        threading.Thread(target=self._read_output, args=(process,), daemon=True).start()
        return process

    def _read_output(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            self._write_line(line.rstrip("\n"))

    def _close(self) -> None:
        self._waiting.put(None)
        self._server.shutdown()
        self._server.server_close()

    def next(self) -> Invocation | None:
        self._started = True
        return self._waiting.get()

    def finish(self, outcome: Outcome) -> None:
        if self._running is not None and not self._running.done.full():
            self._running.done.put(outcome)

    @property
    def program(self) -> Program:
        return self._program


PAGE_BYTES = 4096


def _runtime_api(process: LambdaProcess) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Unbuffered writes under Nagle's algorithm would cost 40 ms twice an invocation.
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_GET(self) -> None:  # GET /2018-06-01/runtime/invocation/next
            call = process.next()
            if call is None:
                self._send(410)
                return
            headers = {
                "Lambda-Runtime-Aws-Request-Id": call.id,
                "Lambda-Runtime-Deadline-Ms": str(call.deadline_ms),
                "Lambda-Runtime-Invoked-Function-Arn": process.program.arn,
                "Content-Type": "application/json",
            }
            self._send(200, call.event, headers)

        def do_POST(self) -> None:  # …/invocation/ID/response, …/invocation/ID/error, …/init/error
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._send(202, b'{"status":"OK"}')
            process.finish(Outcome(body, None if self.path.endswith("/response") else "Unhandled"))

        def _send(self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nobody reads an access log of this."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    return server
