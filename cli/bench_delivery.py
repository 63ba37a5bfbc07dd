"""What a storm costs and how long a message takes: failures through the deployed template in the sandbox, calls counted.

`python -m cli.bench_delivery 1000` plays a storm of that size. Times are of the sandbox on this machine, where AWS itself
is a process beside the functions.
"""

from __future__ import annotations

import json
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from responder.diagnosis.catalogue import load
from responder.diagnosis.rank import diagnose
from responder.evidence.gather import gather
from responder.intake import event

from cli.bench_row import Row
from cli.cases import read_case
from cli.faults.trial import assembly, prepare
from cli.list_prices import GIGABYTE_SECOND, INVOCATION, LOG_GIGABYTE, TAKEN, price
from cli.sandbox import scenes
from cli.sandbox.sandbox import Sandbox

STORM = 150  # failures of one cause; the sandbox's table is slow, and a thousand take minutes
APART = 20  # failures of as many causes
CASE = "real-af2-task-export-to-lake"
PATIENCE_SECONDS = 900.0
LOOK_EVERY_SECONDS = 0.2
FOLLOW_UP_MINUTES = 15  # the default
# Estimates of what the functions take in AWS.
SECONDS_OF_A_CALL = 0.010  # what AWS takes to answer from within its own network, on average
INTAKE_SECONDS, INTAKE_GIGABYTES, RESPONDER_GIGABYTES = 0.030, 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Storm:
    """What a number of failures came to."""

    failures: int
    counted: int  # in the ledger, over all incidents
    messages: int  # at Slack
    waited: tuple[float, ...]  # seconds from the log event to the message, for those that got one
    calls: Mapping[tuple[str, str], int]
    log_bytes: int
    seconds_of_a_diagnosis: float

    @property
    def cost_of_a_thousand(self) -> float:
        """USD."""
        calls = sum(count * price(call) for call, count in self.calls.items())
        calling = sum(self.calls.values()) * SECONDS_OF_A_CALL
        computing = self.failures * (
            INTAKE_SECONDS * INTAKE_GIGABYTES + self.seconds_of_a_diagnosis * RESPONDER_GIGABYTES
        )
        functions = (computing + calling * RESPONDER_GIGABYTES) * GIGABYTE_SECOND + self.failures * 2 * INVOCATION
        logs = self.log_bytes / 1e9 * LOG_GIGABYTE
        return (calls + functions + logs + self.failures * TAKEN) / self.failures * 1_000


def rows() -> Iterator[Row]:
    """The storm of one cause, then of many."""
    one, many = storms(STORM, APART)
    yield Row(f"storm of {one.failures} failures, one cause: messages", one.messages, "", 3)
    yield Row(f"storm of {one.failures} failures, one cause: counted", one.counted, "", one.failures, at_least=True)
    yield Row(f"storm of {many.failures} causes: messages", many.messages, "", many.failures)
    yield Row("log event to message in that storm, p50", _quantile(many.waited, 50), "s")
    yield Row("log event to message in that storm, p99", _quantile(many.waited, 99), "s")
    yield Row("cost of 1,000 failures of one cause", one.cost_of_a_thousand, "USD", 0.10)
    yield Row("cost of 1,000 failures of 1,000 causes", many.cost_of_a_thousand, "USD", 0.10)


def storms(same: int, apart: int) -> tuple[Storm, Storm]:
    """Failures of one cause at once, then of as many causes as failures."""
    seconds = _diagnosis_seconds()
    with TemporaryDirectory() as folder, Sandbox() as aws:
        _, diagnosed = prepare(aws, assembly(Path(folder), follow_up_minutes=FOLLOW_UP_MINUTES))
        one = _storm(aws, diagnosed, ["lake-one"] * same, seconds)
        return one, _storm(aws, diagnosed, [f"lake-{number:04}" for number in range(apart)], seconds)


