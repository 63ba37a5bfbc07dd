"""One message for README.md: a log that was recorded from a real task, diagnosed with the sandbox's IAM to ask."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from responder.diagnosis.catalogue import load
from responder.inquiry.environment import EnvironmentInquirer, EnvironmentState
from responder.inquiry.iam import IamInquirer
from responder.inquiry.iam_questions import WhyDenied
from responder.inquiry.iam_simulator import Simulator
from responder.intake.event import read_text
from responder.model import Failure, Message, Occurrences
from responder.notify.slack import blocks
from responder.pipeline import Inquirers, advise, examine

from cli.sandbox.environment import MwaaEnvironment
from cli.sandbox.sandbox import Sandbox
from cli.sandbox.world import ACCOUNT, REGION

LOG = Path(__file__).resolve().parent.parent / "tests/cases/real-af2-task-export-to-lake/log.jsonl"
ROLE_IN_LOG = "AmazonMWAA-analytics-prod-x7Yd2q"
BUCKET_IN_LOG = "acme-lake-raw"
READS_ONLY = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}


def as_markdown() -> str:
    """Slack's blocks of the message, as a quotation."""
    lines = (line for block in blocks(_message()) for line in (*_block(block), ""))
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _message() -> Message:
    environment = MwaaEnvironment(name="analytics", statements=[READS_ONLY])
    with Sandbox() as aws:
        aws.put_environment(environment)
        aws.client("s3").create_bucket(Bucket=BUCKET_IN_LOG, CreateBucketConfiguration={"LocationConstraint": REGION})
        failure = _failure(environment)
        examined = examine(failure, load(), None)
        if examined is None:
            raise ValueError(f"{LOG} shows no failure")
        message, _ = advise(examined, _inquirers(aws), Occurrences(1, failure.seen_at, failure.seen_at))
        return message


def _failure(environment: MwaaEnvironment) -> Failure:
    text = "\n".join(json.loads(line)["message"] for line in LOG.read_text().splitlines())
    (failure,) = read_text(text.replace(ROLE_IN_LOG, environment.role_name), "")
    place = replace(
        failure.place,
        environment=environment.name,
        account=ACCOUNT,
        region=REGION,
        log_group=environment.log_group("Task"),
    )
    return replace(failure, place=place)


def _inquirers(aws: Sandbox) -> Inquirers:
    environments = EnvironmentInquirer(lambda: aws.client("mwaa"))
    denied = IamInquirer(
        environments=environments,
        iam=lambda: aws.client("iam"),
        sts=lambda: aws.client("sts"),
        s3=lambda: aws.client("s3"),
        toolbox=lambda: aws.client("iam-toolbox"),
        simulator=Simulator(lambda: aws.client("iam")),
    )
    return {EnvironmentState: environments, WhyDenied: denied}


def _block(block: Mapping[str, Any]) -> Iterator[str]:
    if block["type"] == "header":
        yield f"**{block['text']['text']}**"
    elif block["type"] == "context":
        yield " ".join(each["text"] for each in block["elements"])
    for element in block["elements"] if block["type"] == "rich_text" else ():
        yield from _element(element)


def _element(element: Mapping[str, Any]) -> Iterator[str]:
    if element["type"] == "rich_text_list":
        for number, each in enumerate(element["elements"], 1):
            yield f"{number}. {_inline(each)}"
    elif element["type"] == "rich_text_preformatted":
        yield from ("```", *_plain(element).split("\n"), "```")
    else:
        yield _inline(element)


def _inline(section: Mapping[str, Any]) -> str:
    return "".join(_run(each) for each in section["elements"])


def _run(run: Mapping[str, Any]) -> str:
    if run["type"] == "link":
        return f"[{run['text']}]({run['url']})"
    text = str(run["text"]).replace("<", "&lt;")
    bold = run.get("style", {}).get("bold") and text.strip()
    return text.replace(text.strip(), f"**{text.strip()}**") if bold else text


def _plain(element: Mapping[str, Any]) -> str:
    return "".join(each["text"] for each in element["elements"])
