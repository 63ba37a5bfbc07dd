"""What a person is told to do, from whole logs: the words that tell one way to fail from another, and those that must not be there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from responder.diagnosis.catalogue import load
from responder.diagnosis.rank import diagnose
from responder.evidence.gather import gather
from responder.inquiry.question import NO_ANSWERS
from responder.intake.event import read
from responder.intake.scrub import scrub
from responder.model import LogEvent, Remedy

from tests.labelled_logs import CASES, diagnosed, reads_them_all

LOGGED = '{{"event": "Task failed with exception", "level": "error", "logger": "task", "error_detail": [{{"exc_type": "{}", "exc_value": "{}", "frames": [{{"filename": "/usr/local/airflow/dags/x.py", "lineno": 3, "name": "f"}}]}}]}}'
EVENTS = Path(__file__).parents[2] / "events"
OUT_OF_MEMORY = LOGGED.format("MemoryError", "Unable to allocate 2.00 GiB")
UNDEFINED = LOGGED.format("NameError", "name 'row' is not defined")


def remedy_for(case: str) -> Remedy:
    diagnosis = diagnosed(case)
    assert diagnosis
    return diagnosis.propose(NO_ANSWERS)


def told(remedy: Remedy) -> str:
    return "\n".join((remedy.summary, remedy.explanation, *remedy.steps))


TELLING = {
    "a kill without a word about memory is only most likely that": ("held-af3-sigkill", "most likely", "The task ran out of memory."),
    "an allocation that failed is no kill": ("written-af2-fork-mem", "The task ran out of memory.", "SIGKILL"),
    "a certificate that has expired needs no other root": ("written-af2-ul-cert", "dates", "root certificate"),
    "a state that was changed elsewhere is no scale-in": ("held-emr-serverless-not-running", "changed elsewhere", "scale-in"),
    "a missing heartbeat asks how the worker was": ("written-heartbeat3", "MemoryUtilization", "Audit Log"),
    "a sensor that timed out is not retried": ("run3-file-sensor", "does not retry a sensor", "unless"),
    "a trigger's time-out is no traceback to read": ("written-af2-defer-timeout", "deferred", "traceback"),
    "an environment variable is exported": ("run-env-missing", "export NOPE_BUCKET=", "Add custom configuration"),
    "an option is set in the console": ("run3-conf-missing", "Add custom configuration > acme.x", "export"),
    "a duplicate id gets another one": ("held-duplicate-task", "an id of its own", "cron"),
    "a wrong cron gets five fields": ("written-parse-cron-2", "five cron fields", "cycle"),
    "two lists are wired by chain": ("real-airflow-2-parse-list-list", "chain(list1, list2)", "cron"),
    "a template file is looked for by name": ("held-sql-file-template", "beside the DAG file", "default("),
    "a folder that cannot be written to is named": ("held-dbt-log-denied", "read-only", "only /tmp"),
    "a pin of Airflow itself is removed": ("held-pip-airflow-not-there", "Remove the line with apache-airflow", "spelling"),
    "two sides of a conflict are both named": ("held-pip-google-constraint", "the constraints want", "fits nothing"),
    "no package is said to be missing from a file that nobody read": ("held-docker-inside-provider", "is not installed", "missing from"),
    "a program that may not be run is not missing": ("t047-kube-exec-aws-denied", "chmod", "MWAA's image does not have it"),
    "a bucket that takes no ACL lacks no right": ("held-s3-acl-not-supported", "acl_policy=None", "not allowed to do"),
    "a web identity is let in by its provider": ("held-web-identity-refused", "Principal: Federated", "external id"),
    "a role that assumes itself need not": ("held-assume-own-role", "the very role", "environment within seconds"),
    "S3's habits are for S3": ("run3-ecs-nocluster", "region_name", "s3:ListBucket"),
    "a job is called by its operator, not by a sentence that others share": ("held-airbyte-job-failed", "job in Airbyte failed: {", "Dataproc"),
    "a pod is not called like the word behind it": ("held-image-not-found", "cannot be pulled", "kubectl describe pod docker"),
    "AWS's regions are for AWS": ("held-databricks-no-job", "Job 123 does not exist", "region_name"),
}  # fmt: skip


@pytest.mark.parametrize(("case", "said", "unsaid"), TELLING.values(), ids=list(TELLING))
def test_the_advice_is_about_this_way_to_fail(case: str, said: str, unsaid: str):
    words = told(remedy_for(case))
    assert said in words
    assert unsaid not in words


def for_a_workflow(text: str) -> Remedy:
    """What is advised where a task of MWAA Serverless has logged this."""
    raw = json.loads((EVENTS / "serverless_task_failed.json").read_text())
    diagnosis = diagnose(gather(replace(read(raw, now_ms=0)[0], events=(LogEvent(0, text),))), load())
    assert diagnosis
    return diagnosis.propose(NO_ANSWERS)


def test_a_serverless_workflow_is_told_nothing_about_an_environment():
    steps = for_a_workflow(OUT_OF_MEMORY).steps
    assert steps
    assert not any("the environment" in step for step in steps)


def test_a_serverless_workflow_is_updated_after_its_file():
    assert "update-workflow" in for_a_workflow(UNDEFINED).steps[-1]


def test_a_serverless_workflow_is_sent_to_its_own_guide():
    assert [link.url.split("/")[-2:] for link in for_a_workflow(UNDEFINED).links] == [
        ["mwaa-serverless-userguide", "what-is-mwaa-serverless.html"]
    ]


def faults(text: str) -> list[str]:
    """What a careful reader would mark."""
    found = [mark for mark in ("?.", "!.", ";.", ",.", "the the ") if mark in text]
    return found + ([] if text.rstrip().endswith((".", "…", "!", "?", ":")) else ["no end"])


@pytest.fixture(scope="module")
def remedies() -> dict[str, Remedy]:
    """Of every labelled log that shows a failure, by its name."""
    return {name: diagnosis.propose(NO_ANSWERS) for name in CASES if (diagnosis := diagnosed(name))}


@reads_them_all
def test_no_sentence_of_ours_ends_badly_or_is_empty_whatever_the_log_says(remedies: dict[str, Remedy]):
    marked = {}
    for name, remedy in remedies.items():
        bad = [text for text in (remedy.summary, remedy.explanation, *remedy.steps) if faults(text)]
        bad += [step for step in remedy.steps if step[:1].islower()]
        marked |= {name: bad} if bad else {}
    assert marked == {}


@reads_them_all
def test_our_own_words_and_what_is_to_be_pasted_are_nobodys_secrets(remedies: dict[str, Remedy]):
    ours = {text for each in remedies.values() for text in (*each.steps, *(it.text for it in each.artifacts))}
    changed = {text: scrubbed for text in ours if (scrubbed := scrub(text)) != text}
    assert changed == {}
