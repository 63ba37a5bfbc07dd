"""The plugin under pluggy itself, against the hooks as each Airflow declares them, with EventBridge on loopback.

The declarations: airflow/listeners/spec in https://github.com/apache/airflow, at 2.9.2, 2.10.3 and 3.0.6.
"""

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType, SimpleNamespace
from typing import Any

import pluggy
import pytest
from responder.intake.event import read
from responder.model import Failure, Kind

FILE = Path(__file__).parents[2] / "plugin" / "mwaa_responder_listener.py"
SPEC = pluggy.HookspecMarker("airflow")


class State(StrEnum):
    FAILED = "failed"
    UP_FOR_RETRY = "up_for_retry"
    RUNNING = "running"


class Hooks29:
    @SPEC
    def on_task_instance_failed(self, previous_state, task_instance, session): ...


class Hooks210:
    @SPEC
    def on_task_instance_failed(self, previous_state, task_instance, error, session): ...

    @SPEC
    def on_new_dag_import_error(self, filename, stacktrace): ...

    @SPEC
    def on_existing_dag_import_error(self, filename, stacktrace): ...


class Hooks30:
    @SPEC
    def on_task_instance_failed(self, previous_state, task_instance, error): ...

    @SPEC
    def on_new_dag_import_error(self, filename, stacktrace): ...

    @SPEC
    def on_existing_dag_import_error(self, filename, stacktrace): ...


AIRFLOWS = {
    "2.7.2": Hooks29,
    "2.9.2": Hooks29,
    "2.10.3": Hooks210,
    "2.11.2": Hooks210,
    "3.0.6": Hooks30,
    "3.3.1": Hooks30,
}
Events = list[dict[str, Any]]


