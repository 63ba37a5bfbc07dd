"""Faults on demand: a service that throttles, fails, is slow or hangs up, and a function that dies in the middle.

with aws.faults.inject(Fault("dynamodb", "PutItem", Kind.STATUS, status="500 Internal Server Error", times=1)): …
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from cli.sandbox.refusals import Refusal

FOREVER = 1_000_000


class Kind(StrEnum):
    """How it fails."""

    STATUS = "status"  # answers with an error, without doing anything
    SLOW = "slow"  # does it, but late
    RESET = "reset"  # hangs up without doing anything
    RESET_AFTER = "reset-after"  # does it, and hangs up without an answer
    KILL = "kill"  # the function dies before the call is done
    KILL_AFTER = "kill-after"  # the function dies when the call is done


@dataclass(slots=True)
class Fault:
    """What goes wrong, where, and how often. `service` is a signing name, "slack" or "index"."""

    service: str
    operation: str | None = None  # None: any
    kind: Kind = Kind.STATUS
    status: str = "503 Service Unavailable"
    code: str = "ServiceUnavailable"
    seconds: float = 0.0
    times: int = FOREVER
    after: int = 0  # calls that go well first
    hits: int = field(default=0, init=False)

    def refusal(self) -> Refusal:
        return Refusal(self.status, self.code, "a fault that was asked for")


class HangUp(Exception):
    """Close the connection without an answer."""


class Faults:
    """What is to go wrong. `kill` ends the process that has these credentials: a caller goes by its access key."""

    def __init__(self, kill: Callable[[str], object]) -> None:
        self._kill, self._active, self._lock = kill, list[Fault](), threading.Lock()

    @contextmanager
    def inject(self, *faults: Fault) -> Iterator[None]:
        self._active += faults
        try:
            yield
        finally:
            self._active = [each for each in self._active if each not in faults]

    def before(self, service: str, operation: str, caller: str) -> Fault | None:
        """The fault that hits this call, if any; those that come before the call have happened. Raises HangUp."""
        fault = self._next(service, operation)
        if fault is None:
            return None
        if fault.kind is Kind.SLOW:
            time.sleep(fault.seconds)
        if fault.kind is Kind.KILL:
            self._kill(caller)
        if fault.kind in {Kind.KILL, Kind.RESET}:
            raise HangUp
        return fault

    def after(self, fault: Fault | None, caller: str) -> None:
        """What happens when the call is done. Raises HangUp."""
        if fault is None or fault.kind not in {Kind.KILL_AFTER, Kind.RESET_AFTER}:
            return
        if fault.kind is Kind.KILL_AFTER:
            self._kill(caller)
        raise HangUp

    def _next(self, service: str, operation: str) -> Fault | None:
        with self._lock:
            for fault in self._active:
                if (
                    fault.service == service
                    and fault.operation in {None, operation}
                    and fault.hits < fault.times + fault.after
                ):
                    fault.hits += 1
                    return fault if fault.hits > fault.after else None
        return None
