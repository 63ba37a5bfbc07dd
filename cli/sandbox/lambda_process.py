"""One execution environment of Lambda: a process that runs a handler under `awslambdaric`."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.sandbox.lambda_runtime_api import Invocation, Outcome, RuntimeApi

MEBIBYTE = 1024 * 1024
# Lambda gives a function's start-up ten seconds of its own before the time of the invocation runs:
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
INIT_SECONDS = 10
LOOK_EVERY_SECONDS = 0.05
PAGE_BYTES = 4096


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


class LambdaProcess:
    """Runs one event at a time; after a time-out, a crash or too much memory it is dead."""

    def __init__(self, program: Program, write_line: Callable[[str], None]) -> None:
        self._program = program
        self._write_line = write_line
        self._waiting: queue.Queue[Invocation | None] = queue.Queue()
        self._running: Invocation | None = None
        self._started = False
        self._server = RuntimeApi(self)
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
    def arn(self) -> str:
        return self._program.arn

    @property
    def program(self) -> Program:
        return self._program
