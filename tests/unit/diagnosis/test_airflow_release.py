import pytest
from responder.diagnosis.airflow_release import lost_attribute


@pytest.mark.parametrize(
    ("message", "name"),
    [
        pytest.param("'DAG' object has no attribute 'following_schedule'", "following_schedule", id="a DAG's"),
        pytest.param("'DagRun' object has no attribute 'get_task_instances'", "get_task_instances", id="a run's"),
        pytest.param(
            "'RuntimeTaskInstance' object has no attribute 'get_dagrun'", "get_dagrun", id="a task instance's"
        ),
        pytest.param("type object 'Variable' has no attribute 'setdefault'", "setdefault", id="of a class"),
    ],
)
def test_reads_what_tasks_of_airflow_3_are_not_given(message, name):
    assert lost_attribute(message) == name


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("'DAG' object has no attribute 'folowing_schedule'", id="a misspelling"),
        pytest.param("'NoneType' object has no attribute 'get_task_instances'", id="nothing"),
        pytest.param("type object 'Settings' has no attribute 'update'", id="somebody else's class"),
        pytest.param("", id="no words"),
    ],
)
def test_leaves_alone(message):
    assert lost_attribute(message) is None
