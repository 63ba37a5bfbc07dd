"""Whether the environment's last installation of its requirements worked, from its own log streams.

Each scheduler, worker and web server installs by itself and writes a stream `requirements_install_<host>_<epoch>`:
https://docs.aws.amazon.com/mwaa/latest/userguide/working-dags-dependencies.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from responder.evidence.pip_output import read_pip
from responder.inquiry.aws_fault import in_time, told_as_could_not
from responder.inquiry.environment import EnvironmentInquirer, EnvironmentState
from responder.inquiry.question import Budget, CouldNot
from responder.intake.scrub import scrub
from responder.model import Failure
from responder.requirements.asked import Installation, LastInstallation

ACTIONS = ("logs:DescribeLogStreams", "logs:GetLogEvents")
PREFIX = "requirements_install"
GROUPS = ("Scheduler", "Worker", "WebServer")
MOST_PAGES = 4  # of 50 streams; names are no times, so the newest has to be looked for
MOST_LINES = 2_000  # the end of a stream: pip's complaint stands there
MOST_BEFORE = 3  # earlier installations that are looked at for one that worked


@dataclass(frozen=True, slots=True)
class _Stream:
    group: str
    name: str
    at: int


@dataclass(frozen=True)
class InstallationInquirer:
    """Reads the streams of the environment's own log groups."""

    client: Callable[[], Any]  # boto3's "logs" client
    environment: EnvironmentInquirer

    def answer(self, _question: LastInstallation, failure: Failure, budget: Budget) -> Installation:
        """The one that failed, where the newest of any component failed. Raises CouldNot."""
        groups = self.environment.answer(EnvironmentState(), failure, budget).log_groups
        newest = [streams for name in GROUPS if name in groups if (streams := self._streams(groups[name], budget))]
        if not newest:
            raise CouldNot("no log stream of a requirements installation was found")
        read = [self._read(streams[0], budget) for streams in newest]
        chosen = next(
            (n for n, each in enumerate(read) if each.failed), max(range(len(read)), key=lambda n: read[n].at)
        )
        return self._with_history(read[chosen], newest[chosen][1:], budget)

    def _streams(self, group: str, budget: Budget) -> list[_Stream]:
        """Newest first."""
        found = [_Stream(group, str(each["logStreamName"]), _time(each)) for each in self._described(group, budget)]
        return sorted(found, key=lambda each: each.at, reverse=True)

    def _described(self, group: str, budget: Budget) -> Iterator[Mapping[str, Any]]:
        token: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            in_time(budget)
            with told_as_could_not("logs:DescribeLogStreams", group):
                page = self.client().describe_log_streams(logGroupName=group, logStreamNamePrefix=PREFIX, **token)
            yield from page.get("logStreams", ())
            if not page.get("nextToken"):
                return
            token = {"nextToken": page["nextToken"]}

    def _read(self, stream: _Stream, budget: Budget) -> Installation:
        in_time(budget)
        with told_as_could_not("logs:GetLogEvents", stream.group):
            answer = self.client().get_log_events(
                logGroupName=stream.group, logStreamName=stream.name, limit=MOST_LINES, startFromHead=False
            )
        report = read_pip([scrub(str(each["message"])) for each in answer.get("events", ())])
        return Installation(stream.group, stream.name, bool(report and report.failed), report, stream.at)

    def _with_history(self, found: Installation, before: list[_Stream], budget: Budget) -> Installation:
        """Adds when it last worked; a fault there costs only that."""
        if not found.failed:
            return found
        for stream in before[:MOST_BEFORE]:
            try:
                earlier = self._read(stream, budget)
            except CouldNot:
                break
            if earlier.report is not None and not earlier.failed:
                return Installation(found.log_group, found.log_stream, found.failed, found.report, found.at, earlier.at)
        return found


def _time(raw: Mapping[str, Any]) -> int:
    return int(raw.get("lastEventTimestamp") or raw.get("creationTime") or 0)
