"""The worker's own disk names the path in quotes; a server's answer does not."""

from __future__ import annotations

import pytest
from responder.evidence.own_disk import is_absent_here, is_of_own_disk
from responder.model import Raised


@pytest.mark.parametrize(
    ("message", "absent", "refused"),
    [
        pytest.param("[Errno 2] No such file or directory: '/tmp/x.csv'", True, False, id="reads a file that is not here"),
        pytest.param("[Errno 13] Permission denied: '/usr/local/airflow/dags/x'", False, True, id="reads a path not to be written"),
        pytest.param("[Errno 30] Read-only file system: '/usr/local/airflow/dags/x'", False, True, id="reads a read-only disk"),
        pytest.param("[Errno 2] No such file", False, False, id="leaves alone an SFTP server's answer"),
        pytest.param("[Errno 13] Permission denied", False, False, id="leaves alone an SFTP server's refusal"),
        pytest.param("Access Denied", False, False, id="leaves alone what s3fs says"),
    ],
)  # fmt: skip
def test_reads(message: str, *, absent: bool, refused: bool):
    raised = Raised("OSError", message)
    assert (is_absent_here(raised), is_of_own_disk(raised)) == (absent, refused)
