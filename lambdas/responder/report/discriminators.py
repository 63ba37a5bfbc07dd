"""Which facts make two failures of one cause two problems: a table of knowledge, read by `fingerprint.py`.

A fact belongs here if a different value needs a different remedy. What differs from run to run (job ids, messages
with numbers in them, object keys) does not, or is made stable first.
"""

from __future__ import annotations

from typing import NamedTuple


class Facts(NamedTuple):
    """The facts that tell problems of a cause apart, and whether the task or the file belongs to the problem."""

    keys: tuple[str, ...]
    per_place: bool  # True: two tasks (or files) are two problems; False: one problem for all of an environment


_TEXT = ("exception", "file", "line", "message")
_CALL = ("aws_service", "aws_operation", "error_code")
_DENIAL = ("iam_action", "aws_operation", "resource", "principal")

# Causes that are not here are told apart by `DEFAULT`.
DISCRIMINATORS: dict[str, Facts] = {
    "missing-package": Facts(("distribution", "module"), per_place=False),
    "local-import": Facts(("module",), per_place=False),
    "requirements-conflict": Facts(("requirement", "distribution"), per_place=False),
    "requirements-not-found": Facts(("requirement", "distribution"), per_place=False),
    "requirements-build": Facts(("requirement", "distribution", "library"), per_place=False),
    "python-version": Facts(("requirement", "distribution"), per_place=False),
    "airflow-version": Facts(("module", "requirement", "file", "message"), per_place=False),
    "package-incompatible": Facts(("distribution", "module", "exception", "message"), per_place=False),
    "system-library": Facts(("library",), per_place=False),
    "environment-unhealthy": Facts((), per_place=False),
    "iam-denied": Facts(_DENIAL, per_place=False),
    "explicit-deny": Facts(_DENIAL, per_place=False),
    "resource-policy": Facts(_DENIAL, per_place=False),
    "kms-denied": Facts(_DENIAL, per_place=False),
    "assume-role": Facts(_DENIAL, per_place=False),
    "credentials": Facts(("error_code", "connection"), per_place=False),
    "service-auth": Facts(("host", "connection", "message"), per_place=False),
    "syntax-error": Facts(("file", "line"), per_place=False),
    "import-name": Facts(("file", "module", "message"), per_place=False),
    "operator-misuse": Facts(("file", "line", "message"), per_place=False),
    "undefined-name": Facts(("file", "line", "message"), per_place=False),
    "template-error": Facts(("exception", "message"), per_place=True),
    "dag-definition": Facts(("file", "message"), per_place=True),
    "runtime-error": Facts(_TEXT, per_place=False),
    "task-declared-failure": Facts(("exception", "message"), per_place=True),
    "command-failed": Facts(("exit_code",), per_place=True),
    "xcom": Facts(("exception",), per_place=True),
    "connection-missing": Facts(("connection",), per_place=False),
    "connection-invalid": Facts(("connection", "host", "message"), per_place=False),
    "variable-missing": Facts(("variable",), per_place=False),
    "secrets-backend": Facts(("message",), per_place=False),
    "airflow-config": Facts(("variable", "message"), per_place=False),
    "dns": Facts(("host",), per_place=False),
    "unreachable": Facts(("host",), per_place=False),
    "tls": Facts(("host", "message"), per_place=False),
    "out-of-memory": Facts((), per_place=True),
    "worker-lost": Facts((), per_place=False),
    "task-timeout": Facts((), per_place=True),
    "dag-import-timeout": Facts(("file",), per_place=True),
    "throttled": Facts(_CALL, per_place=False),
    "quota": Facts(_CALL, per_place=False),
    "disk-full": Facts((), per_place=False),
    "metadata-database": Facts((), per_place=False),
    "remote-job-failed": Facts(("aws_service",), per_place=True),
    "query-failed": Facts(("message",), per_place=True),
    "resource-not-found": Facts(("resource", "error_code", "message"), per_place=False),
    "service-error": Facts((*_CALL, "host"), per_place=False),
    "request-invalid": Facts((*_CALL, "message"), per_place=True),
    "sensor-timeout": Facts((), per_place=True),
    "upstream-failed": Facts((), per_place=True),
    "unknown": Facts(("exception", "message", "exit_code"), per_place=True),
}
DEFAULT = Facts(_TEXT, per_place=True)