class Bus(BaseHTTPRequestHandler):
    taken: Events
    answer: tuple[int, bytes]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.taken.extend(body["Entries"])
        status, content = self.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Bus]]:
    handler = type(
        "OneBus", (Bus,), {"taken": [], "answer": (200, b'{"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]}')}
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    settings = {
        "AWS_ENDPOINT_URL_EVENTBRIDGE": f"http://127.0.0.1:{server.server_port}",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AIRFLOW_ENV_NAME": "analytics",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    yield handler
    server.shutdown()
    server.server_close()


def module(name: str, **content: Any) -> ModuleType:
    made = ModuleType(name)
    made.__dict__.update(content)
    return made


@pytest.fixture
def airflow(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Loads the plugin as this Airflow would, and gives the hooks that Airflow calls."""

    def load(version: str, **masker: Any) -> Any:
        stand_ins = {
            "airflow": module("airflow", __version__=version, __path__=[]),
            "airflow.listeners": module("airflow.listeners", hookimpl=pluggy.HookimplMarker("airflow")),
            "airflow.plugins_manager": module("airflow.plugins_manager", AirflowPlugin=object),
        }
        for name, content in masker.items():
            stand_ins[name] = module(name, redact=content)
        for name, stand_in in stand_ins.items():
            monkeypatch.setitem(sys.modules, name, stand_in)
        spec = importlib.util.spec_from_file_location("mwaa_responder_listener", FILE)
        assert spec is not None
        assert spec.loader is not None
        plugin = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(plugin)
        manager = pluggy.PluginManager("airflow")
        manager.add_hookspecs(AIRFLOWS[version])
        for listener in plugin.MwaaResponderListener.listeners:
            manager.register(listener)  # an argument that this Airflow does not pass would be refused here
        return manager.hook

    return load


def instance(**other: Any) -> SimpleNamespace:
    dag = SimpleNamespace(fileloc="/usr/local/airflow/dags/sales.py")
    given = {
        "dag_id": "sales",
        "run_id": "manual:1",
        "task_id": "load",
        "map_index": -1,
        "try_number": 1,
        "max_tries": 1,
        "state": State.UP_FOR_RETRY,
        "task": SimpleNamespace(dag=dag),
    }
    return SimpleNamespace(**(given | other))


def arguments(version: str, **given: Any) -> dict[str, Any]:
    """As this Airflow calls the hook."""
    called = {"previous_state": State.RUNNING, "task_instance": instance()} | given
    if AIRFLOWS[version] is Hooks29:
        called.pop("error", None)
    return called if AIRFLOWS[version] is Hooks30 else called | {"session": None}


def broken_task() -> None:
    raise ValueError("no rows") from KeyError("x")


def fail(hooks: Any, version: str, **given: Any) -> None:
    try:
        broken_task()
    except ValueError as error:
        hooks.on_task_instance_failed(**arguments(version, **({"error": error} | given)))


def sighting(event: dict[str, Any]) -> Failure:
    """What our own intake makes of an event after EventBridge has wrapped it."""
    raw = {
        "source": event["Source"],
        "detail-type": event["DetailType"],
        "detail": json.loads(event["Detail"]),
        "account": "123456789012",
    }
    (failure,) = read(raw, now_ms=1795341600000)
    return failure


@pytest.mark.parametrize("version", AIRFLOWS)
def test_every_airflow_takes_the_listener_and_its_failures_arrive(
    version: str, bus: type[Bus], airflow: Callable[..., Any]
) -> None:
    fail(airflow(version), version)
    (event,) = bus.taken
    failure = sighting(event)
    assert (failure.kind, failure.place.environment) == (Kind.TASK, "analytics")
    assert (failure.attempt.dag_id, failure.attempt.run_id, failure.attempt.task_id) == ("sales", "manual:1", "load")
    assert (failure.attempt.try_number, failure.attempt.map_index, failure.attempt.final) == (1, None, False)
    assert failure.dag_file == "/usr/local/airflow/dags/sales.py"
    text = failure.events[0].message
    assert "KeyError: 'x'" in text
    assert "ValueError: no rows" in text


def test_the_last_try_is_told_as_the_last(bus: type[Bus], airflow: Callable[..., Any]) -> None:
    fail(airflow("3.0.6"), "3.0.6", task_instance=instance(state=State.FAILED, map_index=4))
    attempt = sighting(bus.taken[0]).attempt
    assert (attempt.final, attempt.map_index) == (True, 4)


@pytest.mark.parametrize("error", [None, "Task killed externally"])
def test_a_scheduler_gives_a_text_or_nothing(error: str | None, bus: type[Bus], airflow: Callable[..., Any]) -> None:
    airflow("2.10.3").on_task_instance_failed(**arguments("2.10.3", error=error))
    assert (error or "Task failed") in sighting(bus.taken[0]).events[0].message


@pytest.mark.parametrize("version", ["2.10.3", "3.0.6"])
def test_a_dag_file_that_does_not_import_arrives_once(
    version: str, bus: type[Bus], airflow: Callable[..., Any]
) -> None:
    hooks = airflow(version)
    given = {
        "filename": "/usr/local/airflow/dags/sales.py",
        "stacktrace": "Traceback\nModuleNotFoundError: No module named 'polars'",
    }
    hooks.on_new_dag_import_error(**given)
    hooks.on_existing_dag_import_error(**given)
    (event,) = bus.taken
    failure = sighting(event)
    assert (failure.kind, failure.dag_file) == (Kind.DAG_FILE, "/usr/local/airflow/dags/sales.py")
    assert "No module named 'polars'" in failure.events[0].message


@pytest.mark.parametrize(
    "name",
    [
        "airflow.utils.log.secrets_masker",
        "airflow.sdk.execution_time.secrets_masker",
        "airflow.sdk._shared.secrets_masker",
    ],
)
def test_what_airflow_knows_to_be_secret_does_not_leave(name: str, bus: type[Bus], airflow: Callable[..., Any]) -> None:
    fail(airflow("3.0.6", **{name: lambda text: text.replace("no rows", "***")}), "3.0.6")
    assert "no rows" not in bus.taken[0]["Detail"]


def test_an_endless_message_is_cut_in_its_middle(bus: type[Bus], airflow: Callable[..., Any]) -> None:
    airflow("3.0.6").on_task_instance_failed(**arguments("3.0.6", error="start" + "x" * 900_000 + "end"))
    error = json.loads(bus.taken[0]["Detail"])["error"]
    assert len(error) < 61_000
    assert error.startswith("start")
    assert error.endswith("end")


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"{}"),
        (400, b'{"__type": "AccessDeniedException"}'),
        (200, b"<html>"),
        (200, b'{"FailedEntryCount": 1, "Entries": [{"ErrorCode": "ThrottlingException"}]}'),
    ],
)
def test_a_bus_that_refuses_never_reaches_airflow(
    answer: tuple[int, bytes], bus: type[Bus], airflow: Callable[..., Any]
) -> None:
    bus.answer = answer
    fail(airflow("2.10.3"), "2.10.3")
    assert len(bus.taken) == 1  # no second try: the task's slot must not wait


def test_no_way_to_the_bus_never_reaches_airflow(
    bus: type[Bus], airflow: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_EVENTBRIDGE", "http://127.0.0.1:1")
    fail(airflow("2.10.3"), "2.10.3")
    assert bus.taken == []


@pytest.mark.parametrize("broken", [SimpleNamespace(), None, instance(state=object(), task=None, dag_id=object())])
def test_a_task_instance_of_another_shape_never_reaches_airflow(
    broken: Any, bus: type[Bus], airflow: Callable[..., Any]
) -> None:
    fail(airflow("3.3.1"), "3.3.1", task_instance=broken)
    assert len(bus.taken) == 1
