"""The command `evaluate`: counts what is right and fails under the bar."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.evaluate import main

LOG = '[2026-11-22T09:41:01.000+0000] {taskinstance.py:3313} ERROR - Task failed with exception\nTraceback (most recent call last):\n  File "/usr/local/airflow/dags/a.py", line 7, in f\n    1 / 0\nZeroDivisionError: division by zero'
DIVISION = {"category": "dag-code", "cause": "runtime-error"}


@pytest.fixture
def case(tmp_path: Path):
    def write(name: str, expected: dict, log: str = LOG) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        told = {"id": name, "log_group": "airflow-a-Task", "log_stream": "dag_id=a/run_id=r/task_id=t/attempt=1.log"}
        (folder / "case.json").write_text(json.dumps({**told, "expected": expected}))
        (folder / "log.jsonl").write_text(json.dumps({"timestamp": 1795339980000, "message": log}))
        return tmp_path

    return write


def test_a_right_answer_passes_the_bar(case, capsys):
    assert main([str(case("a", {**DIVISION, "facts": {"line": 7}}))]) == 0
    assert "cause right      100.0%" in capsys.readouterr().out


def test_a_wrong_answer_is_named_and_fails_the_bar(case, capsys):
    assert main([str(case("a", {"category": "network", "cause": "dns"}))]) == 1
    assert "a: expected network/dns, got dag-code/runtime-error" in capsys.readouterr().out


def test_a_label_that_the_log_supports_as_well_counts_as_right(case):
    expected = {"category": "network", "cause": "dns", "also_accept": [DIVISION]}
    assert main([str(case("a", expected))]) == 0


def test_a_lower_bar_is_easier(case):
    case("a", DIVISION)
    folder = str(case("b", {"category": "network", "cause": "dns"}))
    assert (main([folder]), main([folder, "--bar", "0.5"])) == (1, 0)


def test_wrong_facts_are_counted_and_named_but_a_number_equals_its_text(case, capsys):
    main([str(case("a", {**DIVISION, "facts": {"line": "7", "file": "/usr/local/airflow/dags/b.py"}}))])
    out = capsys.readouterr().out
    assert "facts right      50.0% of 2" in out
    assert "file expected '/usr/local/airflow/dags/b.py', got '/usr/local/airflow/dags/a.py'" in out


def test_a_diagnosis_of_a_log_without_a_failure_is_a_false_alarm(case, capsys):
    main([str(case("a", {"category": "none", "cause": "none"}))])
    assert "false alarms     1" in capsys.readouterr().out


def test_folders_without_cases_are_an_error(tmp_path: Path, capsys):
    assert main([str(tmp_path)]) == 2
    assert "no case.json" in capsys.readouterr().err


def test_a_broken_case_is_named(case, capsys):
    folder = case("a", DIVISION)
    (folder / "a" / "log.jsonl").write_text("{")
    assert main([str(folder)]) == 2
    assert "not a readable case" in capsys.readouterr().err
