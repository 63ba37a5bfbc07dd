"""Whether an exception is about a path of the worker itself: its own system alone names the path in quotes.

PermissionError: [Errno 13] Permission denied: '/usr/local/airflow/dags/out.csv'
OSError: [Errno 30] Read-only file system: '/usr/local/airflow/dags/logs'
FileNotFoundError: [Errno 2] No such file or directory: '~/.ssh/id_rsa'

A server's answer comes without a path (paramiko: `[Errno 2] No such file`) or with other words (s3fs: `Access Denied`).
"""

from __future__ import annotations

from responder.evidence.lazy_pattern import lazy
from responder.model import Raised

_ABSENT = lazy(r"^\[Errno 2\] No such file or directory: '[^'\n]{1,500}'")
_REFUSED = lazy(
    r"^\[Errno (?:1|13|30)\] (?:Operation not permitted|Permission denied|Read-only file system): '[^'\n]{1,500}'"
)


def is_of_own_disk(raised: Raised) -> bool:
    """A path that may not be written or read here."""
    return bool(_REFUSED.match(raised.message))


def is_absent_here(raised: Raised) -> bool:
    """A file that is not on this machine."""
    return bool(_ABSENT.match(raised.message))
