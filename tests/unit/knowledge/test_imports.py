import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.knowledge import imports
from responder.knowledge.imports import Origin


@pytest.mark.parametrize(
    ("module", "distribution"),
    [
        pytest.param("yaml", "pyyaml", id="another spelling"),
        pytest.param("sklearn.linear_model", "scikit-learn", id="a module below it"),
        pytest.param("google.cloud.bigquery.client", "google-cloud-bigquery", id="a shared top level"),
        pytest.param(
            "google.cloud.secretmanager", "google-cloud-secret-manager", id="a shared top level, spelt otherwise"
        ),
        pytest.param("google.protobuf.message", "protobuf", id="a package inside a shared top level"),
        pytest.param("azure.storage.filedatalake", "azure-storage-file-datalake", id="azure"),
        pytest.param("mysql.connector", "mysql-connector-python", id="mysql's own"),
        pytest.param("dbt.adapters.snowflake", "dbt-snowflake", id="a plug-in of a shared name"),
        pytest.param("jwt", "pyjwt", id="not the stranger called jwt"),
        pytest.param("docx", "python-docx", id="not the stranger called docx"),
        pytest.param("polars", "polars", id="its own name"),
        pytest.param("snowflake.connector", "snowflake-connector-python", id="snowflake"),
        pytest.param("smart_open", "smart-open", id="an underscore"),
    ],
)
def test_knows_who_brings_a_module(module: str, distribution: str) -> None:
    found = imports.distributions(module)
    assert found is not None
    assert (found.best, found.namespace) == (distribution, False)


@pytest.mark.parametrize(
    "module",
    [
        "utils",
        "include.helpers",
        "common",
        "operators.my_operator",
        "my_company_tools",
        "tests",
        "plugins",
        "config",
        "",
    ],
)
def test_never_takes_a_users_own_module_for_a_distribution(module: str) -> None:
    assert imports.distributions(module) is None


def test_a_shared_top_level_alone_names_nobody() -> None:
    found = imports.distributions("google")
    assert found is not None
    assert found.namespace
    assert len(found.distributions) > 1


def test_a_choice_prefers_what_the_environment_pins() -> None:
    first = imports.distributions("psycopg2.extras")
    second = imports.distributions("psycopg2.extras", prefer={"psycopg2"})
    assert first is not None
    assert second is not None
    assert (first.best, second.best, second.origin) == ("psycopg2-binary", "psycopg2", Origin.REVIEWED)


def test_a_distribution_names_its_modules() -> None:
    assert "bs4" in imports.modules_of("beautifulsoup4")
    assert imports.modules_of("no-such-distribution") == ()


@given(st.text(max_size=300))
def test_any_name_is_looked_up(module: str) -> None:
    found = imports.distributions(module)
    assert found is None or module.startswith(found.module)


@pytest.mark.parametrize(
    ("module", "is_one"),
    [
        pytest.param("pydantic._internal", True, id="one wheel brings it all"),
        pytest.param("google.cloud.storage", False, id="a shared top level"),
        pytest.param("opentelemetry.exporter", False, id="a top level that one owns and others add to"),
        pytest.param("acme.reports", False, id="nobody knows it"),
    ],
)
def test_knows_whether_a_name_is_one_distributions_alone(module: str, is_one: bool) -> None:
    assert imports.is_one_distribution(module) is is_one
