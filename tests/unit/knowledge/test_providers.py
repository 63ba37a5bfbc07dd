import pytest
from responder.knowledge import providers


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("airflow.providers.amazon.aws.hooks.s3", "apache-airflow-providers-amazon"),
        ("airflow.providers.cncf.kubernetes.operators.pod", "apache-airflow-providers-cncf-kubernetes"),
        ("airflow.providers.microsoft.azure.hooks.wasb", "apache-airflow-providers-microsoft-azure"),
        ("airflow.providers.common.sql.operators.sql", "apache-airflow-providers-common-sql"),
        ("airflow.providers.apache.spark.operators.spark_submit", "apache-airflow-providers-apache-spark"),
        ("airflow.providers.dbt.cloud", "apache-airflow-providers-dbt-cloud"),
        ("airflow.providers.snowflake", "apache-airflow-providers-snowflake"),
        ("airflow.providers.microsoft", None),
        ("airflow.providers.fabricated_by_a_stranger.operators.x", None),
        ("airflow.providers", None),
        ("airflow.operators.bash", None),
        ("my.providers.amazon", None),
    ],
)
def test_only_official_providers_are_named(module: str, name: str | None) -> None:
    assert providers.distribution(module) == name


def test_a_module_that_says_too_little_has_a_choice() -> None:
    assert "apache-airflow-providers-microsoft-mssql" in providers.siblings("airflow.providers.microsoft")
    assert providers.siblings("airflow.providers.amazon") == ()
    assert providers.siblings("pandas") == ()