def _storm(aws: Sandbox, diagnosed: str, buckets: list[str], seconds: float) -> Storm:
    calls, lines = len(aws.calls), len(aws.log_lines)
    arrivals = _Arrivals(aws)
    played: dict[str, float] = {}
    for number, bucket in enumerate(buckets):
        played.setdefault(bucket, time.monotonic())
        _play(aws, number, bucket)
    ends = time.monotonic() + PATIENCE_SECONDS
    while _counted(aws, diagnosed, set(buckets)) < len(buckets) and time.monotonic() < ends:
        time.sleep(LOOK_EVERY_SECONDS)
    aws.settle(seconds=PATIENCE_SECONDS)
    waited = arrivals.stop(played)
    size = sum(len(line) for line in aws.log_lines[lines:])
    counted = _counted(aws, diagnosed, set(buckets))
    return Storm(len(buckets), counted, len(waited), waited, Counter(aws.calls[calls:]), size, seconds)


class _Arrivals:
    """Notes when messages arrive at Slack."""

    def __init__(self, aws: Sandbox) -> None:
        self._posts, self._before = aws.slack.posts, len(aws.slack.posts)
        self._at: list[float] = []
        self._done = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def stop(self, played: Mapping[str, float]) -> tuple[float, ...]:
        """Seconds from the first log event that names the bucket to the message that does."""
        time.sleep(LOOK_EVERY_SECONDS)
        self._done.set()
        arrived = zip(self._posts[self._before :], self._at, strict=False)
        texts = [(json.dumps(post), at) for post, at in arrived]
        return tuple(at - began for text, at in texts for bucket, began in played.items() if f":::{bucket}/" in text)

    def _look(self) -> None:
        while not self._done.wait(LOOK_EVERY_SECONDS / 4):
            self._at += [time.monotonic()] * (len(self._posts) - self._before - len(self._at))


def _play(aws: Sandbox, number: int, bucket: str) -> None:
    dag = f"export_{number % 40}"
    new = {"acme-lake-raw": bucket, "export_to_lake": dag}
    messages = [each["message"] for each in read_case(scenes.CASES / CASE).payload["logEvents"]]
    for old, name in new.items():
        messages = [message.replace(old, name) for message in messages]
    stream = f"dag_id={dag}/run_id=manual__{bucket}_{number}/task_id=put/attempt=1.log"
    aws.play_log(scenes.ANALYTICS.log_group("Task"), stream, messages)


def _counted(aws: Sandbox, diagnosed: str, buckets: set[str]) -> int:
    """What the ledger has counted for the incidents of these buckets."""
    details = [json.loads(body)["detail"] for body in aws.waiting(diagnosed)]
    mine = {each["fingerprint"] for each in details if any(f":::{name}/" in json.dumps(each) for name in buckets)}
    return sum(_occurrences(aws, fingerprint) for fingerprint in mine)


def _occurrences(aws: Sandbox, fingerprint: str) -> int:
    table: str = aws.client("dynamodb").list_tables()["TableNames"][0]
    item: dict[str, Any] = (
        aws.client("dynamodb").get_item(TableName=table, Key={"id": {"S": f"incident#{fingerprint}"}}).get("Item", {})
    )
    return int(item.get("occurrences", {"N": "0"})["N"])


def _diagnosis_seconds() -> float:
    """What the responder itself takes for a failure, on this machine."""
    failure = event.read(read_case(scenes.CASES / CASE).payload, now_ms=0)[0]
    rules, taken = load(), []
    for _ in range(5):
        started = time.perf_counter()
        diagnose(gather(failure), rules)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def _quantile(values: tuple[float, ...], percent: int) -> float:
    ordered = sorted(values) or [0.0]
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def main(argv: list[str]) -> int:
    """Plays one storm of the given size and prints what it came to."""
    one, many = storms(int(argv[0]) if argv else STORM, APART)
    for storm in (one, many):
        print(
            f"{storm.failures} failures: {storm.counted} counted, {storm.messages} messages, USD {storm.cost_of_a_thousand:.4f} per 1,000"
        )
        print(f"  seconds to the message: p50 {_quantile(storm.waited, 50):.1f}, p99 {_quantile(storm.waited, 99):.1f}")
        print(
            "  calls: "
            + ", ".join(f"{service} {name} {count}" for (service, name), count in sorted(storm.calls.items()))
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
