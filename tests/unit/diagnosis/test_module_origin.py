import pytest
from responder.diagnosis.missing_module import MissingModule
from responder.diagnosis.module_origin import origin_of
from responder.requirements.names import Origin


def origin(module, **more):
    return origin_of(
        MissingModule(module, more.pop("wanted", module), "/usr/local/airflow/dags/x.py", "", None, **more)
    )


KNOWN = {
    "sklearn": "scikit-learn",
    "bs4": "beautifulsoup4",
    "jwt": "pyjwt",
    "Crypto": "pycryptodome",
    "snowflake.connector": "snowflake-connector-python",
    "smart_open": "smart-open",
    "airflow.providers.snowflake": "apache-airflow-providers-snowflake",
    "airflow.providers.cncf.kubernetes": "apache-airflow-providers-cncf-kubernetes",
}


@pytest.mark.parametrize("module", KNOWN)
def test_reviewed_names_have_their_distribution(module):
    found = origin(module)
    assert (found.named.origin, found.choices[0], found.several) == (Origin.KNOWN, KNOWN[module], False)


def test_the_source_line_tells_what_the_error_does_not():
    """`from google.cloud import bigquery` fails with only "google"."""
    assert origin("google", wanted="google.cloud.bigquery").choices[0] == "google-cloud-bigquery"


@pytest.mark.parametrize("module", ["google", "google.cloud", "databricks"])
def test_a_shared_prefix_is_somebodys_and_nothing_is_proposed(module):
    """A distribution called `google` exists, and is something else."""
    found = origin(module)
    assert (found.named.origin, found.choices) == (Origin.KNOWN, ())


def test_a_providers_first_half_says_too_little():
    found = origin("airflow.providers.microsoft")
    assert found.several
    assert "apache-airflow-providers-microsoft-azure" in found.choices


@pytest.mark.parametrize(
    "module", ["airflow.operators.bash_operator", "airflow.providers.amazon.aws.operators.old", "airflow.contrib"]
)
def test_what_belongs_to_airflow_or_its_image_is_a_matter_of_versions(module):
    assert origin(module).airflow


@pytest.mark.parametrize("module", ["include", "utils.db", "company_plugin", "plugins", "dags.common"])
def test_own_names(module):
    assert origin(module).named.origin is Origin.OWN


def test_an_import_that_only_works_for_own_files():
    assert origin("requests.x", shadowed=True).named.origin is Origin.OWN
    assert origin("", relative=True).named.origin is Origin.OWN
