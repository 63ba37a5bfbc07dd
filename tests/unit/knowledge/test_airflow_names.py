import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.knowledge import airflow_names as names
from responder.knowledge import images

S3 = "airflow.providers.amazon.aws.operators.s3"


def test_every_image_is_covered() -> None:
    assert names.versions() == images.versions()


@pytest.mark.parametrize(
    ("version", "module", "there"),
    [
        ("2.10.3", "airflow.operators.python_operator", True),
        ("3.0.6", "airflow.operators.python_operator", False),
        ("3.0.6", "airflow.operators.python", True),
        ("3.0.6", "airflow.operators.subdag", False),
        ("3.0.6", "airflow.providers.standard.operators.bash", True),
        ("2.9.2", "airflow.sdk", False),
        ("2.10.3", "airflow.providers", True),
        ("2.10.3", "airflow.providers.amazon.aws.operators.emr_containers", False),
        ("1.10.12", "airflow", None),
    ],
)
def test_knows_which_modules_an_image_has(version: str, module: str, there: bool | None) -> None:
    assert names.module_in(version, module) is there


@pytest.mark.parametrize(
    ("version", "module", "name", "there"),
    [
        ("2.10.3", "airflow.utils.dates", "days_ago", True),
        ("3.0.6", "airflow.utils.dates", "days_ago", False),
        ("3.0.6", "airflow.sdk", "Asset", True),
        ("3.0.6", "airflow.sdk", "Assets", False),
        ("2.10.3", "airflow", "DAG", True),
        ("2.10.3", "airflow.models", "Variable", True),
        ("2.10.3", "airflow.providers.http.operators.http", "SimpleHttpOperator", True),
        ("3.0.6", "airflow.providers.http.operators.http", "SimpleHttpOperator", False),
        ("2.10.3", "airflow.models.baseoperator", "chain", True),
        ("3.0.6", "no.such.module", "x", None),
    ],
)
def test_knows_which_names_a_module_offers(version: str, module: str, name: str, there: bool | None) -> None:
    assert names.has(version, module, name) is there


def test_lists_what_a_module_offers() -> None:
    assert "BashOperator" in names.names("3.0.6", "airflow.providers.standard.operators.bash")
    assert names.names("2.9.2", "airflow.sdk") == ()


def test_finds_every_home_of_a_name() -> None:
    first = names.where("S3KeySensor")[0]
    assert (first.module, first.distribution) == (
        "airflow.providers.amazon.aws.sensors.s3",
        "apache-airflow-providers-amazon",
    )
    assert first.versions == names.versions()
    assert names.where("NoSuchOperatorAnywhere") == ()


@pytest.mark.parametrize(
    ("module", "wanted", "version", "nearest"),
    [
        ("airflow.sdk", "Assets", "3.0.6", "Asset"),
        (S3, "S3CopyObjectOprator", "2.10.3", "S3CopyObjectOperator"),
        (S3, "s3listoperator", "2.10.3", "S3ListOperator"),
        ("airflow.operators.bash", "BashOperater", "2.10.3", "BashOperator"),
    ],
)
def test_names_what_was_probably_meant(module: str, wanted: str, version: str, nearest: str) -> None:
    assert names.nearest(module, wanted, version)[0] == nearest


def test_offers_nothing_that_is_not_alike() -> None:
    assert names.nearest(S3, "Zebra", "2.10.3") == ()


@pytest.mark.parametrize(
    ("module", "name", "version", "place"),
    [
        ("airflow.operators.bash_operator", "BashOperator", "2.10.3", "airflow.operators.bash.BashOperator"),
        ("airflow.operators.bash_operator", "BashOperator", "3.0.6", "airflow.providers.standard.operators.bash.BashOperator"),
        ("airflow.operators.python", None, "3.0.6", "airflow.providers.standard.operators.python"),
        ("airflow.providers.http.operators.http", "SimpleHttpOperator", "3.0.6", "airflow.providers.http.operators.http.HttpOperator"),
        ("airflow.providers.amazon.aws.operators.ecs", "ECSOperator", "2.10.3", "airflow.providers.amazon.aws.operators.ecs.EcsRunTaskOperator"),
        ("airflow.operators.subdag", "SubDagOperator", None, "airflow.sdk.TaskGroup"),
        ("airflow.utils.dates", "days_ago", "3.0.6", None),
    ],
)  # fmt: skip
def test_knows_where_a_name_moved(module: str, name: str | None, version: str | None, place: str | None) -> None:
    assert names.moved(module, name, version=version) == place


@pytest.mark.parametrize("version", names.versions())
def test_a_new_place_of_a_name_is_one_that_the_image_has(version: str) -> None:
    for module, name in [
        ("airflow.operators.python_operator", "PythonOperator"),
        ("airflow.sensors.base_sensor_operator", "BaseSensorOperator"),
    ]:
        place = names.moved(module, name, version=version)
        assert place is not None
        assert names.has(version, *place.rsplit(".", 1))


@pytest.mark.parametrize(
    ("version", "stand_in"),
    [
        ("2.10.3", "2.10.3"),
        ("2.10.5", "2.10.3"),
        ("3.1.0", "3.0.6"),
        ("2.8.1", "2.9.2"),
        ("3.9", "3.3.1"),
        ("1.10.12", None),
        ("x", None),
        ("", None),
    ],
)
def test_an_unknown_version_has_a_stand_in_of_its_own_major(version: str, stand_in: str | None) -> None:
    assert names.nearest_version(version) == stand_in


@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from([*names.versions(), "x"]))
def test_any_names_are_looked_up(module: str, name: str, version: str) -> None:
    assert all(home.versions for home in names.where(name))
    assert set(names.nearest("airflow.sdk", name, version)) <= set(names.names(version, "airflow.sdk"))
    assert names.moved(module, name, version=version) is None
    assert names.versions_of(module, name) == ()
