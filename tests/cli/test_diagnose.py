"""The command `diagnose`: inputs of every shape, output for people and for programs, exit codes."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from cli.cases import read_case
from cli.diagnose import main
from cli.inputs import BadInput, failures_in

CASES = Path(__file__).parent.parent / "cases"
DENIED = CASES / "real-af2-task-export-to-lake"


def diagnose(*argv: object, environ: dict[str, str] | None = None) -> tuple[int, str]:
    out = io.StringIO()
    code = main([*map(str, argv), "--offline"], environ=environ or {}, out=out)
    return code, out.getvalue()


def objects(*argv: object) -> list[dict]:
    code, text = diagnose(*argv, "--format", "json")
    assert code == 0
    return [json.loads(line) for line in text.splitlines()]


def log_text(case: Path) -> str:
    lines = (case / "log.jsonl").read_text().splitlines()
    return "".join(json.loads(line)["message"].rstrip("\n") + "\n" for line in lines)


def payload(case: Path) -> dict:
    told = json.loads((case / "case.json").read_text())
    lines = (case / "log.jsonl").read_text().splitlines()
    events = [{"id": str(number), **json.loads(line)} for number, line in enumerate(lines)]
    return {
        "messageType": "DATA_MESSAGE",
        "owner": "123456789012",
        "logGroup": told["log_group"],
        "logStream": told["log_stream"],
        "subscriptionFilters": ["all"],
        "logEvents": events,
    }


def events(case: Path) -> list[dict]:
    return [json.loads(line) for line in (case / "log.jsonl").read_text().splitlines()]


def table(*heads: str, rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([heads, *rows])
    return text.getvalue().encode()


SHAPES = {
    "plain text": log_text(DENIED).encode(),
    "events saved line by line": (DENIED / "log.jsonl").read_bytes(),
    "a decoded subscription payload": json.dumps(payload(DENIED)).encode(),
    "a raw Lambda event": json.dumps(
        {"awslogs": {"data": base64.b64encode(gzip.compress(json.dumps(payload(DENIED)).encode())).decode()}}
    ).encode(),
    "compressed text": gzip.compress(log_text(DENIED).encode()),
    "text with a byte order mark and Windows line ends": ("\ufeff" + log_text(DENIED).replace("\n", "\r\n")).encode(),
    "text as PowerShell redirects it": log_text(DENIED).encode("utf-16"),
    "what aws logs get-log-events prints": json.dumps(
        {"events": events(DENIED), "nextForwardToken": "f/1"}, indent=4
    ).encode(),
    "its events alone": json.dumps(events(DENIED)).encode(),
    "what Logs Insights answers, the newest first": json.dumps(
        {
            "results": [
                [
                    {"field": "@timestamp", "value": str(each["timestamp"])},
                    {"field": "@message", "value": each["message"]},
                ]
                for each in reversed(events(DENIED))
            ]
        }
    ).encode(),
    "a table that the console saved": table(
        "timestamp", "message", rows=[(each["timestamp"], each["message"]) for each in events(DENIED)]
    ),
    "a table of Logs Insights, the newest first": table(
        "@timestamp",
        "@message",
        rows=[
            (f"2026-11-22 09:41:{59 - n:02}.000", each["message"]) for n, each in enumerate(reversed(events(DENIED)))
        ],
    ),
}


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES.keys())
def test_every_shape_of_input_is_diagnosed(content: bytes, tmp_path: Path):
    file = tmp_path / "input"
    file.write_bytes(content)
    (found,) = objects(file)
    assert [failure["cause"] for failure in found["failures"]] == ["iam-denied"]


def test_a_compressed_log_may_come_on_standard_input():
    command = (sys.executable, "-m", "cli.main", "diagnose", "--offline", "--format", "json", "-")
    run = subprocess.run(command, input=SHAPES["compressed text"], capture_output=True, check=True)
    assert [failure["cause"] for failure in json.loads(run.stdout)["failures"]] == ["iam-denied"]


def test_what_airflow_3_answers_is_a_log(tmp_path: Path):
    case = CASES / "live-af3-call-check"
    records = [json.loads(each["message"]) for each in events(case) if each["message"].startswith("{")]
    file = tmp_path / "answer.json"
    file.write_text(json.dumps({"content": records, "continuation_token": None}))
    assert objects(file)[0]["failures"][0]["cause"] == read_case(case).label[1]


def test_the_streams_of_a_log_group_are_told_apart(tmp_path: Path):
    other = CASES / "real-af2-task-sync-hr"
    both = [{**each, "logStreamName": case.name} for case in (DENIED, other) for each in events(case)]
    file = tmp_path / "filtered.json"
    file.write_text(json.dumps({"events": sorted(both, key=lambda each: each["timestamp"])}))
    assert {failure["cause"] for failure in objects(file)[0]["failures"]} == {"iam-denied", "tls"}


def test_the_json_has_the_keys_of_the_contract():
    (found,) = objects(DENIED / "log.jsonl")
    (failure,) = found["failures"]
    assert found["input"] == str(DENIED / "log.jsonl")
    assert set(failure) == {
        "kind", "environment", "dag_id", "run_id", "task_id", "map_index", "try_number", "final", "category", "cause", "facts",
        "evidence", "summary", "explanation", "remedy", "not_checked", "fingerprint",
    }  # fmt: skip
    assert set(failure["remedy"]) == {"steps", "artifacts", "proof"}


def test_a_log_without_a_failure_has_none_in_it():
    assert objects(CASES / "real-af2-task-scary-words" / "log.jsonl")[0]["failures"] == []
    assert "shows no" in diagnose(CASES / "real-af2-task-scary-words" / "log.jsonl")[1]


def test_one_object_a_line_for_each_input():
    found = objects(DENIED / "log.jsonl", CASES / "real-af2-task-sync-hr" / "log.jsonl")
    assert [each["failures"][0]["cause"] for each in found] == ["iam-denied", "tls"]


def test_the_environment_can_be_named_where_the_input_does_not_name_it(tmp_path: Path):
    (found,) = objects(DENIED / "log.jsonl", "--environment", "analytics")
    assert found["failures"][0]["environment"] == "analytics"


def test_an_environment_that_the_input_names_is_kept(tmp_path: Path):
    file = tmp_path / "payload.json"
    file.write_text(json.dumps(payload(DENIED)))
    (found,) = objects(file, "--environment", "other")
    assert found["failures"][0]["environment"] == payload(DENIED)["logGroup"].removeprefix("airflow-").removesuffix(
        "-Task"
    )


def test_what_was_not_asked_is_said():
    (found,) = objects(DENIED / "log.jsonl")
    assert any("--offline" in each for each in found["failures"][0]["not_checked"])


def test_text_for_people_has_cause_evidence_and_steps():
    _, text = diagnose(DENIED / "log.jsonl")
    assert "permissions / iam-denied" in text
    assert "1." in text
    assert "s3:PutObject" in text
    assert "\x1b[" not in text  # no colours where nobody looks at a terminal


def test_escape_sequences_and_markup_in_a_log_are_shown_and_not_obeyed(tmp_path: Path):
    file = tmp_path / "task.log"
    file.write_text(log_text(DENIED).replace("because no", "\x1b]0;owned\x07[bold]because no"))
    _, text = diagnose(file)
    assert "\x1b" not in text
    assert "\x07" not in text


UNREADABLE = {
    "empty": b"",
    "only white space": b" \n\n",
    "binary": b"\x7fELF\0\0\0\0",
    "a damaged archive": gzip.compress(b"[2026-11-22] ERROR" * 1000)[:60],
    "data that is not base64": b'{"awslogs": {"data": "%%%"}}',
    "an archive that is damaged inside": gzip.compress(bytes(range(256)) * 40)[:40] + bytes(200),
    "JSON of another kind": b'{"Environment": {"Name": "analytics"}}',
    "a list of numbers": b"[1, 2]",
    "a table that never ends a field": b'timestamp,message\n1,"' + b"x" * 1_100_000,
    "a saved log that is too long": json.dumps({"events": [{"timestamp": 1, "message": "x" * 100}] * 70_000}).encode(),
    "the same, indented": json.dumps({"events": [{"timestamp": 1, "message": "x" * 100}] * 70_000}, indent=2).encode(),
    "an event of an unknown source": b'{"source": "aws.ec2", "detail-type": "x", "detail": {}}',
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_an_input_that_cannot_be_read_is_one_sentence_and_exit_code_2(content: bytes, tmp_path: Path, capsys):
    file = tmp_path / "input"
    file.write_bytes(content)
    assert diagnose(file)[0] == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_missing_file_does_not_keep_the_others_from_being_answered(capsys):
    code, text = diagnose("no-such-file", DENIED / "log.jsonl")
    assert code == 2
    assert "iam-denied" in text
    assert "no-such-file" in capsys.readouterr().err


def test_bytes_that_are_no_utf8_are_read_all_the_same(tmp_path: Path):
    file = tmp_path / "task.log"
    file.write_bytes(log_text(DENIED).encode().replace(b"because no", b"\xff\xfe because no"))
    (found,) = objects(file)
    assert found["failures"][0]["cause"] == "iam-denied"


def test_a_long_log_is_read_as_a_stream(tmp_path: Path):
    file = tmp_path / "task.log"
    noise = "[2026-11-22T09:41:00.662+0000] {logging_mixin.py:190} INFO - row 123456 is fine\n" * 150_000
    file.write_text(noise + log_text(DENIED))
    (failure,) = failures_in(str(file))
    assert sum(len(event.message) for event in failure.events) < 1_000_000
    assert objects(file)[0]["failures"][0]["cause"] == "iam-denied"


def test_a_folder_is_no_input(tmp_path: Path):
    with pytest.raises(BadInput, match="directory"):
        failures_in(str(tmp_path))
