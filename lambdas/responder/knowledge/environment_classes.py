"""What a worker of each environment class has, and how many tasks MWAA lets run on it at once.

https://docs.aws.amazon.com/mwaa/latest/userguide/environment-class.html, read on 2026-11-22.
"""

from __future__ import annotations

from typing import NamedTuple


class Worker(NamedTuple):
    """Of one class: gigabytes of memory, tasks at once by default, the next larger class."""

    memory_gb: int
    tasks: int
    larger: str | None

    @property
    def share_gb(self) -> float:
        """Memory per task when all run at once."""
        return self.memory_gb / self.tasks


CLASSES = {
    "mw1.micro": Worker(3, 3, "mw1.small"),
    "mw1.small": Worker(2, 5, "mw1.medium"),
    "mw1.medium": Worker(4, 10, "mw1.large"),
    "mw1.large": Worker(8, 20, "mw1.xlarge"),
    "mw1.xlarge": Worker(24, 40, "mw1.2xlarge"),
    "mw1.2xlarge": Worker(48, 80, None),
}
