"""`mwaa-responder diagnose FILE…`: what the deployed responder would say, for a log or an event on this machine."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from responder.diagnosis.catalogue import load
from responder.inquiry.question import Budget, CouldNot, Inquirer, Question
from responder.model import Failure, Message, Occurrences
from responder.pipeline import Inquirers, NotRead, Reader, advise, examine
from responder.report.as_json import as_json

from cli.inputs import STDIN, BadInput, failures_in
from cli.package_index import configured

CANNOT_READ = 2  # exit code
DESCRIPTION = """Says what broke, why, and what to do. FILE is a log as text of any size, as `aws logs get-log-events`, `filter-log-events` or
`get-query-results` print it, or as CloudWatch's console saves it (CSV); or an event: EventBridge's, a decoded CloudWatch Logs
subscription payload, a raw Lambda event (awslogs.data). It may be compressed with gzip; - is standard input."""


@dataclass(frozen=True, slots=True)
class Nobody:
    """Answers no question, and says why."""

    reason: str

    def answer(self, _question: Question[Any], _failure: Failure, _budget: Budget) -> object:
        raise CouldNot(self.reason)


class NobodyToAsk(dict[type[Question[Any]], Inquirer[Any, Any]]):
    """Stands in for all inquirers where none may be asked."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self._nobody = Nobody(reason)

    def __contains__(self, _kind: object) -> bool:
        return True

    def __missing__(self, _kind: type[Question[Any]]) -> Inquirer[Any, Any]:
        return self._nobody


@dataclass(frozen=True, slots=True)
class Sources:
    """Whom to ask, and who reads the rest of a log."""

    inquirers: Inquirers
    reader: Reader | None = None


def main(argv: Sequence[str], *, environ: Mapping[str, str] = os.environ, out: IO[str] | None = None) -> int:
    """Exit code 0 whatever was found, 2 if an input cannot be read; the others are answered all the same."""
    arguments = _parser().parse_args(argv)
    out = out or sys.stdout
    sources = _sources(environ, offline=arguments.offline)
    show = _as_json if arguments.format == "json" else _as_text
    code = 0
    for name in arguments.files:
        try:
            failures = failures_in(name)
        except BadInput as error:
            print(f"mwaa-responder diagnose: {error}", file=sys.stderr)
            code = CANNOT_READ
        else:
            show(name, _messages(failures, arguments.environment, sources), out)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mwaa-responder diagnose", description=DESCRIPTION)
    parser.add_argument("files", nargs="+", metavar="FILE", help=f"{STDIN} is standard input")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json: one object a line per input")
    parser.add_argument("--offline", action="store_true", help="ask neither AWS nor the package index")
    parser.add_argument("--environment", metavar="NAME", help="the environment, where the input does not name it")
    return parser


def _messages(failures: Sequence[Failure], environment: str | None, sources: Sources) -> Iterator[Message]:
    rules = load()
    for failure in failures:
        try:
            examined = examine(_placed(failure, environment), rules, sources.reader)
        except NotRead as unread:
            print(f"mwaa-responder diagnose: {unread}", file=sys.stderr)
            continue
        if examined:
            message, _ = advise(examined, sources.inquirers, Occurrences(1, failure.seen_at, failure.seen_at))
            yield message


def _placed(failure: Failure, environment: str | None) -> Failure:
    if environment is None or failure.place.environment:
        return failure
    return replace(failure, place=replace(failure.place, environment=environment))


def _sources(environ: Mapping[str, str], *, offline: bool) -> Sources:
    """Those of the deployed responder, with this shell's credentials."""
    if offline:
        return Sources(NobodyToAsk("--offline was given"))
    import boto3
    from botocore.exceptions import BotoCoreError

    try:
        session = boto3.Session()
        able = session.get_credentials() is not None and session.region_name is not None
    except BotoCoreError as error:
        return Sources(NobodyToAsk(f"AWS cannot be asked from here: {error}"))
    if not able:
        return Sources(NobodyToAsk("this shell has no AWS credentials or no region"))
    return _of_the_responder(environ)


def _of_the_responder(environ: Mapping[str, str]) -> Sources:
    from responder.settings import Settings
    from responder.wiring import inquirers, reader

    beside = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    index = environ.get("INDEX_URL") or configured(environ)
    settings = Settings(queue_url="", index_url=index, uv_path=environ.get("UV_PATH") or beside)
    return Sources(inquirers(settings), reader())


def _as_json(name: str, messages: Iterator[Message], out: IO[str]) -> None:
    found = {"input": name, "failures": [as_json(message) for message in messages]}
    print(json.dumps(found, ensure_ascii=False), file=out, flush=True)


def _as_text(name: str, messages: Iterator[Message], out: IO[str]) -> None:
    from rich.console import Console

    from cli.text_report import show

    console = Console(file=out, highlight=False, markup=False, emoji=False)
    failed = False
    for message in messages:
        show(console, message)
        failed = True
    if not failed:
        console.print(f"{name}: the log shows no failure.", soft_wrap=True)
