import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.knowledge import airflow_names, arguments

ALL = arguments.versions()
AIRFLOW_2 = tuple(version for version in ALL if version.startswith("2."))


def test_every_image_is_covered() -> None:
    assert airflow_names.versions() == ALL


@pytest.mark.parametrize(
    ("class_name", "argument", "images"),
    [
        pytest.param("DAG", "schedule_interval", AIRFLOW_2, id="went with Airflow 3"),
        pytest.param("DAG", "fail_fast", tuple(set(ALL) - set(AIRFLOW_2)), id="came with Airflow 3"),
        pytest.param("DAG", "dag_id", ALL, id="was always there"),
        pytest.param("BashOperator", "bash_command", ALL, id="its own"),
        pytest.param("BashOperator", "retries", ALL, id="every operator's"),
        pytest.param("S3KeySensor", "poke_interval", ALL, id="every sensor's"),
        pytest.param("S3KeySensor", "retries", ALL, id="every operator's, also a sensor's"),
        pytest.param("BashOperator", "poke_interval", (), id="not a sensor's for an operator"),
        pytest.param("GlueJobOperator", "aws_conn_id", ALL, id="of a class between"),
        pytest.param("BashOperator", "bash_comand", (), id="a typo"),
        pytest.param("NobodysOperator", "task_id", (), id="an unknown class"),
    ],
)
def test_knows_which_images_take_an_argument(class_name: str, argument: str, images: tuple[str, ...]) -> None:
    assert sorted(arguments.taken_by(class_name, argument)) == sorted(images)


@pytest.mark.parametrize(
    ("class_name", "argument", "version", "taken"),
    [
        ("DAG", "schedule_interval", "2.10.3", True),
        ("DAG", "schedule_interval", "3.0.6", False),
        ("SnowflakeOperator", "sql", "3.3.1", None),
        ("BashOperator", "env", "1.10.12", None),
    ],
)
def test_knows_what_a_class_takes_in_one_image(
    class_name: str, argument: str, version: str, taken: bool | None
) -> None:
    assert arguments.takes(class_name, argument, version) is taken


@pytest.mark.parametrize(
    ("class_name", "given", "meant"),
    [
        ("BashOperator", "bash_comand", "bash_command"),
        ("S3KeySensor", "poke_intervall", "poke_interval"),
        ("GlueJobOperator", "jobname", "job_name"),
        ("BashOperator", "retrys", "retries"),
    ],
)
def test_names_the_argument_that_was_probably_meant(class_name: str, given: str, meant: str) -> None:
    assert arguments.nearest(class_name, given, "3.0.6")[0] == meant


def test_lists_what_a_class_takes_of_its_own() -> None:
    assert {"bash_command", "env", "cwd"} <= set(arguments.accepted("BashOperator", "2.10.3"))
    assert "task_id" not in arguments.accepted("BashOperator", "2.10.3")
    assert arguments.accepted("BashOperator", "1.10.12") == ()


def test_knows_which_images_have_a_class() -> None:
    assert arguments.images_with("BashOperator") == ALL
    assert arguments.images_with("NobodysOperator") == ()


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from([*ALL, "x", ""]))
def test_any_names_are_looked_up(class_name: str, argument: str, version: str) -> None:
    arguments.taken_by(class_name, argument)
    assert arguments.takes("BashOperator", argument, version) in {True, False, None}
    assert len(arguments.nearest("BashOperator", argument, version)) <= arguments.MOST_NEAREST
