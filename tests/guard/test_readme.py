"""What README.md says of the code is what the code does."""

import dataclasses
import json
import re
import subprocess

import pytest

from cli import readme
from cli.main import COMMANDS
from infra import bundle
from infra.settings import Settings

TEXT = readme.README.read_text()
BLOCKS = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)


def rows(first_header):
    """The rows of the table whose first column is headed so."""
    table = re.search(rf"^\| {first_header} \|.*\n\|[-|]+\n((?:\|.*\n)+)", TEXT, re.MULTILINE)
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in table[1].splitlines()]


def test_generated_parts_are_fresh():
    """`make readme` would change nothing."""
    assert readme.rewritten(TEXT) == TEXT


def test_begins_with_the_two_commands():
    assert re.findall(r"^make (\w+)", BLOCKS[0], re.MULTILINE) == ["demo", "test"]


def test_every_make_target_exists():
    makefile = (bundle.ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make (\w+)", TEXT, re.MULTILINE)) <= targets


def test_every_command_exists():
    assert set(re.findall(r"mwaa-responder (\w+)", "".join(BLOCKS))) <= set(COMMANDS)


def test_every_linked_file_exists():
    links = [link for link in re.findall(r"\]\(([^)#\s]+)\)", TEXT) if "://" not in link]
    assert links
    assert not [link for link in links if not (bundle.ROOT / link).exists()]


def test_every_anchor_exists():
    headings = {
        re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-")
        for title in re.findall(r"^#+ (.*)", TEXT, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= headings


def test_configuration_is_complete():
    """Each setting has its row, and each row its setting."""
    assert {row[0].strip("`") for row in rows("setting")} == {field.name for field in dataclasses.fields(Settings)}


@pytest.mark.parametrize("row", rows("setting"), ids=lambda row: row[0])
def test_defaults_are_true(row):
    value = getattr(Settings.from_context({}), row[0].strip("`"))
    shown = json.loads(row[1].strip("`"))
    assert (list(value) if isinstance(value, tuple) else value) == ([] if shown == {} else shown)


def test_facts_are_complete():
    """Every fact that a labelled log expects has its row, and every row is a fact that the diagnosis states."""
    shown = {name for row in rows("fact") for name in re.findall(r"`(\w+)`", row[0])}
    cases = (bundle.ROOT / "tests/cases").glob("*/case.json")
    expected = {name for case in cases for name in json.loads(case.read_text())["expected"].get("facts", {})}
    code = "".join(path.read_text() for path in (bundle.SOURCE / "responder/diagnosis").rglob("*.py"))
    assert expected <= shown
    assert shown <= set(re.findall(r"\w+", code))


def test_the_shipped_settings_are_valid():
    context = json.loads((bundle.ROOT / "cdk.json").read_text())["context"]
    assert Settings.from_context(context["responder"]).environments


@pytest.mark.parametrize(
    ("emails", "ended"),
    [(["on-call@acme.example"], 0), (["platform-team@example.com"], 2)],
    ids=["own", "the example's"],
)
def test_the_examples_settings_are_not_deployed(tmp_path, emails, ended):
    file = tmp_path / "cdk.json"
    file.write_text(json.dumps({"context": {"responder": {"emails": emails}}}, indent=2))
    ran = subprocess.run(
        ("make", "-s", "chosen", f"SETTINGS={file}"), cwd=bundle.ROOT, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, "discover --write" in ran.stdout) == (ended, ended != 0)


def test_every_alarm_is_explained():
    """Whoever is told by an alarm finds its kind, and no kind that there is no alarm of."""
    watch, stack = ((bundle.ROOT / "infra" / name).read_text() for name in ("watch.py", "stack.py"))
    dead_letters = re.findall(r'"(\w+)": self', re.search(r"dead_letters=\{(.*?)\}", stack, re.DOTALL)[1])
    raised = {*re.findall(r'_alarm\(\s*"([^"]+)"', watch), *dead_letters}
    assert {re.sub(r"\*(\w+)\*", r"{\1}", row[0]) for row in rows("alarm")} == raised
