"""Every form of a secret is found however the text around it is written down."""

from __future__ import annotations

import html
import json
from collections.abc import Callable

import pytest
from responder.intake.scrub import scrub, scrub_all, scrub_name

from tests.unit.intake.secret_forms import FORMS, HOLE, TABLES
from tests.unit.intake.secret_samples import look_alikes
from tests.unit.intake.secret_twins import TWINS

_LONG = 20  # characters; of a longer secret a part does harm too
_PART = 14

# How logs hold what was said.
CONTEXTS: dict[str, Callable[[str], str]] = {
    "alone": str,
    "Airflow 2's record": lambda said: (
        f"[2026-01-01T00:00:00.000+0000] {{taskinstance.py:3313}} ERROR - Task failed: {said}"
    ),
    "Airflow 3's record": lambda said: json.dumps(
        {"event": f"Task failed: {said}", "level": "error", "logger": "task"}
    ),
    "exception of Airflow 3": lambda said: json.dumps(
        {"error_detail": [{"exc_type": "ValueError", "exc_value": said}]}
    ),
    "source line": lambda said: f'  File "/usr/local/airflow/dags/a.py", line 3, in f\n    {said}',
    "pip": lambda said: f"ERROR: Command errored out with exit status 1: pip install ({said}) Check the logs.",
    "JSON in an event's JSON": lambda said: json.dumps({"detail": {"conf": json.dumps({"note": json.dumps(said)})}}),
    "repr of a dict": lambda said: f"conf={ {'note': said}!r}, retries=2",
    "page of HTML": lambda said: f"<pre>{html.escape(said)}</pre>",
    "long line": lambda said: "Nothing to see here. " * 300 + said + " and so on it goes." * 200,
}
# YAML's lines need their ends, and in what is escaped twice or quoted as HTML `>-` is no longer what it was.
_NOT_IN = {
    ("YAML's folded text", "page of HTML"),
    ("arrow of Scala", "page of HTML"),
    ("CSV with quotation marks", "repr of a dict"),  # where each of them looks like the text's end
}


@pytest.mark.parametrize("kind", FORMS)
def test_a_secret_is_found_in_every_context(kind: str) -> None:
    around, secret = FORMS[kind]
    said = around.replace(HOLE, secret)
    leaks = [
        name
        for name, context in CONTEXTS.items()
        if (kind, name) not in _NOT_IN and _is_seen(secret, scrub(context(said)))
    ]
    assert not leaks


@pytest.mark.parametrize("kind", FORMS)
def test_what_comes_behind_it_stays(kind: str) -> None:
    around, secret = FORMS[kind]
    once = scrub(f"{around.replace(HOLE, secret)}\n[2026-01-01] the end")
    assert once.endswith("the end")
    assert scrub(once) == once


# How logs hold a table: as one text, or as a record for each line.
PRINTED: dict[str, Callable[[str], str]] = {
    **{name: CONTEXTS[name] for name in CONTEXTS if name not in {"pip", "page of HTML", "long line"}},
    "behind a line": lambda said: (
        f"[2026-01-01T00:00:00.000+0000] {{logging_mixin.py:190}} INFO - result:\n{said}\nend"
    ),
    "records of Airflow 2": lambda said: "\n".join(
        f"[2026-01-01T00:00:00.000+0000] {{subprocess.py:93}} INFO - {line}" for line in said.split("\n")
    ),
    "records of Airflow 3": lambda said: "\n".join(
        json.dumps({"timestamp": "2026-01-01T00:00:00Z", "event": line, "level": "info"}, ensure_ascii=False)
        for line in said.split("\n")
    ),
}


@pytest.mark.parametrize("kind", TABLES)
def test_a_secret_in_a_printed_table_is_found(kind: str) -> None:
    around, secret = TABLES[kind]
    said = around.replace(HOLE, secret)
    leaks = [name for name, context in PRINTED.items() if _is_seen(secret, scrub(context(said)))]
    assert not [name for name in leaks if (kind, name) not in _NOT_IN]


@pytest.mark.parametrize("kind", TABLES)
def test_the_rest_of_a_table_stays(kind: str) -> None:
    around, secret = TABLES[kind]
    once = scrub(f"{around.replace(HOLE, secret)}\n\nthe end")
    assert once == f"{around.replace(HOLE, '***')}\n\nthe end"
    assert scrub(once) == once


@pytest.mark.parametrize("kind", [kind for kind, (around, secret) in FORMS.items() if "\n" in around + secret])
def test_lines_that_come_one_by_one_are_seen_together(kind: str) -> None:
    around, secret = FORMS[kind]
    lines = around.replace(HOLE, secret).split("\n")
    clean = scrub_all(lines)
    assert len(clean) == len(lines)
    assert not _is_seen(secret, "\n".join(clean))


def test_a_key_printed_line_by_line_leaves_what_is_around_it() -> None:
    _, secret = FORMS["key without its frame"]
    lines = ["before", "-----BEGIN RSA PRIVATE KEY-----", *secret.split("\n"), "-----END RSA PRIVATE KEY-----", "after"]
    clean = scrub_all(lines)
    assert [clean[0], clean[-2], clean[-1]] == ["before", "-----END RSA PRIVATE KEY-----", "after"]


def test_the_name_of_a_frame_hides_no_log() -> None:
    said = "ValueError: the file has to begin with -----BEGIN PRIVATE KEY-----\nthe next line of the log"
    assert scrub(said) == said


@pytest.mark.parametrize("kind", ["GitHub app", "SonarQube", "Databricks OAuth", "Vault batch"])
def test_a_token_in_a_run_s_name_is_found(kind: str) -> None:
    _, token = FORMS[kind]
    assert scrub_name(f"manual__{token}") == "manual__***"


def test_names_that_only_look_random_tell_runs_apart() -> None:
    name = "api__oR3bucuKgYIE2Oy3GrbedjzMzon7H7hHq1W2"
    assert scrub_name(name) == name


def test_there_are_many_of_both() -> None:
    assert len(FORMS) >= 80
    assert len(set(TWINS)) >= 300


@pytest.mark.parametrize("context", [name for name in CONTEXTS if name != "page of HTML"])
def test_a_twin_stays_as_it_is(context: str) -> None:
    changed = [twin for twin in (*TWINS, *look_alikes()) if scrub(said := CONTEXTS[context](twin)) != said]
    assert not changed


def _is_seen(secret: str, left: str) -> bool:
    """The secret or a part of it, also as JSON, Python or HTML write it."""
    forms = {secret, json.dumps(secret)[1:-1], repr(secret)[1:-1], html.escape(secret)}
    if len(secret) <= _LONG:
        return any(form in left for form in forms)
    lines = [line for form in forms for line in form.split("\n")]
    return any(line[at : at + _PART] in left for line in lines for at in range(max(1, len(line) - _PART)) if line)
