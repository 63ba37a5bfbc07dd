"""Imports point one way: the stages that think know no client, no clock and no environment."""

import ast
from pathlib import Path

import pytest
import responder

ROOT = Path(responder.__path__[0])
PURE = ("evidence", "diagnosis", "report", "permissions", "requirements")
# The prover starts a resolver and reads files.
EDGES = {"requirements/prove.py"}
FORBIDDEN = {
    "boto3",
    "botocore",
    "urllib",
    "http",
    "socket",
    "ssl",
    "os",
    "subprocess",
    "time",
    "requests",
    "urllib3",
    "aws_lambda_powertools",
    "slack_sdk",
}
# Later stages; an earlier one that imports them turns the arrow round.
LATER = {
    "evidence": ("diagnosis", "inquiry", "report", "notify", "incidents", "pipeline", "wiring"),
    "diagnosis": ("report", "notify", "incidents", "pipeline", "wiring"),
    "inquiry": ("report", "notify", "incidents", "pipeline", "wiring"),
    "report": ("notify", "incidents", "pipeline", "wiring"),
    "incidents": ("notify", "pipeline", "wiring"),
    "notify": ("pipeline", "wiring"),
    "intake": ("diagnosis", "report", "notify", "incidents", "pipeline", "wiring"),
    "permissions": ("diagnosis", "report", "notify", "incidents", "intake", "pipeline", "wiring"),
    "requirements": (
        "evidence",
        "diagnosis",
        "permissions",
        "report",
        "notify",
        "incidents",
        "intake",
        "pipeline",
        "wiring",
    ),
    "knowledge": ("evidence", "diagnosis", "inquiry", "report", "notify", "incidents", "intake"),
}


def imports(path):
    """Every module that a file imports, at its top or inside a function; typing-only imports count as well."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module if node.module != "urllib" else "urllib.parse"
            yield from (f"{node.module}.{each.name}" for each in node.names)


def files(*folders):
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name(path):
    return str(path.relative_to(ROOT))


def outside(path):
    """What a file imports that reaches outside; the parser of addresses does not."""
    return {each.split(".")[0] for each in imports(path) if not each.startswith("urllib.parse")} & FORBIDDEN


def test_thinking_needs_nothing_from_outside():
    thinking = [*files(*PURE), ROOT / "model.py", ROOT / "inquiry/question.py"]
    assert {name(path): found for path in thinking if name(path) not in EDGES and (found := outside(path))} == {}


@pytest.mark.parametrize("edge", sorted(EDGES))
def test_an_edge_is_there_and_needs_to_be_one(edge):
    assert outside(ROOT / edge)


@pytest.mark.parametrize("stage", sorted({*PURE, *LATER, *(each for later in LATER.values() for each in later)}))
def test_a_stage_is_there(stage):
    assert (ROOT / stage).is_dir() or (ROOT / f"{stage}.py").is_file()


@pytest.mark.parametrize("clock", ["datetime.now(", "utcnow("])
def test_thinking_reads_no_clock(clock):
    assert [name(path) for path in files(*PURE) if name(path) not in EDGES and clock in path.read_text()] == []


@pytest.mark.parametrize("stage", LATER)
def test_a_stage_imports_no_later_one(stage):
    later = tuple(f"responder.{each}" for each in LATER[stage])
    found = {(name(path), each) for path in files(stage) for each in imports(path) if each.startswith(later)}
    assert {(path, each) for path, each in found if not _allowed(stage, each)} == set()


def _allowed(stage, module):
    """What a question is, and that it could not be answered, is for everybody; rules ask those that live beside their inquirers."""
    return module.startswith("responder.inquiry.question" if stage != "diagnosis" else "responder.inquiry")


def test_nothing_is_called_after_what_it_is_not():
    empty = {"utils", "helpers", "common", "base", "misc", "manager"}
    assert [name(path) for path in files(".") if path.stem in empty] == []
