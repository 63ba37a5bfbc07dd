"""Where MWAA keeps the user's files, and which of them a path in requirements.txt means.

https://docs.aws.amazon.com/mwaa/latest/userguide/configuring-dag-folder.html
"""

from __future__ import annotations

import posixpath

HOME = "/usr/local/airflow"
DAGS = f"{HOME}/dags/"
REQUIREMENTS = f"{HOME}/requirements/"  # where the file itself lies; nothing else of the bucket is copied there
STARTUP = ("/tmp/", f"{HOME}/")  # noqa: S108 - plugins.zip or a startup script may have put a file there before pip runs
NOTHING = "/dev/null"


def named(value: str) -> str:
    """The absolute path of a file that an option names: pip reads it relative to the file that holds the line.

    An address and a path with a variable stay as they are.
    https://pip.pypa.io/en/stable/reference/requirements-file-format/#referring-to-other-requirements-files
    """
    path = value.removeprefix("file://")
    return value if "://" in path or path.startswith("$") else posixpath.normpath(posixpath.join(REQUIREMENTS, path))


def below_dags(value: str) -> str | None:
    """The path below the DAGs folder, None for any other place."""
    path = named(value)
    return path.removeprefix(DAGS) if path.startswith(DAGS) else None
