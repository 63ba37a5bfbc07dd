import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from responder.intake.component_log import MOST_TASKS, component_failures
from responder.intake.log_subscription import read_payload
from responder.model import Attempt, Failure, Kind, LogEvent, Place

EVENT = Path(__file__).parents[2] / "events" / "log_subscription_scheduler.json"
FINISHED = (
    "TaskInstance Finished: dag_id={dag}, task_id={task}, run_id=manual__1, map_index=-1, run_duration=2.2, state={state}, "
    "executor=CeleryExecutor(parallelism=4), executor_state={executor}, try_number={tried}, max_tries={most}, job_id=12"
)


def failures(*lines: str) -> tuple[Failure, ...]:
    return component_failures(Place("analytics"), [LogEvent(7, line) for line in lines], 7)


def finished(task: str, state: str, executor: str = "success", tried: int = 1, most: int = 2) -> str:
    return FINISHED.format(dag="sales", task=task, state=state, executor=executor, tried=tried, most=most)


def test_a_mismatch_and_a_zombie_become_their_tasks() -> None:
    ghost, mapped = read_payload(json.loads(EVENT.read_text()), now_ms=1)
    assert ghost.attempt == Attempt("ghost", "scheduled__2026-11-01T00:00:00+00:00", "fetch", None, 1, final=False)
    assert mapped.attempt == Attempt("per_store", "manual__2026-11-22T09:47:47.873335+00:00", "load", 2)
    assert {ghost.kind, mapped.kind} == {Kind.TASK}
    assert all("ghost" in event.message for event in ghost.events)
    assert len(mapped.events) == 1


def test_states_say_whether_another_try_follows() -> None:
    last, retried = failures(finished("a", "failed"), finished("b", "up_for_retry"))
    assert (last.attempt.final, retried.attempt.final) == (True, False)


def test_each_failed_task_gets_its_own_lines() -> None:
    first, second = failures(
        finished("extract", "failed"), finished("load", "failed"), "Marking run <DagRun sales @ x> failed"
    )
    assert [len(each.events) for each in (first, second)] == [2, 2]


def test_a_task_that_did_well_is_nothing() -> None:
    (failure,) = failures(finished("a", "success"))
    assert (failure.kind, failure.attempt) == (Kind.PROCESS, Attempt())


def test_a_lost_heartbeat_of_airflow_3_tells_the_try() -> None:
    line = (
        "2026-05-06T01:00:14.610844Z [error    ] Detected a task instance without a heartbeat: filepath='sales.py' bundle_name='dags-folder' "
        "msg=\"{'DAG Id': 'sales', 'Task Id': 'load', 'Run Id': 'manual__1', 'Hostname': 'ip-10-0-1-9'}\" ti=TaskInstance(id=UUID('01'), "
        "task_id='load', dag_id='sales', run_id='manual__1', try_number=2, map_index=-1, hostname='ip') context_from_server=TIRunContext(max_tries=1)"
    )
    (failure,) = failures(line)
    assert failure.attempt == Attempt("sales", "manual__1", "load", None, 2, final=True)


def test_a_mismatch_is_a_failure_whatever_the_executor_said() -> None:
    line = (
        "Executor CeleryExecutor(parallelism=4) reported that the task instance <TaskInstance: sales.load manual__1 map_index=3 [queued]> "
        "finished with state success, but the task instance's state attribute is queued."
    )
    (failure,) = failures(line)
    assert (failure.kind, failure.attempt.map_index) == (Kind.TASK, 3)


def test_without_a_finished_line_the_first_dot_parts_dag_and_task() -> None:
    line = "Executor reports task instance <TaskInstance: sales.group.load manual__1 [queued]> finished (failed) although the task says its queued."
    (failure,) = failures(line)
    assert (failure.attempt.dag_id, failure.attempt.task_id) == ("sales", "group.load")


ZOMBIE = (
    "[2026-11-22T09:41:00.662+0000] {{scheduler_job_runner.py:1760}} ERROR - Detected zombie job: {{'full_filepath': '/usr/local/airflow/dags/sales.py', "
    "'msg': \"{{'DAG Id': 'sales', 'Task Id': '{task}', 'Run Id': 'manual__1', {index}'Hostname': 'ip-10-0-1-2'}}\", 'is_failure_callback': True}}"
)


def test_a_worker_that_dies_with_eighty_tasks_is_eighty_sightings() -> None:
    """As many as the largest worker of MWAA runs; none of them has a log that tells of it."""
    found = failures(*(ZOMBIE.format(task=f"load_{number}", index="") for number in range(80)))
    assert {each.attempt.task_id for each in found} == {f"load_{number}" for number in range(80)}
    assert {(each.kind, len(each.events)) for each in found} == {(Kind.TASK, 1)}


def test_mapped_instances_that_are_lost_get_their_own_lines() -> None:
    found = failures(*(ZOMBIE.format(task="load", index=f"'Map Index': {number}, ") for number in range(80)))
    assert {each.attempt.map_index for each in found} == set(range(80))
    assert {len(each.events) for each in found} == {1}


def test_more_than_one_payload_may_name_stay_in_what_the_component_says() -> None:
    found = failures(*(ZOMBIE.format(task=f"load_{number}", index="") for number in range(MOST_TASKS + 3)))
    assert [each.kind for each in found] == [Kind.TASK] * MOST_TASKS + [Kind.PROCESS]
    assert len(found[-1].events) == 3


def test_a_task_that_did_well_says_nothing_of_one_that_failed() -> None:
    (failure,) = failures(finished("extract", "success"), finished("load", "failed"), "Run of sales has ended")
    assert [event.message[:12] for event in failure.events] == ["TaskInstance", "Run of sales"]


def test_what_the_component_says_of_itself_is_kept_apart() -> None:
    crash = "sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) server closed the connection"
    task, process = failures(finished("a", "failed"), "Traceback (most recent call last):", crash)
    assert (task.kind, process.kind) == (Kind.TASK, Kind.PROCESS)
    assert process.events[-1].message == crash


@given(
    st.lists(
        st.sampled_from([finished("a", "failed"), "<TaskInstance: ", "DAG Id': '", "zombie", "failed", "\\", "="]),
        max_size=30,
    )
)
def test_any_lines_are_read(pieces: list[str]) -> None:
    assert failures("".join(pieces), *pieces)
