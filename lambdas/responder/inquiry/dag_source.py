"""The line that failed, read from the DAG bucket, and what changed in that file last.

MWAA copies `SourceBucketArn`/`DagS3Path` to /usr/local/airflow/dags and requires the bucket to keep versions:
https://docs.aws.amazon.com/mwaa/latest/userguide/configuring-dag-folder.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import unified_diff
from typing import Any, NamedTuple

from responder.inquiry.aws_fault import in_time, told_as_could_not
from responder.inquiry.environment import EnvironmentFacts, EnvironmentInquirer, EnvironmentState
from responder.inquiry.question import Budget, CouldNot, Question
from responder.intake.scrub import scrub
from responder.model import Failure

ACTIONS = ("s3:GetObject", "s3:GetObjectVersion", "s3:ListBucketVersions")
DAGS_FOLDER = "/usr/local/airflow/dags/"
MOST_BYTES = 512 * 1024  # of a DAG file that is read; generated ones are larger, and nobody edits those by hand
MOST_VERSIONS = 50  # of one file that are looked through for the one that was current
AROUND = 3  # lines shown before and after the failing one
MOST_LINE = 200  # characters of a line that is shown
MOST_DIFF_LINES = 40
SYNC_SECONDS = 30  # MWAA notices a changed file within about so long: https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-faqs.html

_PATH = re.compile(r"[A-Za-z0-9_./+=@ -]{1,512}")


class SourceLines(NamedTuple):
    """The file as it was when the failure happened."""

    bucket: str
    key: str
    version: str | None  # the object version that was current, None in a bucket without versions
    line: int
    text: str  # the failing line, without its indentation
    around: tuple[str, ...]  # "12: …", the failing one in their middle
    modified_at: int | None = None  # epoch milliseconds of that version
    diff: tuple[str, ...] = ()  # unified, between that version and the one before it; () where there is none
    diff_note: str | None = None  # why there is no diff, or that it was cut


@dataclass(frozen=True)
class SourceAround(Question[SourceLines]):
    """The source around a line of a file, as a traceback names it: `/usr/local/airflow/dags/sales/load.py`, 12."""

    file: str
    line: int


class _Version(NamedTuple):
    id: str | None
    modified: datetime


class _Object(NamedTuple):
    bucket: str
    key: str


@dataclass(frozen=True)
class DagSourceInquirer:
    """Reads from the environment's own bucket only."""

    client: Callable[[], Any]  # boto3's "s3" client
    environment: EnvironmentInquirer

    def answer(self, question: SourceAround, failure: Failure, budget: Budget) -> SourceLines:
        """Raises CouldNot with a reason."""
        below = _below_dags(question.file)
        facts = self.environment.answer(EnvironmentState(), failure, budget)
        place = _object(facts, below)
        in_time(budget)
        versions = self._versions(place)
        current = _current(versions, failure.seen_at)
        lines = self._read(place, current)
        if not 1 <= question.line <= len(lines):
            raise CouldNot(f"line {question.line} is not in the file's version of that time")
        diff, note = self._diff(place, versions, current, lines, budget)
        return SourceLines(
            bucket=place.bucket,
            key=place.key,
            version=current.id,
            line=question.line,
            text=scrub(_shown(lines[question.line - 1])).strip(),
            around=_around(lines, question.line),
            modified_at=int(current.modified.timestamp() * 1000),
            diff=diff,
            diff_note=note,
        )

    def _versions(self, place: _Object) -> list[_Version]:
        """Newest first. The prefix may fit further files; only the very key counts."""
        with told_as_could_not("s3:ListBucketVersions", f"the bucket {place.bucket}"):
            answer = self.client().list_object_versions(Bucket=place.bucket, Prefix=place.key, MaxKeys=MOST_VERSIONS)
        found = [_version(each) for each in answer.get("Versions", ()) if each.get("Key") == place.key]
        if not found:
            raise CouldNot(f"{place.key} is not in the bucket {place.bucket}")
        return sorted(found, key=lambda version: version.modified, reverse=True)

    def _read(self, place: _Object, version: _Version) -> list[str]:
        arguments = {"Bucket": place.bucket, "Key": place.key, "Range": f"bytes=0-{MOST_BYTES}"}
        if version.id:
            arguments["VersionId"] = version.id
        action = "s3:GetObjectVersion" if version.id else "s3:GetObject"
        with told_as_could_not(action, f"{place.key} in {place.bucket}"):
            body = self.client().get_object(**arguments)["Body"].read()
        if len(body) > MOST_BYTES:
            raise CouldNot(f"{place.key} is larger than {MOST_BYTES // 1024} KiB")
        return str(body.decode("utf-8", "replace")).splitlines()

    def _diff(
        self, place: _Object, versions: list[_Version], current: _Version, lines: list[str], budget: Budget
    ) -> tuple[tuple[str, ...], str | None]:
        """What is shown of a diff must never cost the line itself: every fault here is only a note."""
        at = versions.index(current)
        if at + 1 >= len(versions):
            return (), "the bucket holds no earlier version of the file"
        try:
            in_time(budget)
            old = self._read(place, versions[at + 1])
        except CouldNot as why:
            return (), str(why)
        return _diff_of(old, lines, versions[at + 1], current)


def _below_dags(file: str) -> str:
    """The path below dags/, of a form that can safely become a key."""
    below = file.removeprefix(DAGS_FOLDER)
    if below == file or ".." in below.split("/") or not _PATH.fullmatch(below):
        raise CouldNot("the failing file is not one of the DAG folder")
    return below


def _object(facts: EnvironmentFacts, below: str) -> _Object:
    if facts.source_bucket is None or facts.dag_s3_path is None:
        raise CouldNot("MWAA did not say where the environment's DAGs lie")
    return _Object(facts.source_bucket, f"{facts.dag_s3_path}/{below}")


def _version(raw: Mapping[str, Any]) -> _Version:
    """S3 writes `null` for an object that was put before versions were switched on."""
    own = raw.get("VersionId")
    return _Version(str(own) if own and own != "null" else None, raw["LastModified"])


def _current(versions: list[_Version], seen_at: int) -> _Version:
    """The newest version that the environment can have had then; the oldest one known where all are newer."""
    if not seen_at:
        return versions[0]
    then = datetime.fromtimestamp(seen_at / 1000 - SYNC_SECONDS, tz=UTC)
    return next((each for each in versions if each.modified <= then), versions[-1])


def _around(lines: list[str], line: int) -> tuple[str, ...]:
    first, last = max(1, line - AROUND), min(len(lines), line + AROUND)
    shown = scrub("\n".join(_shown(each) for each in lines[first - 1 : last])).split("\n")
    return tuple(f"{number}: {text}" for number, text in enumerate(shown, first))


def _diff_of(old: list[str], new: list[str], before: _Version, after: _Version) -> tuple[tuple[str, ...], str | None]:
    was, became = (f"{each.modified.astimezone(UTC):%Y-%m-%d %H:%M} UTC" for each in (before, after))
    lines = [_shown(each) for each in unified_diff(old, new, was, became, n=AROUND - 1, lineterm="")]
    if not lines:
        return (), "the version before it has the same content"
    shown = tuple(scrub("\n".join(lines[:MOST_DIFF_LINES])).split("\n"))
    more = len(lines) - MOST_DIFF_LINES
    return shown, f"{more} further lines of the diff are not shown" if more > 0 else None


def _shown(line: str) -> str:
    return line if len(line) <= MOST_LINE else line[: MOST_LINE - 1] + "…"
