"""The commands ask an account by boto3 alone: with nothing but environment variables, this one is the sandbox."""

import json
import os
import subprocess
import sys

import pytest

from cli.sandbox import scenes
from cli.sandbox.assembly import PROJECT
from cli.sandbox.environment import LOG_TYPES


@pytest.fixture(scope="module")
def command(aws):
    scenes.prepare(aws)
    path = os.pathsep.join((str(PROJECT), str(PROJECT / "lambdas")))

    def ran(*arguments, given=""):
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": path, **aws.environ}
        asked = [sys.executable, "-m", "cli.main", *arguments]
        done = subprocess.run(asked, env=environ, input=given, capture_output=True, text=True, check=False, cwd=PROJECT)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return ran


def test_discover_finds_what_is_there(command):
    found = json.loads(command("discover"))
    assert {name: each["airflow_version"] for name, each in found["environments"].items()} == {
        each.name: each.airflow_version for each in scenes.ENVIRONMENTS
    }
    analytics = found["environments"][scenes.ANALYTICS.name]
    assert analytics["execution_role_arn"].endswith(scenes.ANALYTICS.role_name)
    assert analytics["logs"] == {kind: scenes.ANALYTICS.log_group(kind) for kind in LOG_TYPES}


def test_diagnose_asks_the_account_and_proves(command):
    log = "\n".join(scenes.labelled("real-af2-task-export-to-lake")[1])
    told = json.loads(command("diagnose", "--environment", scenes.ANALYTICS.name, "--format", "json", "-", given=log))
    (failure,) = told["failures"]
    assert failure["cause"] == "iam-denied"
    assert failure["remedy"]["proof"]["level"] == "PROVEN"


def test_diagnose_asks_nobody_when_offline(command):
    log = "\n".join(scenes.labelled("real-af2-task-export-to-lake")[1])
    told = json.loads(command("diagnose", "--offline", "--format", "json", "-", given=log))
    assert told["failures"][0]["remedy"]["proof"]["level"] == "SUSPECTED"
