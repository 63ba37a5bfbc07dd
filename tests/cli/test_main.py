"""The command itself finds its sub-commands."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cli.main import COMMANDS, main


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert [name for name in COMMANDS if f"  {name} " not in told] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: mwaa-responder {command} ")


def test_help_is_what_no_command_gets(capsys):
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 0
    assert "diagnose" in capsys.readouterr().out


MISUSED = {
    "a part that there is not": ("faults", "--part", "3/2"),
    "a part that is no part": ("faults", "--part", "x"),
    "no row of that name": ("faults", "--only", "no such row"),
    "an index that is no address": ("requirements", "requirements.txt", "--airflow", "2.10.3", "--index", "nonsense"),
    "tables from what is no address": ("knowledge", "refresh", "--index", "nonsense"),
}


@pytest.mark.parametrize("given", MISUSED.values(), ids=MISUSED.keys())
def test_arguments_that_make_no_sense_are_refused(given, capsys):
    with pytest.raises(SystemExit) as ended:
        main(given)
    assert ended.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path):
    log = tmp_path / "task.log"
    log.write_text("KeyError: 'x'\n")
    one = f"{sys.executable} -m cli.main diagnose --offline --format json {log} " + f"{log} " * 200
    run = subprocess.run(("bash", "-c", f"{one} | head -n 1"), capture_output=True, text=True, check=True)
    assert run.stderr == ""


def test_an_unknown_command_is_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["diagnoze"])
    assert ended.value.code == 2
    assert "diagnoze" in capsys.readouterr().err


def test_the_rest_goes_to_the_sub_command(tmp_path, capsys):
    assert main(["diagnose", "--offline", str(tmp_path / "missing.log")]) == 2
    assert "missing.log" in capsys.readouterr().err
