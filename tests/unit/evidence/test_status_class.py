"""SDKs name exceptions after a status: only those that an installed distribution raises."""

from __future__ import annotations

import pytest
from responder.evidence.status_class import status_of_class
from responder.model import Frame, Raised

SDK = "/usr/local/airflow/.local/lib/python3.11/site-packages/databricks/sdk/_base_client.py"
DAG = "/usr/local/airflow/dags/sales.py"
PROVIDER = "/usr/local/airflow/.local/lib/python3.11/site-packages/airflow/providers/http/hooks/http.py"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        pytest.param("databricks.sdk.errors.platform.PermissionDenied", 403, id="a bare name"),
        pytest.param("azure.core.exceptions.ResourceNotFoundError", 404, id="with Error behind it"),
        pytest.param("vendor.UnauthorizedException", 401, id="with Exception behind it"),
        pytest.param("RateLimitError", 429, id="without a module, as Airflow 3 prints it"),
        pytest.param("vendor.VersionConflict", None, id="leaves alone what only ends like a status"),
        pytest.param("vendor.ApiError", None, id="leaves alone what says nothing"),
    ],
)
def test_reads_the_status_off_the_name(name: str, status: int | None):
    assert status_of_class(Raised(name, "", (Frame(SDK, 7, "call"),))) == status


@pytest.mark.parametrize(
    "frames",
    [
        pytest.param((Frame(DAG, 7, "load"),), id="the user's code"),
        pytest.param((Frame(PROVIDER, 7, "run"),), id="Airflow's"),
        pytest.param((), id="nobody known"),
    ],
)
def test_leaves_alone_what_others_raise(frames: tuple[Frame, ...]):
    assert status_of_class(Raised("vendor.NotFound", "", frames)) is None
