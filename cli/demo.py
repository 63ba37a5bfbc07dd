"""`mwaa-responder demo`: the stack, deployed into an AWS on this machine, is told of real failures; see what it says."""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from rich.console import Console

from cli.demo_page import Arrived, NoBrowser, page, take_picture
from cli.demo_terminal import as_mail, as_slack
from cli.package_index import configured
from cli.sandbox import scenes
from cli.sandbox.assembly import PROJECT, synthesise
from cli.sandbox.sandbox import SLACK_SECRET_ARN, Sandbox
from cli.sandbox.scenes import ANALYTICS, LAKE, SCENES, Scene
from cli.sandbox.world import ACCOUNT

CHOICES: Mapping[str, Any] = {
    "emails": ["platform-team@example.com"],
    "alarm_emails": ["platform-team@example.com"],
    "slack_webhook_secret_arn": SLACK_SECRET_ARN,
    "event_bus": "default",
    "delay_seconds": 1,
}
PAGE = PROJECT / "build" / "demo.html"
PICTURE = PROJECT / "tests" / "golden" / "messages.png"
PICTURE_SIZE = (1280, 960)

REAL = """\
[bold]Real:[/bold] the whole template, as the CDK synthesises it; the functions' zips, run by Lambda's own runtime client with nothing
but Lambda's packages beside them; filter and event patterns, queues, retries, dead letters; the policies of the template's
roles, which every call of the functions has to pass; boto3 over HTTP; TLS to Slack's host name; the logs, which are of real failures."""
EMBEDDED = """\
[bold]Embedded:[/bold] AWS itself (moto, with MWAA, the policy simulator and deliveries of our own, after AWS's documentation); Slack, which is a
program on this machine; nobody gets a mail. The queue's delay is one second, and the functions run on this machine's Python."""


def main(argv: Sequence[str] | None = None) -> int:
    """Plays everything and returns the exit code."""
    asked = _arguments(argv)
    console = Console(highlight=False)
    began = time.monotonic()
    with TemporaryDirectory(prefix="demo-") as scratch, Sandbox(internet=not asked.offline) as aws:
        _deploy(aws, Path(scratch), console)
        arrived = [_play(aws, scene, console, whole=asked.mails or not index) for index, scene in enumerate(SCENES)]
        _try_the_statement(aws, arrived[0], console)
        _close(aws, console)
    asked.html.parent.mkdir(parents=True, exist_ok=True)
    asked.html.write_text(page(arrived, title="What the responder said"))
    console.print(f"\nThe same as a page: {asked.html}   ({time.monotonic() - began:.0f} s)")
    return _picture(arrived, console) if asked.screenshot else 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mwaa-responder demo", description=__doc__)
    parser.add_argument("--offline", action="store_true", help="do not let the functions reach the package index")
    parser.add_argument("--mails", action="store_true", help="print every mail, not only the first")
    parser.add_argument("--html", type=Path, default=PAGE, help="where the page goes (build/demo.html)")
    parser.add_argument("--screenshot", action="store_true", help="renew the picture that the README shows")
    return parser.parse_args(argv)


def _deploy(aws: Sandbox, scratch: Path, console: Console) -> None:
    began = time.monotonic()
    scenes.prepare(aws)
    assembly = synthesise(scratch / "cdk.out", scenes.ENVIRONMENTS, {**CHOICES, **_index()})
    (stack,) = aws.deploy(assembly)
    names = ", ".join(each.name for each in scenes.ENVIRONMENTS)
    console.print(f"An AWS at {aws.endpoint} with the environments {names}.")
    console.print(
        f"The stack {stack.name} is deployed: {len(stack.resources)} resources in {time.monotonic() - began:.0f} s."
    )


def _index() -> dict[str, str]:
    """The package index that this machine uses, where it is one that the settings take."""
    address = urlsplit(configured())
    return {"index_url": address.geturl()} if address.scheme == "https" and "@" not in address.netloc else {}


def _play(aws: Sandbox, scene: Scene, console: Console, *, whole: bool) -> Arrived:
    console.rule(f"[bold]{scene.title}", align="left")
    mails, posts = len(aws.messages()), len(aws.slack_posts())
    began = time.monotonic()
    scene.play(aws)
    mail, post = aws.messages(mails + 1)[-1], aws.slack_posts(posts + 1)[-1]
    console.print(f"[dim]{scene.source}; told after {time.monotonic() - began:.1f} s[/dim]")
    console.print(as_slack(post["blocks"]))
    console.print(as_mail(mail["Subject"], mail["Message"] if whole else "… (the same in words; --mails prints it)"))
    return Arrived(scene.title, scene.source, post["blocks"], mail["Subject"], mail["Message"])


def _try_the_statement(aws: Sandbox, arrived: Arrived, console: Console) -> None:
    """The proof of the proof: what was denied goes through once the proposed statement is attached."""
    console.rule("[bold]Does the proposed statement help?", align="left")
    role = ANALYTICS.role_arn(ACCOUNT)
    write = {"Bucket": LAKE, "Key": "exports/orders.csv", "Body": b"1\n"}
    s3 = aws.as_role(role, "s3")
    try:
        s3.put_object(**write)
    except s3.exceptions.ClientError as denied:
        console.print(f"Without it: {denied.response['Error']['Code']}")
    for statement in _statements(arrived.blocks):
        aws.attach(ANALYTICS.role_name, statement)
        aws.as_role(role, "s3").put_object(**write)
        console.print(f"With it: s3://{LAKE}/exports/orders.csv is written.")


def _statements(blocks: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    texts = (
        "".join(each["text"] for each in part["elements"])
        for block in blocks
        for part in block.get("elements", ())
        if part["type"] == "rich_text_preformatted"
    )
    for text in texts:
        if text.lstrip().startswith("{") and '"Statement"' in text:
            yield from json.loads(text)["Statement"]
            return


def _close(aws: Sandbox, console: Console) -> None:
    delays = sorted(value for _, name, value, _ in aws.metrics if name == "TimeToAlert")
    ours = [each for each in aws.callers.denials if "assumed-role/MwaaFailureResponder" in each]
    console.rule("[bold]What was real, and what was not", align="left")
    for words in (REAL, EMBEDDED):
        console.print(" ".join(words.split()))
    reached = ", ".join(sorted(set(aws.web.tunnelled))) or "no host"
    refused = ", ".join(sorted(set(aws.web.refused)))
    console.print(
        f"\nThe functions made {len(aws.calls)} calls to AWS, {len(ours)} of them beyond what their roles allow; "
        f"they reached {reached} on the internet{f' and were kept from {refused}' if refused else ''}. "
        f"From failure to message: {delays[0]:.1f} to {delays[-1]:.1f} s."
    )


def _picture(arrived: Sequence[Arrived], console: Console) -> int:
    with TemporaryDirectory(prefix="picture-") as scratch:
        html = Path(scratch) / "page.html"
        html.write_text(page(arrived[:1], title="What the responder said"))
        drawn = Path(scratch) / "page.png"
        try:
            take_picture(html, drawn, width=PICTURE_SIZE[0], height=PICTURE_SIZE[1])
        except NoBrowser as none:
            console.print(str(none))
            return 1
        shutil.copyfile(drawn, PICTURE)
    console.print(f"Picture: {PICTURE.relative_to(PROJECT)}")
    return 0
