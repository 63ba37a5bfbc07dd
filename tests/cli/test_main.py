"""The command itself finds its sub-commands."""

from __future__ import annotations

import pytest

from cli.main import COMMANDS, main


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert [name for name in COMMANDS if f"  {name} " not in told] == []


def test_an_unknown_command_is_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["diagnoze"])
    assert ended.value.code == 2
    assert "diagnoze" in capsys.readouterr().err


def test_the_rest_goes_to_the_sub_command(tmp_path, capsys):
    assert main(["diagnose", "--offline", str(tmp_path / "missing.log")]) == 2
    assert "missing.log" in capsys.readouterr().err
