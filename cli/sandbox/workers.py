"""Background work that a sandbox can wait for and stop."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable


class Workers:
    """Counts what is under way. An error in one piece of work is kept, and `check` raises it."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._changed = threading.Condition()
        self._busy = 0
        self._errors: list[BaseException] = []

    def start(self, work: Callable[[], object]) -> None:
        with self._changed:
            self._busy += 1
        threading.Thread(target=self._run, args=(work,), daemon=True).start()

    def repeat(self, work: Callable[[], bool], *, every: float) -> None:
        """Does it again and again until the end; at once while it says that there was something to do."""

        def loop() -> None:
            while not self._stopping.is_set():
                if not self._guarded(work) and self.pause(every):
                    return

        threading.Thread(target=loop, daemon=True).start()

    def pause(self, seconds: float) -> bool:
        """Sleeps; True when everything is to end."""
        return self._stopping.wait(seconds)

    @property
    def busy(self) -> int:
        return self._busy

    def check(self) -> None:
        """Raises the first error that background work ran into, if any."""
        if self._errors:
            raise self._errors[0]

    def stop(self) -> None:
        self._stopping.set()

    def _run(self, work: Callable[[], object]) -> None:
        try:
            self._guarded(work)
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def _guarded(self, work: Callable[[], object]) -> bool:
        try:
            return bool(work())
        except BaseException as error:  # noqa: BLE001 # kept for whoever asks; a thread has nobody to raise to
            if not self._stopping.is_set():
                traceback.print_exc()
                self._errors.append(error)
            return False
