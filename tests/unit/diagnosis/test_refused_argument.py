import pytest
from responder.diagnosis.refused_argument import meant, refused

INVALID = "Invalid arguments were passed to {} (task_id: a). Invalid arguments were:\n**kwargs: {}"


@pytest.mark.parametrize(
    ("message", "names"),
    [
        pytest.param("DAG.__init__() got an unexpected keyword argument 'schedule_interval'", ("schedule_interval",), id="a DAG's of Airflow 2"),
        pytest.param("EcsRunTaskOperator.__init__() got an unexpected keyword argument 'volume_configurations'", ("volume_configurations",), id="a newer provider's"),
        pytest.param("BashOperator.__init__() got an unexpected keyword argument 'bash_comand'", (), id="a typo"),
        pytest.param(INVALID.format("PythonOperator", "{'provide_context': True}"), ("provide_context",), id="Airflow 1's"),
        pytest.param(INVALID.format("BashOperator", "{'comand': 'x'}"), (), id="nobody's"),
        pytest.param("MyOperator.__init__() got an unexpected keyword argument 'x'", (), id="a user's own class"),
        pytest.param("f() got an unexpected keyword argument 'bash_command'", (), id="a function"),
    ],
)  # fmt: skip
def test_knows_the_arguments_of_another_release(message: str, names: tuple[str, ...]) -> None:
    assert refused(message).of_another_release == names


@pytest.mark.parametrize(
    ("message", "told"),
    [
        pytest.param("BashOperator.__init__() got an unexpected keyword argument 'bash_comand'", "bash_command instead of bash_comand", id="one that looks like it"),
        pytest.param(INVALID.format("GlueJobOperator", "{'jobname': 'x'}"), "job_name instead of jobname", id="Airflow's own check"),
        pytest.param("BashOperator.__init__() got an unexpected keyword argument 'zzz'", "BashOperator takes append_env, bash_command", id="those that there are"),
    ],
)  # fmt: skip
def test_names_what_was_probably_meant(message: str, told: str) -> None:
    assert told in (meant(message) or "")


@pytest.mark.parametrize("message", ["no rows", "MyOperator.__init__() got an unexpected keyword argument 'x'", ""])
def test_says_nothing_of_what_it_does_not_know(message: str) -> None:
    assert meant(message) is None
